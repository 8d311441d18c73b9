import { chinaDate, csvRecord, cutText, readTable } from '#libs/kernel';
import { DEMO_BUYER, DEMO_PLAN } from '../demo-people.js';
import type { IntentionRow } from './planning.stage.js';

const LIMITS = { bytes: 10 * 1024 * 1024, rows: 20_000, columns: 200 };
const TITLES = ['title', '采购项目名称', '项目名称'];
const MONTHS = ['expected', '预计采购时间'];
/** A plan for this year: a budget line of this year pays for no purchase of another. */
const thisMonth = () => chinaDate(new Date()).slice(0, 7);

/**
 * One row of a published list of purchase intentions, to be bought this month whatever the list says.
 * @param content the file's bytes, see `readTable`
 * @param row counted from 1, the heading line and blank ones not counted
 * @throws RangeError when the list has no such row that can be read, or no column for the title
 */
export function intentionFromList(content: Buffer, row: number, run: string): IntentionRow {
  const isTitle = (name: string) => TITLES.includes(name.trim());
  const list = readTable(content, { limits: LIMITS, isHeading: (cells) => cells.some(isTitle) });
  if ('refused' in list)
    throw new RangeError(
      `The list has no column for the title: ${list.candidates[0]?.join(', ') ?? list.refused}`,
    );
  const all = [...list.rows, ...list.faults].sort((a, b) => a.line - b.line);
  const chosen = all[row - 1];
  if (chosen === undefined) throw new RangeError(`The list has ${all.length} rows; there is no row ${row}`);
  if (!('cells' in chosen)) throw new RangeError(`Row ${row} of the list cannot be read: ${chosen.reason}`);
  const cells = chosen.cells.map((cell, at) =>
    MONTHS.includes(list.heading[at]?.trim() ?? '') ? thisMonth() : cell,
  );
  return withTitle(list.heading, cells, list.heading.findIndex(isTitle), run);
}

/** The first row of the demo district's own plan. */
export function intentionOfDemoPlan(run: string): IntentionRow {
  const [title, summary, budgetWan] = DEMO_PLAN[0] ?? ['', '', ''];
  const heading = ['采购单位', '采购项目名称', '采购需求概况', '预算金额(万元)', '预计采购时间'];
  return withTitle(heading, [DEMO_BUYER.name, title, summary, budgetWan, thisMonth()], 1, run);
}

/** The same purchase may be played again and again: the run is part of its title. */
function withTitle(
  heading: readonly string[],
  row: readonly string[],
  at: number,
  run: string,
): IntentionRow {
  const title = `${cutText((row[at] ?? '').trim(), 250)}（演示 ${run}）`;
  const cells = row.map((cell, index) => (index === at ? title : cell));
  return { csv: csvRecord(heading) + csvRecord(cells), title };
}
