import { Injectable } from '@nestjs/common';
import { type ErrorDetails, errorCatalogue, renderError, type Words } from '#libs/kernel';
import { Access } from '../authorization/access.js';
import { db, instant, query } from '../database/query.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Keyset, type Page } from '../lists/keyset.js';
import { pageOf } from '../lists/page-of.js';
import { platformErrors } from '../platform.errors.js';
import { explainedActs } from './explains-refusals.js';

/** A refusal in words, as everybody reads it who may. */
export interface ExplainedRefusal {
  readonly id: string;
  readonly occurredAt: string;
  /** Which act it was: its name, and in words. */
  readonly action: string;
  readonly actZh: string;
  readonly actEn: string;
  readonly objectType: string | null;
  readonly objectId: string | null;
  /** Why it was refused: the code of the answer, and in words. */
  readonly code: string;
  readonly reasonZh: string;
  readonly reasonEn: string;
  readonly requestId: string;
}

interface Wanted {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const newestFirst = new Keyset(
  '-occurredAt',
  [
    { sql: 'r.occurred_at', cast: 'timestamptz' },
    { sql: 'r.id', cast: 'uuid' },
  ],
  'desc',
);

const refusals = () =>
  db
    .selectFrom('platform.refusal as r')
    .select((eb) => ['r.id', instant(eb.ref('r.occurred_at')).as('occurredAt'), 'r.actor_id as accountId'])
    .select(['r.action', 'r.object_type as objectType', 'r.object_id as objectId', 'r.code', 'r.details'])
    .select('r.request_id as requestId');

const refusalOfRequest = query((p: { requestId: string }) =>
  refusals().where('r.request_id', '=', p.requestId),
);

/** Why acts were refused, the newest first. Whoever asks about an object has looked whether they may. */
@Injectable()
export class RefusalReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
  ) {}

  /** What the person who asks was refused. */
  async own(wanted: Wanted): Promise<Page<ExplainedRefusal>> {
    const own = refusals().where('r.actor_id', '=', this.access.accountId);
    const { items, nextCursor } = await pageOf(this.uow, newestFirst, wanted, own);
    return { items: items.map(({ accountId: _own, ...row }) => explained(row)), nextCursor };
  }

  /** What anybody was refused on an object; the caller decides who may see that, and how much of the person. */
  async about(
    object: { readonly type: { readonly name: string }; readonly id: string },
    wanted: Wanted,
  ): Promise<Page<ExplainedRefusal & { readonly accountId: string }>> {
    const about = refusals()
      .where('r.object_type', '=', object.type.name)
      .where('r.object_id', '=', object.id);
    const { items, nextCursor } = await pageOf(this.uow, newestFirst, wanted, about);
    return { items: items.map(explained), nextCursor };
  }

  /** For operators, to whom somebody tells the id of the request. @throws DomainError platform.not-found */
  async ofRequest(requestId: string): Promise<ExplainedRefusal & { readonly accountId: string }> {
    const row = await this.uow.first(refusalOfRequest, { requestId });
    if (!row) throw platformErrors.notFound();
    return explained(row);
  }
}

function explained<Row extends { action: string; code: string; details: unknown }>({ details, ...row }: Row) {
  const act = wordsOfAct(row.action);
  const reason = wordsOfCode(row.code, details as ErrorDetails | null);
  return { ...row, actZh: act.zh, actEn: act.en, reasonZh: reason.zh, reasonEn: reason.en };
}

/** A record may be older than the names of this release. */
function wordsOfAct(action: string): Words {
  return explainedActs().get(action)?.words ?? { zh: '操作', en: 'an act' };
}

function wordsOfCode(code: string, details: ErrorDetails | null): Words {
  if (!errorCatalogue().has(code)) return { zh: `原因代码：${code}`, en: `The reason had the code ${code}` };
  return { zh: renderError(code, details ?? {}, 'zh-CN'), en: renderError(code, details ?? {}, 'en') };
}
