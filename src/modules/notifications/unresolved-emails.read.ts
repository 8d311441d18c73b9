import { Injectable } from '@nestjs/common';
import { Keyset, type Page, UnitOfWork } from '#platform';

export interface UnresolvedEmail {
  readonly id: string;
  readonly messageId: string;
  readonly eventType: string;
  readonly state: 'uncertain' | 'failed';
  readonly attempts: number;
  readonly smtpMessageId: string;
  readonly lastError: string | null;
  readonly sendingAt: string | null;
}

const newestFirst = new Keyset('-id', [{ sql: 'e.id', cast: 'uuid' }], 'desc');

/** E-mails that wait for the operator. The Message-ID finds them in the mail server's log; no address is shown. */
@Injectable()
export class UnresolvedEmails {
  constructor(private readonly uow: UnitOfWork) {}

  async list(filter: {
    limit: number;
    cursor?: string | undefined;
    state: 'uncertain' | 'failed';
  }): Promise<Page<UnresolvedEmail>> {
    const parameters: unknown[] = [filter.state];
    const after = newestFirst.after(filter.cursor, parameters);
    const rows = await this.uow.sql<UnresolvedEmail>(
      `SELECT e.id, e.message_id AS "messageId", m.event_type AS "eventType", e.state, e.attempts,
              e.smtp_message_id AS "smtpMessageId", e.last_error AS "lastError",
              to_char(e.sending_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "sendingAt"
       FROM notifications.email e JOIN notifications.message m ON m.id = e.message_id
       WHERE e.state = $1 AND ${after} ${newestFirst.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return newestFirst.page(
      rows,
      filter.limit,
      (row) => [row.id],
      (row) => row,
    );
  }
}
