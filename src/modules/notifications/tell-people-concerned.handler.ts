import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type EventType, newId } from '#libs/kernel';
import {
  Access,
  type Ask,
  CLOCK,
  type Clock,
  type Contact,
  db,
  declaredNotices,
  isOneOf,
  type Letter,
  type Notice,
  PeopleDirectory,
  query,
  Register,
  rows,
  TaskHandler,
  type TaskInfo,
  tidy,
  Timers,
  UnitOfWork,
} from '#platform';
import { Addressees } from './addressees.js';
import { Delivery } from './delivery.entity.js';
import { deliveryObject } from './delivery.object.js';
import { Mailer } from './mailer.js';
import { SEND_EMAIL } from './notification-names.js';

interface Written {
  readonly eventId: string;
  readonly eventType: string;
  readonly aboutType: string;
  readonly aboutId: string;
  readonly at: Date;
}
/** One entry per person. */
interface Lists {
  readonly ids: readonly string[];
  readonly accountIds: readonly string[];
  readonly subjectsZh: readonly string[];
  readonly bodiesZh: readonly string[];
  readonly subjectsEn: readonly string[];
  readonly bodiesEn: readonly string[];
}

/** Somebody who was told before gets nothing. */
const writeMessages = query((p: Written & Lists) =>
  db
    .insertInto('notifications.message')
    .columns([
      ...(['id', 'account_id', 'subject_zh', 'body_zh', 'subject_en', 'body_en'] as const),
      ...(['event_id', 'event_type', 'about_type', 'about_id', 'created_at'] as const),
    ])
    .expression(
      db
        .selectFrom(
          rows('m', {
            id: ['uuid', p.ids],
            account_id: ['uuid', p.accountIds],
            subject_zh: ['text', p.subjectsZh],
            body_zh: ['text', p.bodiesZh],
            subject_en: ['text', p.subjectsEn],
            body_en: ['text', p.bodiesEn],
          }),
        )
        .select(['m.id', 'm.account_id', 'm.subject_zh', 'm.body_zh', 'm.subject_en', 'm.body_en'])
        .select((eb) => [
          eb.cast<string>(eb.val(p.eventId), 'uuid').as('event_id'),
          eb.cast<string>(eb.val(p.eventType), 'text').as('event_type'),
          eb.cast<string>(eb.val(p.aboutType), 'text').as('about_type'),
          eb.cast<string>(eb.val(p.aboutId), 'text').as('about_id'),
          eb.cast<Date>(eb.val(p.at), 'timestamptz').as('created_at'),
        ]),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'account_id as accountId']),
);

const unwilling = query((p: { accountIds: readonly string[] }) =>
  db
    .selectFrom('notifications.preference as p')
    .select('p.account_id as accountId')
    .where((eb) => isOneOf(eb.ref('p.account_id'), p.accountIds, 'uuid'))
    .where('p.email_enabled', '=', false),
);

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
    private readonly register: Register,
    private readonly access: Access,
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
    const told = await this.writeInboxes(notice, payload, eventId, contacts, letterOf);
    await this.writeEmails(told, contacts);
  }

  /** @returns the new messages by account; somebody told before has none */
  private async writeInboxes(
    notice: Notice,
    payload: object,
    eventId: string,
    contacts: readonly Contact[],
    letterOf: ReadonlyMap<string, Letter>,
  ): Promise<ReadonlyMap<string, string>> {
    const about = notice.about(payload);
    const told = contacts.flatMap(({ accountId }) => {
      const letter = letterOf.get(accountId);
      return letter ? [{ accountId, zh: tidy(letter.zh), en: tidy(letter.en) }] : [];
    });
    if (told.length === 0) return new Map();
    const written = await this.uow.all(writeMessages, {
      ...{ eventId, eventType: notice.event.type, aboutType: about.type, aboutId: about.id },
      at: this.clock.now(),
      ids: told.map(() => newId()),
      accountIds: told.map(({ accountId }) => accountId),
      subjectsZh: told.map(({ zh }) => zh.subject),
      bodiesZh: told.map(({ zh }) => zh.body),
      subjectsEn: told.map(({ en }) => en.subject),
      bodiesEn: told.map(({ en }) => en.body),
    });
    return new Map(written.map(({ id, accountId }) => [accountId, id]));
  }

  private async writeEmails(told: ReadonlyMap<string, string>, contacts: readonly Contact[]): Promise<void> {
    const addressed = contacts.flatMap(({ accountId, email }) => {
      const messageId = told.get(accountId);
      return email === null || messageId === undefined ? [] : [{ accountId, messageId }];
    });
    if (addressed.length === 0) return;
    const refused = await this.uow.all(unwilling, {
      accountIds: addressed.map(({ accountId }) => accountId),
    });
    const unwillingIds = new Set(refused.map(({ accountId }) => accountId));
    const at = this.clock.now();
    const { isOn } = this.mailer;
    const emails = addressed
      .filter(({ accountId }) => !unwillingIds.has(accountId))
      .map(({ messageId }) =>
        Delivery.written({ messageId, channel: 'email', isOn, at }, (id) => this.mailer.messageIdFor(id)),
      );
    await this.register.add(deliveryObject, emails, {
      action: 'write',
      allow: () => {
        this.access.systemOnly();
      },
    });
    if (!isOn) return;
    await this.timers.scheduleAll(
      SEND_EMAIL,
      emails.map(({ id }) => ({ key: `${id}.0`, runAt: at, payload: { emailId: id } })),
    );
  }
}
