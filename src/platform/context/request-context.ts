import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../authorization/actor.js';

export type Locale = 'zh-CN' | 'en';

interface Store {
  actor?: Actor | undefined;
  requestId?: string | undefined;
  locale?: Locale;
  permission?: string | undefined;
}

/** Who is written down as the author of a change: several requests may share one transaction. */
export interface Authorship {
  readonly actorId: string;
  readonly permission: string | null;
  readonly requestId: string | null;
}

const storage = new AsyncLocalStorage<Store>();

/** What is known about the request, job or command that is running; follows every `await`. */
@Injectable()
export class RequestContext {
  /** Runs `work` in a context of its own, for jobs, commands and tests. */
  run<T>(values: { actor: Actor; requestId: string; locale?: Locale }, work: () => Promise<T>): Promise<T> {
    return storage.run({ ...values }, work);
  }

  /** Opens the context of an HTTP request; the hook's `done` continues inside it. */
  open(values: { requestId: string; locale: Locale }, done: () => void): void {
    storage.run({ ...values }, done);
  }

  get actor(): Actor | undefined {
    return storage.getStore()?.actor;
  }
  set actor(actor: Actor | undefined) {
    this.store().actor = actor;
  }
  get requestId(): string | undefined {
    return storage.getStore()?.requestId;
  }
  get locale(): Locale {
    return storage.getStore()?.locale ?? 'zh-CN';
  }
  /** The permission by which the running request was let in; written to the audit trail. */
  get permission(): string | undefined {
    return storage.getStore()?.permission;
  }
  set permission(permission: string | undefined) {
    this.store().permission = permission;
  }

  /** The author of what the running request, job or command changes. */
  get authorship(): Authorship {
    return {
      actorId: this.actor?.id ?? 'system:unknown',
      permission: this.permission ?? null,
      requestId: this.requestId ?? null,
    };
  }

  private store(): Store {
    const store = storage.getStore();
    if (!store) throw new Error('Nothing runs: there is no request, job or command');
    return store;
  }
}
