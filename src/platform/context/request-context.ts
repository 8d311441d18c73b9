import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import type { Actor } from '../authorization/actor.js';

export type Locale = 'zh-CN' | 'en';

const ACTOR = 'linqiao.actor';
const REQUEST_ID = 'linqiao.requestId';
const LOCALE = 'linqiao.locale';
const PERMISSION = 'linqiao.permission';

/** What is known about the request, job or command that is running; follows every `await`. */
@Injectable()
export class RequestContext {
  constructor(private readonly cls: ClsService) {}

  /** Runs `fn` in a context of its own, for jobs, commands and tests. */
  run<T>(values: { actor: Actor; requestId: string; locale?: Locale }, fn: () => Promise<T>): Promise<T> {
    return this.cls.run(async () => {
      this.cls.set(ACTOR, values.actor);
      this.cls.set(REQUEST_ID, values.requestId);
      this.cls.set(LOCALE, values.locale ?? 'zh-CN');
      return fn();
    });
  }

  get actor(): Actor | undefined {
    return this.cls.isActive() ? this.cls.get<Actor | undefined>(ACTOR) : undefined;
  }
  set actor(actor: Actor | undefined) {
    this.cls.set(ACTOR, actor);
  }
  get requestId(): string | undefined {
    return this.cls.isActive() ? this.cls.get<string | undefined>(REQUEST_ID) : undefined;
  }
  set requestId(id: string | undefined) {
    this.cls.set(REQUEST_ID, id);
  }
  get locale(): Locale {
    return (this.cls.isActive() ? this.cls.get<Locale | undefined>(LOCALE) : undefined) ?? 'zh-CN';
  }
  set locale(locale: Locale) {
    this.cls.set(LOCALE, locale);
  }
  /** The permission by which the running request was let in; written to the audit trail. */
  get permission(): string | undefined {
    return this.cls.isActive() ? this.cls.get<string | undefined>(PERMISSION) : undefined;
  }
  set permission(permission: string | undefined) {
    this.cls.set(PERMISSION, permission);
  }
}
