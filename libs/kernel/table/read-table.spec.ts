import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readTable } from './read-table.js';
import type { NoTable, Table } from './table.js';

const HEADING = '单位,名称,概况,金额,时间';
const limits = { bytes: 10_000_000, rows: 20_000, columns: 50 };
const isHeading = (cells: readonly string[]) => cells.includes('单位') && cells.includes('名称');
const read = (content: string | Uint8Array, changes: Partial<typeof limits> = {}): Table | NoTable =>
  readTable(typeof content === 'string' ? Buffer.from(content) : content, {
    limits: { ...limits, ...changes },
    isHeading,
  });
function table(content: string | Uint8Array): Table {
  const found = read(content);
  if ('refused' in found) throw new Error(`no table: ${found.refused}`);
  return found;
}
const rowsOf = (...lines: string[]) => table([HEADING, ...lines].join('\n'));
const namesOf = ({ rows }: Table) => rows.map(({ line, cells }) => [line, cells[1]]);
const faultsOf = ({ faults }: Table) => faults.map(({ line, lastLine, reason }) => [line, lastLine, reason]);

describe('a table', () => {
  const text = `${HEADING}\r\n甲,"助餐, ""热""",说明,10,2026-07\r\n乙,助浴,"两\n行",20,2026-08\r\n`;
  const expected = [
    ['甲', '助餐, "热"', '说明', '10', '2026-07'],
    ['乙', '助浴', '两\n行', '20', '2026-08'],
  ];
  const tabbed = text.replaceAll(',', '\t').replace('助餐\t', '助餐,');

  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['GB18030', iconv.encode(text, 'gb18030'), 'gb18030'],
    [
      'tabs in UTF-16, as a spreadsheet saves "Unicode text"',
      Buffer.from(`\ufeff${tabbed}`, 'utf16le'),
      'utf-16le',
    ],
    ['UTF-16 with the bytes the other way', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['semicolons', Buffer.from(text.replaceAll(',', ';').replace('助餐;', '助餐,')), 'utf-8'],
  ])('is read from %s', (_what, content, encoding) => {
    const found = table(content);
    expect(found.encoding).toBe(encoding);
    expect(found.rows.map(({ cells }) => cells)).toEqual(expected);
    expect(found.rows.map(({ line, lastLine }) => [line, lastLine])).toEqual([
      [2, 2],
      [3, 4],
    ]);
    expect(found.faults).toEqual([]);
  });

  it.each([
    ['a title', '2026年采购意向'],
    ['a title that fills the width, and a unit', '2026年采购意向,,,,\n单位：万元,,,,'],
    ['a comma that a program is told of', 'sep=,'],
    ['that line in quotation marks, with its own commas', '"sep=,",,,,'],
    ['blank lines', '\n,,,,\n  '],
  ])('is found below %s', (_what, above) => {
    const lines = above.split('\n').length;
    expect(namesOf(table(`${above}\n${HEADING}\n甲,助餐,,1,2`))).toEqual([[lines + 2, '助餐']]);
  });

  it('is separated by what its first line says', () => {
    const found = table('sep=;\n单位;名称;"金额,元"\n甲;助餐,助浴;1\n');
    expect(found.rows.map(({ cells }) => cells)).toEqual([['甲', '助餐,助浴', '1']]);
    expect(table('sep=|\n单位|名称\n甲|助餐\n').heading).toEqual(['单位', '名称']);
  });

  it('has a heading whose cells are broken into lines', () => {
    const found = table('单位,名称,"金额\n（万元）"\n甲,助餐,1');
    expect(found.heading).toEqual(['单位', '名称', '金额\n（万元）']);
    expect(namesOf(found)).toEqual([[3, '助餐']]);
  });

  it('leaves out blank rows and empty columns at the end, thousands of them too', () => {
    const wide = ','.repeat(16_000);
    const found = table(
      `${HEADING}${wide}\n甲,助餐,,1,2${wide}\n,,,,\n"","",,,\n \n${wide}\n\n乙,助浴,,,,,\n\n\n`,
    );
    expect(namesOf(found)).toEqual([
      [2, '助餐'],
      [8, '助浴'],
    ]);
    expect(found.rows.map(({ cells }) => cells.length)).toEqual([5, 5]);
    expect(found.faults).toEqual([]);
  });

  it('reports a row that stands above the heading', () => {
    const found = table(`甲,助餐,说明,10,2026-07\n${HEADING}\n乙,助浴,,1,2`);
    expect(faultsOf(found)).toEqual([[1, 1, 'above-heading']]);
    expect(namesOf(found)).toEqual([[3, '助浴']]);
  });

  it.each([
    ['empty', ''],
    ['empty', '\n,,,\n  \n'],
    ['no-heading', '编码,名称\n1,2\n'],
    ['unreadable', Buffer.from([0xff, 0x00, 0x00, 0xff])],
    ['unreadable', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0x80])],
  ])('is refused as %s where there is none', (refused, content) => {
    expect(read(content)).toMatchObject({ refused });
  });
});

describe('a row of a table', () => {
  it('is reported when it has fewer or more cells than the heading, and the rows around it are kept', () => {
    const found = rowsOf(
      '甲,一,,1,2',
      '甲,二,1,2',
      '甲,三',
      '甲,四,,1,2,多余',
      '甲,五,,1,2,,,',
      '甲,六,,1,2',
    );
    expect(namesOf(found).map(([, name]) => name)).toEqual(['一', '五', '六']);
    expect(faultsOf(found)).toEqual([
      [3, 3, 'cells-missing'],
      [4, 4, 'cells-missing'],
      [5, 5, 'cells-surplus'],
    ]);
  });

  it('is not swallowed by a quotation mark at the beginning of one title and another at the end of a later one', () => {
    const found = rowsOf(
      '甲,脚注,,10,2026-07',
      '甲,"智慧养老,,10,2026-07',
      '甲,托养,,20,2026-08',
      '甲,课堂",,30,2026-09',
      '甲,末,,1,2',
    );
    expect(namesOf(found)).toEqual([
      [2, '脚注'],
      [4, '托养'],
      [6, '末'],
    ]);
    expect(faultsOf(found)).toEqual([
      [3, 3, 'quote-misplaced'],
      [5, 5, 'quote-misplaced'],
    ]);
  });

  it.each([
    ['the marks are in the first column', ['"甲,一,,1,2', '乙,二,,1,2', '丙",三,,1,2'], ['二']],
    ['the marks are in the last column', ['甲,一,,1,"2', '乙,二,,1,2', '丙,三,,1,2"'], ['二']],
    ['the second mark is in another column', ['甲,"一,,1,2', '乙,二,,1,2', '丙",三,,1,2'], ['二']],
    ['the second mark is never there', ['甲,"一,,1,2', '乙,二,,1,2', '丙,三,,1,2'], ['二', '三']],
    ['the first mark is the last line', ['甲,一,,1,2', '乙,"二,,1,2'], ['一']],
    ['both begin', ['甲,"一,,1,2', '乙,"二,,1,2', '丙,三,,1,2'], ['三']],
    [
      'a proper cell with commas follows',
      ['甲,"一,,1,2', '乙,二,,1,2', '丙,"三, 三",,1,2', '丁,四,,1,2'],
      ['二', '三, 三', '四'],
    ],
    [
      'a proper cell with lines follows',
      ['甲,"一,,1,2', '乙,二,,1,2', '丙,三,"上\n下",1,2', '丁,四,,1,2'],
      ['二', '三', '四'],
    ],
    ['only a shorter row follows', ['甲,"一,,1,2', '乙,二', '丙",,1', '丁,四,,1,2'], ['四']],
  ])('is read or reported when %s', (_what, lines, names) => {
    const found = rowsOf(...lines);
    expect(namesOf(found).map(([, name]) => name)).toEqual(names);
    const physical = lines.join('\n').split('\n').length;
    const covered = [...found.rows, ...found.faults].reduce(
      (sum, part) => sum + part.lastLine - part.line + 1,
      0,
    );
    expect(covered).toBe(physical);
  });

  it('keeps a cell of several lines, with delimiters in it as well', () => {
    const found = rowsOf('"甲\n单位",助餐,"一, 二\n三, 四",1,2', '乙,"助""浴""\n二",,1,"2\n3"', '丙,末,,1,2');
    expect(found.rows.map(({ line, lastLine, cells }) => [line, lastLine, ...cells])).toEqual([
      [2, 4, '甲\n单位', '助餐', '一, 二\n三, 四', '1', '2'],
      [5, 7, '乙', '助"浴"\n二', '', '1', '2\n3'],
      [8, 8, '丙', '末', '', '1', '2'],
    ]);
    expect(found.faults).toEqual([]);
  });

  it('may have quotation marks in a title', () => {
    const found = rowsOf(
      '甲,"十四五"规划,,1,2',
      '甲,5" 屏,,1,2',
      '甲,"一老一小",,1,2',
      '甲,"""三"",四",,1,2',
    );
    expect(namesOf(found).map(([, name]) => name)).toEqual(['"十四五"规划', '5" 屏', '一老一小', '"三",四']);
  });

  it.each([
    ['U+0000', '\u0000', 'control-character'],
    ['a bell', '\u0007', 'control-character'],
    ['a C1 control', '\u0085', 'control-character'],
    ['a cell longer than a spreadsheet has', 'x'.repeat(32_768), 'cell-too-long'],
  ])('is reported with its column when it holds %s, and the good ones stay', (_what, bad, reason) => {
    const found = rowsOf('甲,好,,1,2', `甲,坏${bad},,1,2`, '甲,"也好\t",,1,2');
    expect(namesOf(found).map(([line]) => line)).toEqual([2, 4]);
    expect(found.faults).toMatchObject([{ line: 3, reason, column: 1 }]);
  });

  it('is reported when its bytes are no text, in a file that is otherwise', () => {
    const good = Buffer.from(`${HEADING}\n甲,好,,1,2\n甲,坏`);
    const rest = Buffer.from(',,1,2\n甲,也好,,1,2\n');
    for (const broken of [[0xe5, 0x8d], [0xff], [0xed, 0xa0, 0x80]]) {
      const found = table(Buffer.concat([good, Buffer.from(broken), rest]));
      expect(found.encoding).toBe('utf-8');
      expect(namesOf(found).map(([, name]) => name)).toEqual(['好', '也好']);
      expect(found.faults).toMatchObject([{ line: 3, reason: 'characters-unreadable', column: 1 }]);
    }
    // Half a character in UTF-16, and a byte that GB18030 has not.
    const half = Buffer.from(`\ufeff${HEADING}\n甲,坏\ud842,,1,2\n甲,好,,1,2`, 'utf16le');
    const chinese = Buffer.concat([
      iconv.encode(`${HEADING}\n甲,坏`, 'gb18030'),
      Buffer.from([0xff]),
      rest.subarray(0, 6),
      iconv.encode('甲,好,,1,2', 'gb18030'),
    ]);
    for (const content of [half, chinese]) {
      const found = table(content);
      expect(found.faults).toMatchObject([{ line: 2, reason: 'characters-unreadable', column: 1 }]);
      expect(namesOf(found).map(([, name]) => name)).toEqual(['好']);
    }
  });
});

describe('a file that is too large', () => {
  it('is refused by its bytes, its rows and its columns, before it is taken apart', () => {
    expect(read('x'.repeat(101), { bytes: 100 })).toMatchObject({ refused: 'too-large' });
    expect(read('a\n'.repeat(5_000_000))).toMatchObject({ refused: 'no-heading' });
    expect(read(`${HEADING}\n${'a\n'.repeat(4_999_000)}`)).toMatchObject({
      refused: 'too-large',
      line: 20_003,
    });
    expect(read(`单位,名称${',x'.repeat(60)}\n`)).toMatchObject({ refused: 'too-large' });
    expect(read(','.repeat(10_000_000))).toMatchObject({ refused: 'empty' });
    expect(read(`${HEADING}\n${' \n'.repeat(1_050_000)}`)).toMatchObject({ refused: 'too-large' });
    expect(faultsOf(table(`${HEADING}\n${'a,'.repeat(4_000_000)}`))).toEqual([[2, 2, 'cells-surplus']]);
    expect(table(`${HEADING}\n${'\n'.repeat(9_000_000)}甲,末,,1,2`).rows).toHaveLength(1);
  });

  it('may have just as many rows as are allowed, the bad ones counted', () => {
    const rows = (count: number) =>
      read(`${HEADING}\n${'甲,助餐,,1,2\n甲\n'.repeat(count / 2)}`, { rows: 10 });
    expect(rows(10)).toMatchObject({ encoding: 'utf-8' });
    expect(rows(12)).toMatchObject({ refused: 'too-large' });
  });
});

describe('whatever is in a file', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      '"',
      ',',
      ',',
      '\n',
      '\r\n',
      '\r',
      '""',
      '",',
      '\n"',
      ' ',
      '甲',
      'x',
      ';',
      '\t',
      '\u0000',
    ),
    fc.constantFrom('甲,一,,1,2\n', '乙,"二\n二",,1,2\n', `${HEADING}\n`),
  );

  it('is accounted for line by line', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        // The reader throws when the lines do not add up.
        const found = table(`${HEADING}\n${pieces.join('')}`);
        const lines = [...found.rows, ...found.faults].map(({ line, lastLine }) => [line, lastLine] as const);
        const sorted = lines.sort(([a], [b]) => a - b);
        for (const [index, [line]] of sorted.entries())
          expect(line).toBeGreaterThan(sorted[index - 1]?.[1] ?? 1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('loses no row that is written as the standard asks, beside any other', () => {
    const line = fc.array(fc.constantFrom('"', ',', '甲', ' ', '""', '",', ',"'), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.nat(6), (lines, at) => {
        const others = lines.map((pieces) => pieces.join(''));
        const all = [...others.slice(0, at), '丁,不丢,,1,2', ...others.slice(at)];
        const found = rowsOf(...all);
        expect(namesOf(found)).toContainEqual([Math.min(at, others.length) + 2, '不丢']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read as the parser reads it where nothing is at fault', () => {
    const cell = fc
      .array(fc.constantFrom('"', ',', '\n', '甲', 'x', ' y'), { maxLength: 5 })
      .map((c) => c.join(''));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell, cell, cell), { minLength: 1, maxLength: 8 }),
        (rows) => {
          const text = rows
            .map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(','))
            .join('\n');
          const found = rowsOf(text);
          const parsed: string[][] = parse(text, { relax_column_count: true });
          const filled = parsed.filter((cells) => cells.some((c) => c.trim() !== ''));
          if (found.faults.length === 0) expect(found.rows.map(({ cells }) => cells)).toEqual(filled);
          else for (const { cells } of found.rows) expect(cells).toHaveLength(5);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
