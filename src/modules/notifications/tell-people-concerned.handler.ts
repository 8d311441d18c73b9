import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type EventType, newId } from '#libs/kernel';
import {
  type Ask,
  CLOCK,
  type Clock,
  type Contact,
  declaredNotices,
  type Letter,
  type Notice,
  PeopleDirectory,
  TaskHandler,
  type TaskInfo,
  tidy,
  Timers,
  UnitOfWork,
} from '#platform';
import { Mailer } from './mailer.js';
import { SEND_EMAIL } from './notification-names.js';
import { Addressees } from './addressees.js';

/**
 * What happened becomes one inbox row and, where there is an address, one e-mail per person concerned: rows,
 * e-mails and the timers that send them are one transaction with the task's mark "done".
 */
@Injectable()
export class TellPeopleConcerned extends TaskHandler {
  readonly name = 'notifications.tell-people-concerned';
  /** All modules have declared their notices by the time this is made. */
  override readonly on: readonly EventType<object>[] = [...declaredNotices().values()].map(
    ({ event }) => event,
  );
  override readonly queue = 'notifications';

  constructor(
    private readonly uow: UnitOfWork,
    private readonly modules: ModuleRef,
    private readonly people: Addressees,
    private readonly directory: PeopleDirectory,
    private readonly timers: Timers,
    private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run(payload: object, { eventId, eventType }: TaskInfo): Promise<void> {
    const notice = declaredNotices().get(eventType ?? '');
    if (!notice || eventId === undefined) throw new Error(`There is no notice for ${eventType ?? 'a timer'}`);
    const ask: Ask = (type) => this.modules.get(type as never, { strict: false });
    const letters = await notice.compose(payload, ask, this.people);
    const letterOf = new Map<string, Letter>();
    for (const letter of letters) {
      for (const id of letter.accountIds) if (!letterOf.has(id)) letterOf.set(id, letter);
    }
    // Closed accounts drop out here.
    const contacts = await this.directory.contacts([...letterOf.keys()]);
    const told = await this.writeMessages(notice, payload, eventId, contacts, letterOf);
    await this.writeEmails(told, contacts);
  }

  /** @returns the new messages by account; somebody told before has none */
  private async writeMessages(
    notice: Notice,
    payload: object,
    eventId: string,
    contacts: readonly Contact[],
    letterOf: ReadonlyMap<string, Letter>,
  ): Promise<ReadonlyMap<string, string>> {
    const about = notice.about(payload);
    const rows = contacts.flatMap(({ accountId }) => {
      const letter = letterOf.get(accountId);
      return letter ? [{ accountId, zh: tidy(letter.zh), en: tidy(letter.en) }] : [];
    });
    if (rows.length === 0) return new Map();
    const written = await this.uow.sql<{ id: string; account_id: string }>(
      `INSERT INTO notifications.message
         (id, event_id, account_id, event_type, about_type, about_id, subject_zh, body_zh, subject_en, body_en, created_at)
       SELECT id, $7, account_id, $8, $9, $10, subject_zh, body_zh, subject_en, body_en, $11
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
         AS m (id, account_id, subject_zh, body_zh, subject_en, body_en)
       ON CONFLICT DO NOTHING RETURNING id, account_id`,
      [
        rows.map(() => newId()),
        rows.map(({ accountId }) => accountId),
        rows.map(({ zh }) => zh.subject),
        rows.map(({ zh }) => zh.body),
        rows.map(({ en }) => en.subject),
        rows.map(({ en }) => en.body),
        eventId,
        notice.event.type,
        about.type,
        about.id,
        this.clock.now(),
      ],
    );
    return new Map(written.map(({ id, account_id }) => [account_id, id]));
  }

  private async writeEmails(told: ReadonlyMap<string, string>, contacts: readonly Contact[]): Promise<void> {
    const reachable = contacts.filter(({ accountId, email }) => email !== null && told.has(accountId));
    if (reachable.length === 0) return;
    const state = this.mailer.isOn ? 'queued' : 'switched-off';
    const ids = reachable.map(() => newId());
    const queued = await this.uow.sql<{ id: string }>(
      `INSERT INTO notifications.email (id, message_id, state, smtp_message_id, queued_at, settled_at)
       SELECT e.id, e.message_id, $4, e.smtp_message_id, $5, CASE WHEN $4 = 'queued' THEN NULL ELSE $5::timestamptz END
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $6::uuid[]) AS e (id, message_id, smtp_message_id, account_id)
       WHERE NOT EXISTS (SELECT FROM notifications.preference p WHERE p.account_id = e.account_id AND NOT p.email_enabled)
       RETURNING id`,
      [
        ids,
        reachable.map(({ accountId }) => told.get(accountId)),
        ids.map((id) => this.mailer.messageIdFor(id)),
        state,
        this.clock.now(),
        reachable.map(({ accountId }) => accountId),
      ],
    );
    if (state !== 'queued') return;
    await this.timers.scheduleAll(
      SEND_EMAIL,
      queued.map(({ id }) => ({ key: `${id}.0`, runAt: this.clock.now(), payload: { emailId: id } })),
    );
  }
}
