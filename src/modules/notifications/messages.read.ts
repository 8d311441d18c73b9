import { Injectable } from '@nestjs/common';
import { Access, db, instant, Keyset, type Page, pageOf, query, sql, UnitOfWork } from '#platform';
import type { MessageResponse } from './http/notifications.response.js';

const newestFirst = new Keyset('-id', [{ sql: 'm.id', cast: 'uuid' }], 'desc');

const messagesOf = (accountId: string) =>
  db
    .selectFrom('notifications.message as m')
    .select(['m.id', 'm.event_type as eventType', 'm.about_type as aboutType', 'm.about_id as aboutId'])
    .select(['m.subject_zh as subjectZh', 'm.body_zh as bodyZh'])
    .select(['m.subject_en as subjectEn', 'm.body_en as bodyEn'])
    .select((eb) => [
      instant(eb.ref('m.created_at')).as('createdAt'),
      instant(eb.ref('m.read_at')).as('readAt'),
    ])
    .where('m.account_id', '=', accountId);

const unreadOf = query((p: { accountId: string }) =>
  db
    .selectFrom('notifications.message')
    .select(sql<number>`count(*)::int`.as('unread'))
    .where('account_id', '=', p.accountId)
    .where('read_at', 'is', null),
);

/** One's own inbox; nobody reads another's, the operator included. */
@Injectable()
export class MessageReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  list(filter: {
    limit: number;
    cursor?: string | undefined;
    unread?: boolean | undefined;
  }): Promise<Page<MessageResponse>> {
    const own = messagesOf(this.access.accountId).$if(filter.unread === true, (all) =>
      all.where('m.read_at', 'is', null),
    );
    return pageOf(this.uow, newestFirst, filter, own);
  }

  async unreadCount(): Promise<number> {
    const [counted] = await this.uow.all(unreadOf, { accountId: this.access.accountId });
    return counted?.unread ?? 0;
  }
}
