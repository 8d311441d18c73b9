import { Injectable } from '@nestjs/common';
import { db, instant, Keyset, type Page, pageOf, UnitOfWork } from '#platform';
import type { UnresolvedEmailResponse } from './http/notifications.response.js';

const newestFirst = new Keyset('-id', [{ sql: 'd.id', cast: 'uuid' }], 'desc');

/** E-mails that wait for the operator. The Message-ID finds them in the mail server's log; no address is shown. */
@Injectable()
export class UnresolvedEmailReads {
  constructor(private readonly uow: UnitOfWork) {}

  async list({
    state,
    ...page
  }: {
    limit: number;
    cursor?: string | undefined;
    state: 'uncertain' | 'failed';
  }): Promise<Page<UnresolvedEmailResponse>> {
    const waiting = db
      .selectFrom('notifications.delivery as d')
      .innerJoin('notifications.message as m', 'm.id', 'd.message_id')
      .select(['d.id', 'd.message_id as messageId', 'm.event_type as eventType', 'd.attempts'])
      .select(['d.reference as smtpMessageId', 'd.last_error as lastError'])
      .select((eb) => instant(eb.ref('d.sending_at')).as('sendingAt'))
      .where('d.channel', '=', 'email')
      .where('d.state', '=', state);
    const { items, nextCursor } = await pageOf(this.uow, newestFirst, page, waiting);
    return { items: items.map((email) => ({ ...email, state })), nextCursor };
  }
}
