import { describe, expect, it } from '@jest/globals';
import { readAreaFile, refuseOrphans } from './area-file.js';

const read = (...rows: string[]) =>
  readAreaFile(Buffer.from(['code,name,validFrom,validTo,successorCode', ...rows].join('\n')));
const faults = (row: string) => read(row).bad.map(({ column, reason }) => [column, reason]);

describe('a row of a list of areas', () => {
  it.each([
    [`980101,${'区'.repeat(100)},,,`, []],
    [`980101,${'区'.repeat(101)},,,`, [['name', 'name-too-long']]],
    ['980101,丙区,2021-04-09,2021-04-10,', []],
    ['980101,丙区,2021-04-09,2021-04-09,', [['validTo', 'validity-wrong']]],
    ['980101,丙区,,2021-02-29,', [['validTo', 'date-malformed']]],
    ['980101,丙区,,2021-04-09,980102', []],
    ['980101,丙区,,2021-04-09,980101', [['successorCode', 'successor-malformed']]],
    ['980101,丙区,,2021-04-09,98010', [['successorCode', 'successor-malformed']]],
    ['980101,丙区,,,980102', [['validTo', 'successor-without-end']]],
  ])('%s: %j', (row, expected) => {
    expect(faults(row)).toEqual(expected);
  });

  it('is an orphan when neither the list nor the database knows its parent', () => {
    const { rows } = read('9801,乙市,,,', '980101,丙区,,,', '980201,丁区,,,');
    const known = refuseOrphans(rows, new Set(['98', '9802']));
    expect(known.bad).toEqual([]);
    const unknown = refuseOrphans(rows, new Set(['98']));
    expect(unknown.rows.map(({ code }) => code)).toEqual(['9801', '980101']);
    expect(unknown.bad).toEqual([{ line: 4, column: 'code', reason: 'parent-unknown' }]);
  });
});
