import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { errorCatalogue, Money } from '#libs/kernel';
import { hasSharedData, sharedData } from '../../../../test/support/shared-data.js';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, readPlanFile } from './plan-file.js';
import { parseAmount, parseMonth } from './plan-row.js';

const HEAD = '采购单位,采购项目名称,采购需求概况,预算金额（万元）,预计采购时间,拟面向中小企业预留,链接';
const file = (...lines: string[]) => Buffer.from([HEAD, ...lines].join('\n'));
const GOOD = '示例街道办,独居老人探访,每周两次,12.345678,2026年7月,否,https://example.invalid/1';

const reading = (...lines: string[]) => {
  const { rows, findings } = readPlanFile(file(...lines));
  return {
    titles: rows.map(({ title }) => title),
    findings: findings.map(({ line, lastLine, column, code, outcome }) => [
      line,
      lastLine,
      column,
      code.replace('procurement.row-', ''),
      outcome,
    ]),
  };
};

describe('reading a plan file', () => {
  it('converts 万元 to fen exactly and months without a day to YYYY-MM', () => {
    const { rows, findings, rowCount } = readPlanFile(file(GOOD));
    expect(findings).toEqual([]);
    expect(rowCount).toBe(1);
    expect(rows[0]).toMatchObject({
      line: 2,
      buyerName: '示例街道办',
      title: '独居老人探访',
      expectedMonth: '2026-07',
      reservedForSme: false,
      sourceUrl: 'https://example.invalid/1',
    });
    expect(rows[0]?.budget.toFen()).toBe(12_345_678);
  });

  it('reads UTF-8 with a BOM, and GB18030, to the same rows', () => {
    const text = `${HEAD}\n${GOOD}\n`;
    const plain = readPlanFile(Buffer.from(text)).rows;
    expect(readPlanFile(Buffer.from(`\ufeff${text}`)).rows).toEqual(plain);
    const other = readPlanFile(iconv.encode(text, 'gb18030'));
    expect(other.encoding).toBe('gb18030');
    expect(other.rows).toEqual(plain);
  });

  it('keeps each good row beside bad ones and tells line, column, code and cell of each problem', () => {
    const result = readPlanFile(
      file(
        GOOD,
        '示例街道办,"换行\n的标题",,5,2026-08,是,https://example.invalid/2',
        '采购单位,采购项目名称,,拟面向中小企业预留,备注,,',
        '示例街道办,做好服务，是,是,,,,',
        ',无单位,,十万,2026年13月,,ftp://x',
        '示例街道办,没有金额,,,2026/09,,',
        '示例街道办,太小,,0.0000001,2026/09,,',
        '示例街道办,为零,,0,2026/09,,',
        '示例街道办,多一格,,1,2026/09,,,多余',
        GOOD,
      ),
    );
    expect(result.rows.map(({ line, title }) => [line, title])).toEqual([
      [2, '独居老人探访'],
      [3, '换行 的标题'],
    ]);
    expect(
      result.findings.map(({ line, column, code, cell, outcome }) => [line, column, code, cell, outcome]),
    ).toEqual([
      [5, '采购单位', 'procurement.row-heading-in-values', '采购单位', 'rejected'],
      [6, '预算金额（万元）', 'procurement.row-amount-missing', '', 'rejected'],
      [6, '预计采购时间', 'procurement.row-month-missing', '', 'rejected'],
      [7, '采购单位', 'procurement.row-buyer-missing', '', 'rejected'],
      [7, '预算金额（万元）', 'procurement.row-amount-malformed', '十万', 'rejected'],
      [7, '预计采购时间', 'procurement.row-month-malformed', '2026年13月', 'rejected'],
      [7, '链接', 'procurement.row-url-malformed', 'ftp://x', 'rejected'],
      [8, '预算金额（万元）', 'procurement.row-amount-missing', '', 'rejected'],
      [9, '预算金额（万元）', 'procurement.row-amount-not-whole-fen', '0.0000001', 'rejected'],
      [10, '预算金额（万元）', 'procurement.row-amount-not-positive', '0', 'rejected'],
      [11, null, 'procurement.row-too-many-cells', '多余', 'rejected'],
      [12, null, 'procurement.row-duplicate-in-file', '独居老人探访', 'duplicate'],
    ]);
    const texts = errorCatalogue();
    for (const { code } of result.findings) expect(texts.get(code)).toBeDefined();
  });

  it('reads two layouts pasted side by side, with the buyer in the title of the notice', () => {
    const { rows, findings } = readPlanFile(
      Buffer.from(
        [
          '序号,客户名称,项目名称,金额,预计时间,link,标题,子序号,采购项目名称,采购需求概况,预算金额(万元),预计采购时间,Link',
          '1,甲中心,社区课堂,20,2026年03月,https://example.invalid/a,,,,,,,',
          '2,,,,,,乙街道办2026年01月(至)06月政府采购意向,1,助餐服务,说明,8.5,2026年4月,https://example.invalid/b',
          // The cells slid one column to the left: nothing is guessed.
          '3,,,,,,乙街道办2026年01月(至)06月政府采购意向,助餐服务,说明,8.5,否,2026年4月,https://example.invalid/b',
        ].join('\r\n'),
      ),
      { unit: 'wan' },
    );
    expect(rows.map(({ buyerName, title, budget }) => [buyerName, title, budget.toFen()])).toEqual([
      ['甲中心', '社区课堂', 20_000_000],
      ['乙街道办', '助餐服务', 8_500_000],
    ]);
    expect(findings).toMatchObject([{ line: 4, code: 'procurement.row-amount-malformed', cell: '否' }]);
  });

  it('reads files whose lines end in different ways, with the right line numbers', () => {
    const line = (n: number) => `甲中心,"第\n${n}项",,1,2026-07,,`;
    const bad = '甲中心,无金额,,,2026-07,,';
    const text = `${HEAD}\r\n${line(1)}\n${line(2)}\r\n${bad}\r\n\r\n${line(3)}\n${bad}`;
    const { rows, findings } = readPlanFile(Buffer.from(text));
    expect(rows.map((row) => [row.line, row.title])).toEqual([
      [2, '第 1项'],
      [4, '第 2项'],
      [8, '第 3项'],
    ]);
    expect(findings.map((finding) => finding.line)).toEqual([6, 10]);
  });

  it('cuts a shown cell at 80 characters', () => {
    const { findings } = readPlanFile(file(`示例街道办,某项目,,${'九'.repeat(200)},2026-01,,`));
    expect(findings[0]?.cell).toBe(`${'九'.repeat(80)}…`);
  });

  it('takes names and addresses up to their length, cuts a summary, and reports what is longer', () => {
    const row = (changes: { buyer?: string; title?: string; summary?: string; url?: string }) => {
      const { buyer = '甲中心', title = '某项目', summary = '', url = '' } = changes;
      const { rows, findings } = readPlanFile(file(`${buyer},${title},${summary},1,2026-07,,${url}`));
      return rows[0] ?? findings.map(({ code, column }) => [code.replace('procurement.row-', ''), column]);
    };
    const url = (length: number) => `https://example.invalid/${'x'.repeat(length - 24)}`;
    expect(row({ title: '题'.repeat(300), buyer: '采'.repeat(200), url: url(2_000) })).toMatchObject({
      title: '题'.repeat(300),
      buyerName: '采'.repeat(200),
      sourceUrl: url(2_000),
    });
    expect(row({ title: '题'.repeat(301) })).toEqual([['text-too-long', '采购项目名称']]);
    expect(row({ buyer: '采'.repeat(201) })).toEqual([['text-too-long', '采购单位']]);
    expect(row({ url: url(2_001) })).toEqual([['url-malformed', '链接']]);
    expect(row({ title: ' ' })).toEqual([['title-missing', '采购项目名称']]);
    expect(row({ summary: '概'.repeat(5_001) })).toMatchObject({ summary: '概'.repeat(5_000) });
  });

  it('reads who it is reserved for, and leaves open what is not said', () => {
    const { rows } = readPlanFile(
      file(...['是', '否', '待定', ''].map((sme, at) => `甲中心,项目${at},,1,2026-07,${sme},`)),
    );
    expect(rows.map(({ reservedForSme }) => reservedForSme)).toEqual([true, false, null, null]);
  });

  it('takes two rows for one only when all that is kept of them agrees: one notice lists several purchases', () => {
    const lines = (...rows: string[]) => {
      const { rows: kept, findings } = readPlanFile(file(...rows));
      return [kept.length, findings.map(({ outcome }) => outcome)];
    };
    const at = 'https://example.invalid/1';
    expect(lines(`甲,某项目,,1,2026-07,,${at}`, `甲,某项目,,1,2026-07,,${at}`)).toEqual([1, ['duplicate']]);
    expect(lines(`甲,某项目,,10,2026-07,,${at}`, `甲,某项目,,25.5,2026-11,,${at}`)).toEqual([2, []]);
    expect(lines(`甲,某项目,,1,2026-07,,${at}`, `甲,某项目,,1,2026-08,,${at}`)).toEqual([2, []]);
    expect(lines(`甲,某项目,,1,2026-07,,${at}`, `甲,某项目,,2,2026-07,,${at}`)).toEqual([2, []]);
    expect(lines(`甲,某项目,,1,2026-07,是,${at}`, `甲,某项目,,1,2026-07,否,${at}`)).toEqual([2, []]);
    // The unit and the form of a number or a month are the typist's.
    expect(lines(`甲,某项目,,1,2026-07,,${at}`, `甲,某项目,,10000元,2026年7月,,${at}`)).toEqual([
      1,
      ['duplicate'],
    ]);
    expect(lines(`甲,某项目,,1,2026-07,,${at}`, `乙,某项目,,1,2026-07,,${at}`)).toEqual([2, []]);
    expect(lines(`甲,某项目,,1,2026-07,,${at}`, `甲,某项目,,1,2026-07,,${at}2`)).toEqual([2, []]);
    expect(lines('甲,某项目,,1,2026-07,,', '甲,某项目,说明,1,2026-07,,')).toEqual([2, []]);
    expect(lines('甲,某项目,,1,2026-07,,', '甲,某项目,,1,2026-08,,')).toEqual([2, []]);
    expect(lines('甲,某项目,,1,2026-07,,', '甲,某项目,,2,2026-07,,')).toEqual([2, []]);
  });

  it('loses no row to a quotation mark at the beginning of one title and another at the end of a later one', () => {
    const swallowing = [
      '示例街道办,脚注,,10,2026-07,,',
      '示例街道办,"智慧养老,,10,2026-07,,',
      '示例街道办,残疾人托养,,20,2026-08,,',
      '示例街道办,儿童课堂",,30,2026-09,,',
    ];
    expect(reading(...swallowing)).toEqual({
      titles: ['脚注', '残疾人托养'],
      findings: [
        [3, 3, null, 'quote-misplaced', 'rejected'],
        [5, 5, null, 'quote-misplaced', 'rejected'],
      ],
    });
    expect(readPlanFile(file(...swallowing)).rowCount).toBe(4);
  });

  it('reports a row with fewer cells than the heading, and one broken over lines with all of them', () => {
    expect(reading('甲,短,,1,2026-07', '甲,"断\n开",1,2026-07', GOOD)).toEqual({
      titles: ['独居老人探访'],
      findings: [
        [2, 2, null, 'too-few-cells', 'rejected'],
        [3, 4, null, 'too-few-cells', 'rejected'],
      ],
    });
  });

  it.each(['\u0000', '\u0007', '\u0085'])(
    'reports a title with a control character and keeps the others: %j',
    (bad) => {
      const { rows, findings } = readPlanFile(file(`甲,坏${bad}的,,1,2026-07,,`, GOOD));
      expect(rows.map(({ line }) => line)).toEqual([3]);
      expect(findings).toMatchObject([
        { line: 2, column: '采购项目名称', code: 'procurement.row-control-character' },
      ]);
      expect(findings[0]?.cell).toMatch(/^坏[␀␇\ufffd]的$/);
    },
  );

  it('refuses a number of which something is not understood', () => {
    for (const amount of ['58.5²', '5８.５①', '10 20', '"10\n20"', '10;', '10(含税)', '10万5', '1０万元²'])
      expect(reading(`甲,某项目,,${amount},2026-07,,`).findings.map(([, , , code]) => code)).toEqual([
        'amount-malformed',
      ]);
    expect(readPlanFile(file('甲,某项目,,５８．５ 万元,2026-07,,')).rows[0]?.budget.toFen()).toBe(58_500_000);
  });

  it('keeps 5,000 characters of a summary, whatever they are, and says when it keeps no more', () => {
    const whole = `${'概'.repeat(4_999)}𠮷`;
    const [kept, cut] = [whole, `${whole}要`].map((summary) =>
      readPlanFile(file(`甲,某项目,${summary},1,2026-07,,`)),
    );
    expect([kept?.rows[0]?.summary, kept?.findings]).toEqual([whole, []]);
    expect(cut?.rows[0]?.summary).toBe(whole);
    expect(cut?.findings).toMatchObject([
      { line: 2, column: '采购需求概况', code: 'procurement.row-text-cut', outcome: 'adjusted' },
    ]);
    // 300 characters, 600 units.
    expect(reading(`甲,${'𠮷'.repeat(300)},,1,2026-07,,`).findings).toEqual([]);
  });

  it('says when it is not clear whether something is reserved', () => {
    expect(reading('甲,某项目,,1,2026-07,部分,')).toEqual({
      titles: ['某项目'],
      findings: [[2, 2, '拟面向中小企业预留', 'reservation-unclear', 'adjusted']],
    });
  });

  it('does not choose between two values for one thing', () => {
    const heading = '采购单位,采购项目名称,预算金额（万元）,预算金额（元）,预计采购时间';
    const read = (row: string) => readPlanFile(Buffer.from(`${heading}\n${row}`));
    expect(read('甲,某项目,1,10000,2026-07').rows).toHaveLength(1);
    expect(read('甲,某项目,,10000,2026-07').rows[0]?.budget.toFen()).toBe(1_000_000);
    expect(read('甲,某项目,1,1,2026-07').findings).toMatchObject([
      { column: '预算金额(元)'.replace('(', '（').replace(')', '）'), code: 'procurement.row-values-differ' },
    ]);
  });

  describe('in which the unit of the budget', () => {
    const read = (heading: string, amount = '100000', unit?: 'wan' | 'yuan', above = '') =>
      readPlanFile(
        Buffer.from(`${above}采购单位,采购项目名称,${heading},预计采购时间\n甲,某项目,${amount},2026-07\n`),
        { unit },
      ).rows[0]?.budget.toFen();
    const refused = (code: string) => expect.objectContaining({ code: `procurement.import-${code}` });

    it.each(['预算金额', '金额', '采购预算', '预算金额（含税）', 'budget', '*预算金额'])(
      'is not in the heading %s, is asked for',
      (heading) => {
        expect(() => read(heading)).toThrow(refused('unit-unsaid'));
        expect(read(heading, '100000', 'yuan')).toBe(10_000_000);
        expect(read(heading, '10', 'wan')).toBe(10_000_000);
        expect(read(heading, '10万元')).toBe(10_000_000);
        expect(read(heading, '10', undefined, '单位：万元,,,\n')).toBe(10_000_000);
        expect(read(heading, '10', undefined, '采购意向（单位：元）\n')).toBe(1_000);
      },
    );

    it.each([
      ['预算金额（单位：万元）', 10_000_000],
      ['预算金额(万元)', 10_000_000],
      ['预算金额（人民币万元）', 10_000_000],
      ['预算金额/万元', 10_000_000],
      ['预算金额【万元】', 10_000_000],
      ['"预算金额\n（万元）"', 10_000_000],
      ['采购预算（万）', 10_000_000],
      ['金额（元）', 1_000],
      ['预算金额（单位:元）', 1_000],
      ['budget_wan', 10_000_000],
      ['budget_yuan', 1_000],
    ])('is in the heading %s', (heading, fen) => {
      expect(read(heading, '10')).toBe(fen);
    });

    it('is not guessed where it is another one, or two', () => {
      for (const heading of ['预算金额（千元）', '预算金额（亿元）', '预算金额（美元）', '预算金额(USD)'])
        expect(() => read(heading, '10', 'wan')).toThrow(refused('columns-missing'));
      expect(() => read('预算金额（万元）', '10', 'yuan')).toThrow(refused('unit-contradicts'));
      expect(() => read('预算金额', '10', 'yuan', '单位：万元,,,\n')).toThrow(refused('unit-contradicts'));
      expect(() => read('预算金额', '10', undefined, '单位：万元 单位：元,单位：元,,\n')).toThrow(
        refused('unit-unsaid'),
      );
      // The name of a buyer is no unit.
      expect(() => read('预算金额', '10', undefined, '采购单位：元,,,\n')).toThrow(refused('unit-unsaid'));
    });
  });

  it.each([
    ['a title above the heading', (text: string) => `2026年政府采购意向公开,,,,,,\n${text}`],
    ['sep=,', (text: string) => `sep=,\n${text}`],
    ['sep=;', (text: string) => `sep=;\r\n${text.replaceAll(',', ';')}`],
    ['tabs in UTF-16', (text: string) => Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le')],
    [
      'CRLF, blank rows and empty columns at the end',
      (text: string) => `${text.replaceAll('\n', ',,\r\n')},,\r\n,,,,,,,,\r\n\r\n`,
    ],
    [
      'headings as a form prints them',
      (text: string) =>
        text.replace('预计采购时间', '预计采购时间（填写到月）').replace('采购单位', '*采购单位'),
    ],
  ])('reads a file with %s', (_what, save) => {
    const saved = save(`${HEAD}\n${GOOD}`);
    const { rows, findings, rowCount } = readPlanFile(typeof saved === 'string' ? Buffer.from(saved) : saved);
    expect(rows.map(({ title, budget }) => [title, budget.toFen()])).toEqual([['独居老人探访', 12_345_678]]);
    expect([findings, rowCount]).toEqual([[], 1]);
  });

  it.each([
    ['procurement.import-empty', Buffer.from(HEAD)],
    ['procurement.import-empty', Buffer.from('')],
    ['procurement.import-columns-missing', Buffer.from('采购单位,标题\n甲,乙\n')],
    ['procurement.import-unreadable', Buffer.from(`${HEAD}\n"没有结束的引号,1\n2`)],
    ['procurement.import-unreadable', Buffer.from([0xff, 0x00, 0x00, 0xff])],
    ['procurement.import-too-large', Buffer.alloc(MAX_IMPORT_BYTES + 1, 0x20)],
    ['procurement.import-too-large', file(...Array.from({ length: MAX_IMPORT_ROWS + 1 }, () => GOOD))],
  ])('refuses a whole file with %s', (code, content) => {
    expect(() => readPlanFile(content)).toThrow(expect.objectContaining({ code }));
  });

  it('accounts for every row of whatever is in the cells', () => {
    const cell = fc.oneof(
      fc.constantFrom('', '是', '2026年3月', '12.5', '采购单位', '备注', '名称', 'https://example.invalid/x'),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 30 }),
        (table) => {
          const quoted = table.map((row) =>
            `x${row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}`.slice(1),
          );
          const filled = table.filter((row) => row.some((text) => text.trim() !== ''));
          fc.pre(filled.length > 0);
          const result = readPlanFile(file(...quoted));
          // What is said of a row that is imported all the same is no other row.
          const refused = result.findings.filter(({ outcome }) => outcome !== 'adjusted');
          const reported = new Set(refused.map(({ line }) => line));
          expect(result.rows.length + reported.size).toBe(result.rowCount);
          expect(result.rowCount).toBe(filled.length);
        },
      ),
    );
  });
});

describe('cells', () => {
  it.each([
    ['2026年07月', '2026-07'],
    ['2026年7月', '2026-07'],
    ['2026-7', '2026-07'],
    ['2026/07', '2026-07'],
    ['2026.12', '2026-12'],
    ['202607', '2026-07'],
    ['２０２６年７月', '2026-07'],
    ['2026年7月15日', '2026-07'],
    ['2026-07-15 09:00:00', '2026-07'],
    ['2026年', undefined],
    ['2026-00', undefined],
    ['2026-13', undefined],
    ['20267', undefined],
    ['2026年1月至3月', undefined],
    ['1999-01', undefined],
    ['备注', undefined],
  ])('reads the month %s as %s', (text, month) => {
    expect(parseMonth(text)).toBe(month);
  });

  it.each([
    ['11.200000', 'wan', 11_200_000],
    ['1,234.5', 'wan', 1_234_500_000],
    ['１２', 'wan', 12_000_000],
    ['12万元', 'yuan', 12_000_000],
    ['1200元', 'wan', 120_000],
    ['99.99', 'yuan', 9_999],
  ] as const)('reads the amount %s (%s) as %d fen', (text, unit, fen) => {
    expect(parseAmount(text, unit).toFen()).toBe(fen);
  });

  it.each(['58.5²', '①', '½', '٣', '', '-5', '1,23', '1e3', '约10', '10-20', 'NaN'])(
    'refuses the amount "%s"',
    (text) => {
      const read = () => {
        const amount = parseAmount(text, 'wan');
        if (!amount.isPositive()) throw new Error('not positive');
      };
      expect(read).toThrow();
    },
  );
});

/** A reader of our own that shares no line with the importer: RFC 4180 by hand, rows as cells. */
function countIndependently(text: string): string[][] {
  const table: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (quoted && mark === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (mark === '"') quoted = !quoted;
    else if (!quoted && (mark === ',' || mark === '\n')) {
      table.at(-1)?.push(cell.replace(/\r$/, ''));
      cell = '';
      if (mark === '\n') table.push([]);
    } else cell += mark;
  }
  return table.filter((row) => row.length > 1);
}

describe('official purchase intentions', () => {
  const files = ['china/procurement-intentions.csv', 'china/procurement-intentions-broken.csv'] as const;
  const present = hasSharedData(...files);

  (present ? it : it.skip)('imports all 89 rows of the clean file with exact sums', () => {
    const content = readFileSync(sharedData(files[0]));
    const { rows, findings, rowCount } = readPlanFile(content);
    expect({ rows: rows.length, findings, rowCount }).toEqual({ rows: 89, findings: [], rowCount: 89 });
    const [, ...table] = countIndependently(content.toString('utf8'));
    // 万元 with six decimals without its point is the number of fen.
    const fen = table.reduce((sum, row) => sum + BigInt((row[5] ?? '').replace('.', '')), 0n);
    expect(table.every((row) => /^\d+\.\d{6}$/.test(row[5] ?? ''))).toBe(true);
    expect(Money.sum(rows.map(({ budget }) => budget)).toBigInt()).toBe(fen);
  });

  (present ? it : it.skip)('reports every bad row of the file as crawled and loses no good one', () => {
    const content = readFileSync(sharedData(files[1]));
    // Its columns of one layout are headed 金额, without a unit.
    const { rows, findings, rowCount } = readPlanFile(content, { unit: 'wan' });
    const [head = [], ...table] = countIndependently(content.toString('utf8'));
    const at = (row: string[], name: string) => (row[head.indexOf(name)] ?? '').trim();
    const good = table.filter((row) => {
      const left = at(row, '客户名称') !== '';
      const amount = at(row, left ? '金额' : '预算金额(万元)');
      const month = at(row, left ? '预计时间' : '预计采购时间');
      return /^\d+\.\d+$/.test(amount) && /^\d{4}年\d\d?月$/.test(month);
    });
    const fen = good.reduce(
      (sum, row) => sum + BigInt((at(row, '金额') || at(row, '预算金额(万元)')).replace('.', '')),
      0n,
    );
    expect(table.length).toBe(396);
    expect(rowCount).toBe(396);
    const duplicates = findings.filter(({ outcome }) => outcome === 'duplicate').length;
    const rejected = new Set(
      findings.filter(({ outcome }) => outcome === 'rejected').map(({ line }) => line),
    );
    expect(rows.length + duplicates).toBe(good.length);
    expect(rejected.size).toBe(396 - good.length);
    expect(duplicates).toBe(0);
    expect(Money.sum(rows.map(({ budget }) => budget)).toBigInt()).toBe(fen);
  });
});
