import type { PlanItemState } from '../planning/plan-item.state.js';
import { db, query, rows } from '#platform';
import type { PlanFile } from './plan-file.js';
import type { RowFinding } from './plan-row.js';

/** One array per column. */
export interface ItemsToAdd {
  readonly importId: string;
  readonly areaCode: string;
  readonly state: PlanItemState;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly ids: readonly string[];
  readonly buyers: readonly string[];
  readonly titles: readonly string[];
  readonly summaries: readonly string[];
  readonly budgets: readonly string[];
  readonly months: readonly string[];
  readonly reserved: readonly (boolean | null)[];
  readonly lines: readonly number[];
  readonly urls: readonly (string | null)[];
  readonly regions: readonly (string | null)[];
  readonly keys: readonly Buffer[];
}

/**
 * Adds what is not there yet, as many as a file has, and answers with the lines that became items. It does not go
 * through the register: a row of a file that is there already is no refusal, and twenty thousand items are one act
 * of one person, which the audit trail tells as one.
 */
export const addItems = query((p: ItemsToAdd) =>
  db
    .insertInto('procurement.plan_item')
    .columns([
      'id',
      'area_code',
      'buyer_name',
      'title',
      'summary',
      'budget_fen',
      'expected_month',
      'reserved_for_sme',
      'import_id',
      'source_line',
      'source_url',
      'source_region',
      'source_key',
      'state',
      'created_by',
      'created_at',
    ])
    .expression((eb) =>
      eb
        .selectFrom(
          rows('r', {
            id: ['uuid', p.ids],
            buyer: ['text', p.buyers],
            title: ['text', p.titles],
            summary: ['text', p.summaries],
            fen: ['bigint', p.budgets],
            month: ['text', p.months],
            sme: ['boolean', p.reserved],
            line: ['int', p.lines],
            url: ['text', p.urls],
            region: ['text', p.regions],
            key: ['bytea', p.keys],
          }),
        )
        .select((at) => [
          'r.id',
          at.val(p.areaCode).as('area'),
          'r.buyer',
          'r.title',
          'r.summary',
          'r.fen',
          'r.month',
          'r.sme',
          at.val(p.importId).as('import'),
          'r.line',
          'r.url',
          'r.region',
          'r.key',
          at.val(p.state).as('state'),
          at.val(p.createdBy).as('by'),
          at.val(p.createdAt).as('at'),
        ])
        // In the order of the keys, so that two imports at once wait for each other instead of deadlocking.
        .orderBy('r.key'),
    )
    .onConflict((conflict) => conflict.constraint('plan_item_source_once').doNothing())
    .returning('source_line as line'),
);

export interface ImportToAdd {
  readonly id: string;
  readonly areaCode: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly encoding: PlanFile['encoding'];
  readonly rowCount: number;
  readonly importedCount: number;
  readonly duplicateCount: number;
  readonly rejectedCount: number;
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** Claims the file; no row when somebody else imported it a moment ago. */
export const addImport = query((p: ImportToAdd) =>
  db
    .insertInto('procurement.plan_import')
    .values({
      id: p.id,
      area_code: p.areaCode,
      sha256: p.sha256,
      file_name: p.fileName,
      encoding: p.encoding,
      row_count: p.rowCount,
      imported_count: p.importedCount,
      duplicate_count: p.duplicateCount,
      rejected_count: p.rejectedCount,
      imported_by: p.importedBy,
      imported_at: p.importedAt,
    })
    .onConflict((conflict) => conflict.constraint('plan_import_once').doNothing())
    .returning('id'),
);

export interface FindingsToAdd {
  readonly importId: string;
  readonly positions: readonly number[];
  readonly lines: readonly number[];
  readonly lastLines: readonly number[];
  readonly columns: readonly (string | null)[];
  readonly codes: readonly string[];
  readonly cells: readonly string[];
  readonly outcomes: readonly RowFinding['outcome'][];
}

export const addFindings = query((p: FindingsToAdd) =>
  db
    .insertInto('procurement.plan_import_rejection')
    .columns(['import_id', 'position', 'line', 'last_line', 'column_name', 'code', 'cell', 'outcome'])
    .expression((eb) =>
      eb
        .selectFrom(
          rows('f', {
            position: ['int', p.positions],
            line: ['int', p.lines],
            last: ['int', p.lastLines],
            name: ['text', p.columns],
            code: ['text', p.codes],
            cell: ['text', p.cells],
            outcome: ['text', p.outcomes],
          }),
        )
        .select((at) => [
          at.val(p.importId).as('import'),
          'f.position',
          'f.line',
          'f.last',
          'f.name',
          'f.code',
          'f.cell',
          'f.outcome',
        ]),
    ),
);
