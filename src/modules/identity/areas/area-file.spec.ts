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

  it('has a code with or without the zeros that other lists pad it with, and dates as a spreadsheet writes them', () => {
    const { rows, bad } = read(
      '930000,甲省,,,',
      '930100,乙市,1983/7/1,,',
      '930101,丙区,2021年4月9日,2021/4/10,930102000000',
      '９３０１０２,丁区,2021-04-09 00:00,,',
      '930102001000,街道,,,',
    );
    expect(bad).toEqual([]);
    expect(rows.map(({ code, level, validFrom }) => [code, level, validFrom])).toEqual([
      ['93', 'province', null],
      ['9301', 'city', '1983-07-01'],
      ['930101', 'county', '2021-04-09'],
      ['930102', 'county', '2021-04-09'],
      ['930102001', 'street', null],
    ]);
    expect(rows[2]).toMatchObject({ parentCode: '9301', validTo: '2021-04-10', successorCode: '930102' });
    expect(faults('93①,甲省,,,')).toEqual([['code', 'code-malformed']]);
    expect(faults('9.3E+05,甲省,,,')).toEqual([['code', 'code-malformed']]);
    expect(faults('930000,甲省,2021-04,,')).toEqual([['validFrom', 'date-malformed']]);
    // Padded or not, it is the same code.
    expect(read('93,甲省,,,', '930000,甲省,,,').bad).toMatchObject([{ line: 3, reason: 'code-repeated' }]);
  });

  it('is reported when it cannot be kept, and costs none of the others', () => {
    const { rows, bad } = read(
      '93,甲\u0000省,,,',
      '94,乙省,,,',
      '95,"丙省,,,',
      '96,丁省,,,',
      '97,戊省",,,',
      '98,己省',
      ',,,,',
      '',
      '99,"庚\n省",,,',
    );
    expect(rows.map(({ code, name }) => [code, name])).toEqual([
      ['94', '乙省'],
      ['96', '丁省'],
      ['99', '庚 省'],
    ]);
    expect(bad).toEqual([
      { line: 2, column: 'name', reason: 'control-character' },
      { line: 4, column: 'name', reason: 'quote-misplaced' },
      { line: 6, column: 'name', reason: 'quote-misplaced' },
      { line: 7, column: 'name', reason: 'too-few-cells' },
    ]);
  });

  it.each([
    ['blank rows at the end', Buffer.from('code,name,,\r\n93,甲省,,\r\n,,,\r\n,,,\r\n\r\n')],
    ['a title', Buffer.from('示例区划\ncode,name\n93,甲省\n')],
    ['sep=;', Buffer.from('sep=;\ncode;name\n93;甲省\n')],
    ['tabs in UTF-16', Buffer.from('\ufeffcode\tname\r\n93\t甲省\r\n', 'utf16le')],
  ])('is read from a file with %s', (_what, content) => {
    expect(readAreaFile(content)).toMatchObject({ rows: [{ code: '93', name: '甲省' }], bad: [] });
  });

  it('has a name of a hundred characters, however many units they are', () => {
    expect(faults(`93,${'𠮷'.repeat(100)},,,`)).toEqual([]);
    expect(faults(`93,${'𠮷'.repeat(101)},,,`)).toEqual([['name', 'name-too-long']]);
    const from = (source: string) => readAreaFile(Buffer.from(`code,name,source\n93,甲省,${source}`)).bad;
    expect([from('源'.repeat(300)), from('源'.repeat(301))]).toMatchObject([
      [],
      [{ reason: 'source-too-long' }],
    ]);
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
