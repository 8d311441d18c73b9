import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvCell, csvRecord, escapeFormula } from './csv-safe.js';

describe('escapeFormula', () => {
  it.each([
    '=1+1',
    '+86 13800138000',
    '-2+3',
    '-cmd|',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\u3000=1',
    '\u200b=1',
    '\ufeff=1',
    '\u0000=1',
    '＝1+1',
    '＋1',
    '－1+1',
    '＠A1',
    '=HYPERLINK("http://example.com")',
    '-1-1',
    '--1',
    '\tplain',
  ])('disarms %j', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  it.each([
    '',
    '12050.00',
    '-12050.00',
    '-1',
    '0',
    '社区-服务',
    'a=b',
    'x@example.com',
    ' padded',
    "'quoted",
  ])('leaves %j alone', (text) => {
    expect(escapeFormula(text)).toBe(text);
  });
});

describe('csvRecord', () => {
  it('quotes as RFC 4180 asks and ends with CRLF', () => {
    expect(csvRecord(['a', 'b,c', 'd"e', 'f\ng', null, undefined, 1, -5, 10n, true])).toBe(
      'a,"b,c","d""e","f\ng",,,1,-5,10,true\r\n',
    );
    expect(csvCell('=A1,"x"')).toBe(`"'=A1,""x"""`);
    expect(csvRecord([''])).toBe('""\r\n');
    expect(csvRecord([])).toBe('\r\n');
    expect(csvRecord([null, ''])).toBe(',\r\n');
  });

  it('reads back cell for cell, with no cell a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from('=+-@"\',;\r\n\t 1a＝')) }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const [read, ...more] = parse(csvRecord(cells), { relax_column_count: true, bom: false });
        expect(more).toEqual([]);
        expect(read).toEqual(cells.map(escapeFormula));
        for (const text of read ?? []) expect(text).toMatch(/^(?:-?\d+(?:\.\d+)?$|[^=+\-@]|$)/);
      }),
    );
  });

  it('would not without the escape (control)', () => {
    const [read] = parse('=1+1\r\n');
    expect(read?.[0]).not.toMatch(/^(?:-?\d+(?:\.\d+)?$|[^=+\-@]|$)/);
  });
});
