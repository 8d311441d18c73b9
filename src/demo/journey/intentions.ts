import { parse } from 'csv-parse/sync';
import { csvRecord } from '#libs/kernel';
import { DEMO_BUYER, DEMO_PLAN } from '../demo-people.js';
import type { IntentionRow } from './plan.js';

const TITLES = ['title', '采购项目名称', '项目名称'];

/**
 * One row of a published list of purchase intentions.
 * @param content the file's bytes, UTF-8 with or without a mark
 * @param row counted from 1, the heading line not counted
 * @throws RangeError when the list has no such row, or no column for the title
 */
export function intentionFromList(content: Buffer, row: number, run: string): IntentionRow {
  const rows: string[][] = parse(content, { bom: true, relaxColumnCount: true, skipEmptyLines: true });
  const [heading = [], ...data] = rows;
  const chosen = data[row - 1];
  if (chosen === undefined) throw new RangeError(`The list has ${data.length} rows; there is no row ${row}`);
  const at = heading.findIndex((name) => TITLES.includes(name.trim()));
  if (at < 0) throw new RangeError(`The list has no column for the title: ${heading.join(', ')}`);
  return withTitle(heading, chosen, at, run);
}

/** The first row of the demo district's own plan. */
export function intentionOfDemoPlan(run: string): IntentionRow {
  const [title, summary, budgetWan] = DEMO_PLAN[0] ?? ['', '', ''];
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  const heading = ['采购单位', '采购项目名称', '采购需求概况', '预算金额(万元)', '预计采购时间'];
  return withTitle(heading, [DEMO_BUYER.name, title, summary, budgetWan, month], 1, run);
}

/** The same purchase may be played again and again: the run is part of its title. */
function withTitle(
  heading: readonly string[],
  row: readonly string[],
  at: number,
  run: string,
): IntentionRow {
  const title = `${(row[at] ?? '').trim().slice(0, 250)}（演示 ${run}）`;
  const cells = row.map((cell, index) => (index === at ? title : cell));
  return { csv: csvRecord(heading) + csvRecord(cells), title };
}
