import { Injectable } from '@nestjs/common';
import { Access, Keyset, type Page, UnitOfWork } from '#platform';

export interface MessageRow {
  readonly id: string;
  readonly eventType: string;
  readonly aboutType: string;
  readonly aboutId: string;
  readonly subjectZh: string;
  readonly bodyZh: string;
  readonly subjectEn: string;
  readonly bodyEn: string;
  readonly createdAt: string;
  readonly readAt: string | null;
}

const instant = (column: string, name: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "${name}"`;
const newestFirst = new Keyset('-id', [{ sql: 'm.id', cast: 'uuid' }], 'desc');

/** One's own inbox; nobody reads another's, the operator included. */
@Injectable()
export class MessageQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  async list(filter: {
    limit: number;
    cursor?: string | undefined;
    unread?: boolean | undefined;
  }): Promise<Page<MessageRow>> {
    const parameters: unknown[] = [this.access.accountId];
    const after = newestFirst.after(filter.cursor, parameters);
    const unread = filter.unread === true ? 'm.read_at IS NULL' : 'TRUE';
    const rows = await this.uow.sql<MessageRow>(
      `SELECT m.id, m.event_type AS "eventType", m.about_type AS "aboutType", m.about_id AS "aboutId",
              m.subject_zh AS "subjectZh", m.body_zh AS "bodyZh", m.subject_en AS "subjectEn", m.body_en AS "bodyEn",
              ${instant('m.created_at', 'createdAt')}, ${instant('m.read_at', 'readAt')}
       FROM notifications.message m WHERE m.account_id = $1 AND ${unread} AND ${after}
       ${newestFirst.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return newestFirst.page(
      rows,
      filter.limit,
      (row) => [row.id],
      (row) => row,
    );
  }

  async unreadCount(): Promise<number> {
    const row = await this.uow.one<{ unread: number }>(
      'SELECT count(*)::int AS unread FROM notifications.message WHERE account_id = $1 AND read_at IS NULL',
      [this.access.accountId],
    );
    return row?.unread ?? 0;
  }
}
