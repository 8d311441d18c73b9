import { Injectable } from '@nestjs/common';
import { AuditTrail, db, isOneOf, query, rows, sql, statement, UnitOfWork } from '#platform';
import { type AreaRow, type BadRow, readAreaFile, refuseOrphans } from './area-file.js';

/** Two imports at the same moment take turns. */
const IMPORT_LOCK = 7_402_318_552;
/** Rows of one statement: the national list (about 660,000) stays within a few dozen MB each. */
const BATCH = 50_000;

export interface AreaImport {
  /** Rows with content, good and bad. */
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the order of the file. */
  readonly bad: readonly BadRow[];
}

interface Recorded {
  readonly added: number;
  readonly changed: number;
}

const takeTurns = query((p: { lock: number }) =>
  db.selectNoFrom(sql`pg_advisory_xact_lock(${p.lock})`.as('taken')),
);

const knownCodes = query((p: { codes: readonly string[] }) =>
  db
    .selectFrom('identity.area')
    .select('code')
    .where((eb) => isOneOf(eb.ref('code'), p.codes, 'text')),
);

/** An empty cell leaves what is recorded; `xmax` is 0 in a row that was not there before. */
const recordAreas = statement<Recorded>(
  'identity.record-areas',
  `WITH written AS (
     INSERT INTO identity.area AS a (code, name, level, parent_code, valid_from, valid_to, source)
     SELECT code, name, level, parent_code, valid_from, valid_to, coalesce(source, $8)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[])
       AS t (code, name, level, parent_code, valid_from, valid_to, source)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name,
       valid_from = coalesce(excluded.valid_from, a.valid_from), valid_to = coalesce(excluded.valid_to, a.valid_to),
       source = excluded.source
     WHERE (a.name, a.valid_from, a.valid_to) IS DISTINCT FROM
           (excluded.name, coalesce(excluded.valid_from, a.valid_from), coalesce(excluded.valid_to, a.valid_to))
     RETURNING (xmax = 0) AS is_new)
   SELECT count(*) FILTER (WHERE is_new)::int AS added, count(*) FILTER (WHERE NOT is_new)::int AS changed FROM written`,
);

const recordSuccessors = query((p: { codes: readonly string[]; successors: readonly (string | null)[] }) =>
  db
    .updateTable('identity.area as a')
    .from(rows('t', { code: ['text', p.codes], successor: ['text', p.successors] }))
    .set((eb) => ({ successor_code: eb.ref('t.successor') }))
    .whereRef('a.code', '=', 't.code')
    .where((eb) => eb('a.successor_code', 'is distinct from', eb.ref('t.successor'))),
);

/**
 * Brings a list of areas into the database. Running it again changes nothing. An area that the list does not
 * name is left alone: absence from a list is not a retirement. An empty cell leaves what is recorded.
 */
@Injectable()
export class ImportAreas {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @param content CSV, see `readAreaFile`
   * @param source where the list comes from; kept with every row that does not name its own
   * @throws DomainError identity.area-file-unreadable
   */
  async execute(content: Uint8Array, source: string): Promise<AreaImport> {
    const file = readAreaFile(content);
    return this.uow.run(async () => {
      await this.uow.all(takeTurns, { lock: IMPORT_LOCK });
      const checked = refuseOrphans(file.rows, await this.known(file.rows));
      const bad = [...file.bad, ...checked.bad].sort((a, b) => a.line - b.line);
      const { added, changed } = await this.record(checked.rows, source);
      if (added + changed > 0) {
        await this.audit.record({
          action: 'identity.import-areas',
          objectType: 'area-list',
          objectId: source,
          after: { added, changed, bad: bad.length },
        });
      }
      const unchanged = checked.rows.length - added - changed;
      return { read: file.rows.length + file.bad.length, added, changed, unchanged, bad };
    });
  }

  /** Which of the codes that the rows lean on are in the database already. */
  private async known(rows: readonly AreaRow[]): Promise<Set<string>> {
    const wanted = new Set(rows.flatMap(({ parentCode, successorCode }) => [parentCode, successorCode]));
    const found = await this.uow.all(knownCodes, { codes: [...wanted].filter((code) => code !== null) });
    return new Set(found.map(({ code }) => code));
  }

  private async record(rows: readonly AreaRow[], source: string): Promise<Recorded> {
    let [added, changed] = [0, 0];
    for (let start = 0; start < rows.length; start += BATCH) {
      const done = await this.upsert(rows.slice(start, start + BATCH), source);
      added += done.added;
      changed += done.changed;
    }
    return { added, changed };
  }

  /** Parents come in an earlier statement or in the same one; a successor may come later, so it is set last. */
  private async upsert(rows: readonly AreaRow[], source: string): Promise<Recorded> {
    const column = (key: keyof AreaRow) => rows.map((row) => row[key]);
    const [counted] = await this.uow.rowsOf(recordAreas, [
      column('code'),
      column('name'),
      column('level'),
      column('parentCode'),
      column('validFrom'),
      column('validTo'),
      column('source'),
      source,
    ]);
    const followed = rows.filter(({ successorCode }) => successorCode !== null);
    await this.uow.all(recordSuccessors, {
      codes: followed.map(({ code }) => code),
      successors: followed.map(({ successorCode }) => successorCode),
    });
    return counted ?? { added: 0, changed: 0 };
  }
}
