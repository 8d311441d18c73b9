import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hasSharedData, sharedData } from '../../../test/support/shared-data.js';
import { fences, quantile } from './outliers.js';
import { award, bid, only, process } from './releases.test-support.js';
import { RedFlagScan, scanRedFlags } from './scan.js';
import type { RedFlagCode, RedFlagSettings } from './settings.js';

describe('red flags that need all processes', () => {
  const gap = (ocid: string, second: number) =>
    process(ocid, [bid('胜', 100), bid(`负${ocid}`, second)], [award('胜')]);
  const usual = Array.from({ length: 8 }, (_, at) => gap(String(at), 110 + (at % 2)));

  it('R024 and R058: the unusually close and the unusually wide gap', async () => {
    const found = await scanRedFlags([...usual, gap('close', 101), gap('wide', 190)], {
      indicators: ['R024', 'R058'],
    });
    expect(found.OCID).toEqual({ close: { R024: 0.01 }, wide: { R058: 0.9 } });
    expect(found.Tenderer).toEqual({ 胜: { R024: 0, R058: 0 }, 负close: { R024: 0 } });
  });

  it.each<RedFlagCode>(['R024', 'R028', 'R030', 'R035', 'R036', 'R038', 'R048', 'R058'])(
    '%s: an id says the same as a number and as a text',
    async (code) => {
      const late = { date: '2026-03-02T00:00:00Z' };
      const class1 = { items: [{ classification: { id: 11 } }, { classification: { id: 42 } }] };
      const processes = Array.from({ length: 12 }, (_, at) =>
        process(
          String(at),
          [
            { ...bid('11', 100), ...late },
            bid('12', at === 0 ? 101 : at === 1 ? 190 : at === 2 ? 100 : 110 + (at % 2)),
            bid('13', 90, at < 6 ? 'disqualified' : 'withdrawn'),
          ],
          [{ ...award('11'), ...(at === 0 ? class1 : {}) }],
          {
            buyer: { id: '7' },
            tender: { procuringEntity: { id: '8' }, tenderPeriod: { endDate: '2026-03-01T00:00:00Z' } },
          },
        ),
      );
      processes.push(process('alone', [bid('11', 5), bid('13', 4, 'disqualified')], [award('11')]));
      const asNumbers = JSON.parse(
        JSON.stringify(processes).replaceAll(/"id":"(\d+)"/g, '"id":$1'),
      ) as object[];
      expect(JSON.stringify(asNumbers)).not.toBe(JSON.stringify(processes));
      const settings = only(code, {
        R024: { threshold: 0.05 },
        R058: { threshold: 0.5 },
        R038: { threshold: 0 },
        R048: { threshold: 0, minimumProcesses: 1 },
      });
      const asTexts = await scanRedFlags(processes, settings);
      expect(asTexts).not.toEqual({});
      expect(await scanRedFlags(asNumbers, settings)).toEqual(asTexts);
    },
  );

  it('R024: measures to the cheapest of the others, in whatever order the bids are listed', async () => {
    const others = [bid('近', 101), bid('远', 300), bid('中', 200)];
    for (const bids of [others, [...others].reverse()]) {
      const close = process('close', [...bids, bid('胜', 100)], [award('胜')]);
      const found = await scanRedFlags([...usual, close], only('R024'));
      expect(found).toEqual({
        OCID: { close: { R024: 0.01 } },
        Tenderer: { 胜: { R024: 0 }, 近: { R024: 0 } },
      });
    }
  });

  it.each<[string, object[], object[]]>([
    [
      'a joint bid won',
      [{ ...bid('胜', 100), tenderers: [{ id: '胜' }, { id: '伴' }] }, bid('近', 101)],
      [award('胜')],
    ],
    [
      'the runner-up is joint',
      [bid('胜', 100), { ...bid('近', 101), tenderers: [{ id: '近' }, { id: '伴' }] }],
      [award('胜')],
    ],
    ['the runner-up has no id', [bid('胜', 100), { ...bid('近', 101), tenderers: [{}] }], [award('胜')]],
    ['the winner has no id', [{ ...bid('胜', 100), tenderers: [{}] }, bid('近', 101)], [award('胜')]],
    ['the winner is not the cheapest', [bid('胜', 102), bid('近', 101)], [award('胜')]],
    ['there is nobody else', [bid('胜', 100)], [award('胜')]],
    ['nobody won', [bid('胜', 100), bid('近', 101)], []],
    ['two won', [bid('胜', 100), bid('近', 101)], [award('胜'), award('近')]],
    [
      'one award went to two',
      [bid('胜', 100), bid('近', 101)],
      [{ ...award('胜'), suppliers: [{ id: '胜' }, { id: '近' }] }],
    ],
    ['an award is still open', [bid('胜', 100), bid('近', 101)], [award('胜'), award('近', 'pending')]],
    ['the other bid was refused', [bid('胜', 100), bid('近', 101, 'disqualified')], [award('胜')]],
    ['the price is nothing', [bid('胜', 0), bid('近', 101)], [award('胜')]],
  ])('R024 and R058: no gap is measured where %s', async (_, bids, awards) => {
    const thresholds = {
      R024: { threshold: 0.01 },
      R058: { threshold: 0 },
      indicators: ['R024', 'R058'] as const,
    };
    const both = process('x', [bid('胜', 100), bid('近', 101)], [award('胜'), award('近', 'cancelled')]);
    expect((await scanRedFlags([both], thresholds)).OCID).toEqual({ x: { R024: 0.01, R058: 0.01 } });
    expect(await scanRedFlags([process('x', bids, awards)], thresholds)).toEqual({});
  });

  it('R024 and R058: a threshold of one’s own flags at it, and not beyond', async () => {
    const at = async (settings: RedFlagSettings) =>
      Object.keys((await scanRedFlags([gap('a', 110), gap('b', 120)], settings)).OCID ?? {});
    expect(await at(only('R024', { R024: { threshold: 0.1 } }))).toEqual(['a']);
    expect(await at(only('R024', { R024: { threshold: 0.0999 } }))).toEqual([]);
    expect(await at(only('R058', { R058: { threshold: 0.2 } }))).toEqual(['b']);
    expect(await at(only('R058', { R058: { threshold: 0.2001 } }))).toEqual([]);
  });

  it('leaves out fixed prices, excluded methods, cancelled tenders and other currencies', async () => {
    const with_ = (ocid: string, tender: object) => ({ ...gap(ocid, 101), tender });
    const foreign = process(
      'foreign',
      [bid('胜', 100), bid('负', 101)].map((one) => ({ ...one, value: { ...one.value, currency: 'USD' } })),
      [award('胜')],
    );
    const releases = [
      ...usual,
      with_('fixed', { procurementMethodDetails: '固定价格' }),
      with_('excluded', { procurementMethodDetails: '测试' }),
      with_('cancelled', { status: 'cancelled' }),
      foreign,
    ];
    const settings = { fixedPriceMethodDetails: ['固定价格'], excludedMethodDetails: ['测试'] };
    expect(await scanRedFlags(releases, only('R024', settings))).toEqual({});
    // A fixed price says nothing against asking the other questions; an excluded method leaves all of them out.
    const single = (ocid: string, procurementMethodDetails: string) => ({
      ocid,
      tender: { procurementMethodDetails, procurementMethod: 'open', numberOfTenderers: 1 },
    });
    const alone = [single('fixed', '固定价格'), single('excluded', '测试')];
    expect(await scanRedFlags(alone, only('R018', settings))).toEqual({ OCID: { fixed: { R018: 1 } } });
    // The control: without the settings the same releases are flagged.
    expect(Object.keys((await scanRedFlags(releases, only('R024'))).OCID ?? {})).toEqual([
      'fixed',
      'excluded',
    ]);
  });

  it('R024: equal gaps flag nobody, the one below them does', async () => {
    const equal = Array.from({ length: 8 }, (_, at) => gap(String(at), 110));
    expect(await scanRedFlags(equal, only('R024'))).toEqual({});
    expect((await scanRedFlags([...equal, gap('close', 101)], only('R024'))).OCID).toEqual({
      close: { R024: 0.01 },
    });
  });

  it('R025: bids often, wins rarely', async () => {
    const lost = Array.from({ length: 8 }, (_, at) =>
      process(String(at), [bid('陪标', 9), bid(`常${at}`, 8)], [award(`常${at}`)]),
    );
    const releases = [...lost, process('won', [bid('陪标', 9)], [award('陪标')])];
    expect(await scanRedFlags(releases, only('R025'))).toEqual({ Tenderer: { 陪标: { R025: 1 / 9 } } });
    const nameless = lost.map((release) => ({
      ...release,
      bids: { details: [{ ...bid('', 9), tenderers: [{}] }, bid('陪标', 9)] },
    }));
    expect((await scanRedFlags([...releases, ...nameless], only('R025'))).Tenderer).toEqual({
      陪标: { R025: 1 / 17 },
    });
    // Who was refused, bid jointly or twice in one process has not bid once more.
    const more = lost.map((release, at) => ({
      ...release,
      ocid: `more ${at}`,
      bids: {
        details: [
          { ...bid('陪标', 9), tenderers: [{ id: '陪标' }, { id: '伴' }] },
          bid('陪标', 9, 'disqualified'),
          bid(`常${at}`, 8),
          bid(`常${at}`, 7),
        ],
      },
    }));
    expect((await scanRedFlags([...releases, ...more], only('R025'))).Tenderer).toEqual({
      陪标: { R025: 1 / 9 },
    });
  });

  it('R038: per buyer, entity and tenderer, with a minimum of bids', async () => {
    const from = (ocid: string, buyer: string, bids: object[]) => ({
      ...process(ocid, bids, []),
      buyer: { id: buyer },
      tender: { procuringEntity: { id: `${buyer}代理` } },
    });
    const clean = Array.from({ length: 5 }, (_, at) =>
      from(`c${at}`, `街道${at}`, [bid(`a${at}`, 1), bid(`b${at}`, 1)]),
    );
    const releases = [...clean, from('x', '严', [bid('甲', 1, 'disqualified'), bid('乙', 2), bid('丙', 3)])];
    const found = await scanRedFlags(releases, only('R038'));
    expect(found).toEqual({ Buyer: { 严: { R038: 1 / 3 } }, ProcuringEntity: { 严代理: { R038: 1 / 3 } } });
    expect(await scanRedFlags(clean, only('R038'))).toEqual({});
  });

  it('R048: a supplier of everything', async () => {
    const items = (...codes: string[]) => codes.map((id) => ({ classification: { id } }));
    const supply = (ocid: string, supplier: string, ...codes: string[]) => ({
      ocid,
      awards: [{ ...award(supplier), items: items(...codes) }],
    });
    const releases = [
      ...Array.from({ length: 4 }, (_, at) => supply(`n${at}`, `专${at}`, 'C0701', 'C0702')),
      supply('x', '杂', 'C0701', 'A0301', 'B0101'),
    ];
    expect(await scanRedFlags(releases, only('R048', { R048: { minimumProcesses: 1 } }))).toEqual({
      Tenderer: { 杂: { R048: 3 } },
    });
    expect(await scanRedFlags(releases, only('R048'))).toEqual({});
    const flagged = async (changed: readonly object[], settings: RedFlagSettings['R048'] = {}) =>
      (await scanRedFlags([...changed], only('R048', { R048: { minimumProcesses: 1, ...settings } })))
        .Tenderer;
    const [last, others] = [releases.at(-1) ?? {}, releases.slice(0, -1)];
    // Who supplied what of a joint award is not known; an award that was taken back supplies nothing.
    const joint = {
      ...supply('x', '杂'),
      awards: [{ ...supply('x', '杂', 'A0', 'B0', 'C0').awards[0], suppliers: [{ id: '杂' }, { id: '伴' }] }],
    };
    expect(await flagged([...others, joint])).toBeUndefined();
    const cancelled = {
      ocid: 'x',
      awards: [{ ...award('杂', 'cancelled'), items: items('A0', 'B0', 'C0') }],
    };
    expect(await flagged([...others, cancelled])).toBeUndefined();
    const unclassified = {
      ocid: 'x',
      awards: [{ ...award('杂'), items: [{}, { classification: {} }, { classification: { id: 7 } }] }],
    };
    expect(await flagged([...others, unclassified])).toBeUndefined();
    // Two awards of one process are one process; a kind is the first two characters unless set otherwise.
    const twice = {
      ocid: 'x',
      awards: ['A0', 'B0', 'C0'].map((code) => ({ ...award('杂'), items: items(code) })),
    };
    expect(await flagged([...others, twice])).toEqual({ 杂: { R048: 3 } });
    expect(await flagged([...others, twice], { minimumProcesses: 2 })).toBeUndefined();
    expect(await flagged([...others, last], { digits: 1, threshold: 3 })).toEqual({ 杂: { R048: 3 } });
    expect(await flagged([supply('y', '专', 'C0701', 'C0702', 'C0803')], { threshold: 3 })).toBeUndefined();
    expect(
      await flagged([supply('y', '专', 'C0701', 'C0702', 'C0803')], { digits: 5, threshold: 3 }),
    ).toEqual({
      专: { R048: 3 },
    });
  });
});

describe('the scan', () => {
  it('takes an asynchronous stream and passes over what it cannot read', async () => {
    async function* stream() {
      for (const release of [
        null,
        7,
        'x',
        [],
        { ocid: 1 },
        { ocid: '__proto__', tender: { numberOfTenderers: 1, procurementMethod: 'open' } },
      ]) {
        yield await Promise.resolve(release);
      }
    }
    const found = await scanRedFlags(stream());
    expect(JSON.stringify(found)).toBe('{"OCID":{"__proto__":{"R018":1}}}');
  });

  it('says nothing about nothing', () => {
    expect(new RedFlagScan().finish()).toEqual({});
  });

  it('computes quartiles of type 8', () => {
    // Worked by hand for 1…9: positions 2.6667 and 7.3333.
    const sample = [9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect(quantile(sample, 0.25)).toBeCloseTo(8 / 3, 12);
    expect(quantile(sample, 0.75)).toBeCloseTo(22 / 3, 12);
    expect(fences(sample)?.upper).toBeCloseTo(22 / 3 + 1.5 * (14 / 3), 12);
    expect([quantile([], 0.5), quantile([3], 0.25), quantile([3, 5], 0.01), quantile([3, 5], 0.99)]).toEqual([
      null,
      3,
      3,
      5,
    ]);
  });
});

const FIXTURES = 'ocds/red-flag-fixtures/indicators';
const present = hasSharedData(FIXTURES);

/** The parameters of a fixture stand in its name: `R003-threshold-10`, `R003-procurement_methods-open+selective`. */
function settingsOf(name: string): RedFlagSettings {
  const [code, parameter, ...values] = name.split('-');
  const indicators = [code as RedFlagCode];
  // Each fixture that compares prices contains these two methods to be left out.
  const base = { indicators, fixedPriceMethodDetails: ['NPC'], excludedMethodDetails: ['EXC'] };
  switch (parameter) {
    case 'threshold':
      return { ...base, R003: { threshold: Number(values[0]) } };
    case 'procurement_methods':
      return { ...base, R003: { procurementMethods: values[0]?.split('+') ?? [] } };
    case 'procurement_method_details': {
      const pairs = values.flatMap((value, at) =>
        at % 2 === 0 ? [[value, Number(values[at + 1])] as const] : [],
      );
      return { ...base, R003: { byMethodDetails: Object.fromEntries(pairs) } };
    }
    case 'minimum_contracting_processes':
      return { ...base, R048: { minimumProcesses: Number(values[0]) } };
    default:
      return base;
  }
}

describe('the published fixtures of the open-contracting indicators', () => {
  const names = present
    ? readdirSync(sharedData(FIXTURES)).flatMap((file) =>
        file.endsWith('.jsonl') ? [file.slice(0, -6)] : [],
      )
    : ['(absent)'];

  (present ? it : it.skip).each(names)('%s', async (name) => {
    const read = (ending: string): string =>
      readFileSync(join(sharedData(FIXTURES), `${name}.${ending}`), 'utf8').trim();
    const releases = read('jsonl')
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(await scanRedFlags(releases, settingsOf(name))).toEqual(JSON.parse(read('expected')));
  });

  (present ? it : it.skip)('are all there: one at least for each of the eleven indicators', () => {
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(11);
  });

  const colombia = 'ocds/colombia-secop-100.json';
  (hasSharedData(colombia) ? it : it.skip)('a hundred real releases are read without a stumble', async () => {
    const { releases } = JSON.parse(readFileSync(sharedData(colombia), 'utf8')) as { releases: unknown[] };
    expect(releases).toHaveLength(100);
    const found = await scanRedFlags(releases);
    for (const group of Object.values(found)) {
      for (const codes of Object.values(group)) {
        for (const value of Object.values(codes)) expect(Number.isFinite(value)).toBe(true);
      }
    }
  });
});
