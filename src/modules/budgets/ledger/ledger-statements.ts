import { statement } from '#platform';
import type { AccountKind } from './transfer-rules.js';
import type { AccountState, Balances, PlannedPosting } from './plan-postings.js';
import { accountName } from './posting.js';

export interface StoredAccount {
  id: string;
  line_id: string;
  kind: AccountKind;
  subject_id: string;
  balance_fen: string;
  entry_count: string;
}

export type OpenedAccount = Pick<StoredAccount, 'id' | 'line_id' | 'kind' | 'subject_id'>;

export interface StoredPosting {
  id: string;
  scope: string;
  key: string;
  request_hash: Buffer;
  result: object;
  transfer_ids: string[];
}

export function toAccountState(row: StoredAccount): AccountState {
  return {
    lineId: row.line_id,
    kind: row.kind,
    subjectId: row.subject_id,
    balanceFen: BigInt(row.balance_fen),
    entryCount: BigInt(row.entry_count),
  };
}

const ACCOUNTS = `
  SELECT a.id, a.line_id, a.kind, a.subject_id, a.balance_fen, a.entry_count
  FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS wanted (line_id, kind, subject_id)
  JOIN budgets.account a
    ON a.subject_id = wanted.subject_id AND a.kind = wanted.kind AND a.line_id = wanted.line_id
  ORDER BY a.id`;

/** The rows without the lock; only the negative controls of the concurrency tests read them so. */
export const seeAccounts = statement<StoredAccount>('budgets.see-accounts', ACCOUNTS);

/** Postgres locks in the order of the sort, and re-reads each row after it got its lock. */
export const lockAccounts = statement<StoredAccount>('budgets.lock-accounts', `${ACCOUNTS} FOR UPDATE OF a`);

export const openAccounts = statement<OpenedAccount>(
  'budgets.open-accounts',
  `
  INSERT INTO budgets.account (line_id, kind, subject_id)
  SELECT line_id, kind, subject_id
  FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS wanted (line_id, kind, subject_id)
  ORDER BY subject_id, kind, line_id
  ON CONFLICT ON CONSTRAINT account_once DO NOTHING
  RETURNING id, line_id, kind, subject_id`,
);

export const readPostings = statement<StoredPosting>(
  'budgets.read-postings',
  `
  SELECT p.id, p.scope, p.key, p.request_hash, p.result,
    ARRAY(SELECT t.id FROM budgets.transfer t WHERE t.posting_id = p.id ORDER BY t.id) AS transfer_ids
  FROM unnest($1::text[], $2::text[]) AS wanted (scope, key)
  JOIN budgets.posting p ON p.scope = wanted.scope AND p.key = wanted.key`,
);

/** One statement, so one round trip, however many postings: header, transfers, entries, balances. */
export const writePostings = statement(
  'budgets.write-postings',
  `
  WITH posted AS (
    INSERT INTO budgets.posting (id, scope, key, request_hash, result, document_type, document_id,
      actor_id, permission, request_id, posted_at)
    SELECT id, scope, key, request_hash, result, document_type, document_id, $8, $9, $10, $11
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::jsonb[], $6::text[], $7::text[])
      WITH ORDINALITY AS p (id, scope, key, request_hash, result, document_type, document_id, position)
    ORDER BY position
  ), moved AS (
    INSERT INTO budgets.transfer (id, posting_id, line_id, type, debit_kind, credit_kind, debit_account_id,
      credit_account_id, amount_fen, tender_id, commitment_id, milestone_id, resolves_id, reverses_id, reason, posted_at)
    SELECT *, $11 FROM unnest($12::uuid[], $13::uuid[], $14::uuid[], $15::text[], $16::text[], $17::text[],
      $18::bigint[], $19::bigint[], $20::bigint[], $21::uuid[], $22::uuid[], $23::uuid[], $24::uuid[], $25::uuid[],
      $26::text[])
  ), entered AS (
    INSERT INTO budgets.entry (transfer_id, account_id, seq, side, amount_fen, previous_fen, balance_fen)
    SELECT * FROM unnest($27::uuid[], $28::bigint[], $29::bigint[], $30::text[], $31::bigint[], $32::bigint[],
      $33::bigint[])
  )
  UPDATE budgets.account a SET balance_fen = b.balance_fen, entry_count = b.entry_count
  FROM unnest($34::bigint[], $35::bigint[], $36::bigint[]) AS b (id, balance_fen, entry_count)
  WHERE a.id = b.id`,
);

export function writeParameters(
  planned: readonly PlannedPosting[],
  hashes: readonly Buffer[],
  balances: Balances,
  ids: ReadonlyMap<string, string>,
  by: { actorId: string; permission: string | null; requestId: string | null; at: Date },
): unknown[] {
  const transfers = planned.flatMap(({ id, transfers }) => transfers.map((t) => ({ ...t, postingId: id })));
  const entries = transfers.flatMap(({ id, entries }) =>
    entries.map((entry) => ({ ...entry, transferId: id })),
  );
  const touched = new Set(entries.map(({ account }) => account));
  const accounts = [...balances].filter(([name]) => touched.has(name));
  const idOf = (name: string) => ids.get(name);
  return [
    planned.map(({ id }) => id),
    planned.map(({ posting }) => posting.scope),
    planned.map(({ posting }) => posting.key),
    hashes,
    planned.map(({ posting }) => JSON.stringify(posting.result ?? {})),
    planned.map(({ posting }) => posting.document.type),
    planned.map(({ posting }) => posting.document.id),
    by.actorId,
    by.permission,
    by.requestId,
    by.at,
    transfers.map(({ id }) => id),
    transfers.map(({ postingId }) => postingId),
    transfers.map(({ transfer }) => transfer.lineId),
    transfers.map(({ transfer }) => transfer.type),
    transfers.map(({ debit }) => debit.kind),
    transfers.map(({ credit }) => credit.kind),
    transfers.map(({ debit }) => idOf(accountName(debit))),
    transfers.map(({ credit }) => idOf(accountName(credit))),
    transfers.map(({ amountFen }) => amountFen.toString()),
    transfers.map(({ transfer }) => transfer.tenderId ?? null),
    transfers.map(({ transfer }) => transfer.commitmentId ?? null),
    transfers.map(({ transfer }) => transfer.milestoneId ?? null),
    transfers.map(({ transfer }) => (transfer.type === 'REVERSE' ? null : (transfer.resolvesId ?? null))),
    transfers.map(({ transfer }) => (transfer.type === 'REVERSE' ? transfer.reverses.id : null)),
    transfers.map(({ transfer }) => transfer.reason?.trim() ?? null),
    entries.map(({ transferId }) => transferId),
    entries.map(({ account }) => idOf(account)),
    entries.map(({ seq }) => seq.toString()),
    entries.map(({ side }) => side),
    entries.map(({ amountFen }) => amountFen.toString()),
    entries.map(({ previousFen }) => previousFen.toString()),
    entries.map(({ balanceFen }) => balanceFen.toString()),
    accounts.map(([name]) => idOf(name)),
    accounts.map(([, { balanceFen }]) => balanceFen.toString()),
    accounts.map(([, { entryCount }]) => entryCount.toString()),
  ];
}
