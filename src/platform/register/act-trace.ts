import type { EventType } from '#libs/kernel';
import type { AuditRecord } from '../audit/audit-trail.js';
import type { Authorship } from '../context/request-context.js';
import type { EventToAppend } from '../outbox/outbox.js';
import type { ObjectType, Registered } from './object-type.js';

/** What a rule learns of the act it belongs to, and what it may leave behind beside the change itself. */
export interface Act {
  /** The one instant of the act. */
  readonly at: Date;
  /** Who acts: an account, or the system. */
  readonly by: string;
  /** An event that is written with the change. */
  readonly emit: <P extends object>(event: EventType<P>, payload: P) => void;
  /** Values for the audit trail beside the traced fields; nothing personal. */
  readonly note: (values: object) => void;
}

/** Gathers what one act on one object leaves in the audit trail and the outbox. */
export class ActTrace<E extends Registered> implements Act {
  readonly events: EventToAppend<object>[] = [];
  private readonly before: object | undefined;
  private notes: object = {};

  /** @param known the object as it was; undefined for one that is being added */
  constructor(
    private readonly type: Pick<ObjectType<E, string, never>, 'name' | 'machines' | 'traced'>,
    known: E | undefined,
    readonly at: Date,
    private readonly author: Authorship,
  ) {
    this.before = known && this.seen(known);
  }

  get by(): string {
    return this.author.actorId;
  }

  readonly emit = <P extends object>(event: EventType<P>, payload: P): void => {
    this.events.push({ event, payload, by: this.author });
  };

  readonly note = (values: object): void => {
    this.notes = { ...this.notes, ...values };
  };

  entry(action: string, object: E): AuditRecord {
    const [module = '', kind = ''] = this.type.name.split('.');
    return {
      action: `${module}.${action}`,
      objectType: kind,
      objectId: object.id,
      before: this.before,
      after: { ...this.seen(object), ...this.notes },
      by: this.author,
    };
  }

  private seen(object: E): object {
    const names = [...Object.keys(this.type.machines), ...this.type.traced, 'version'];
    return Object.fromEntries(names.map((name) => [name, object[name as keyof E]]));
  }
}
