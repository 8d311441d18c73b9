import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hasSharedData, sharedData } from '../../../test/support/shared-data.js';
import { fences, quantile } from './outliers.js';
import { RedFlagScan, scanRedFlags } from './scan.js';
import type { RedFlagCode, RedFlagSettings } from './settings.js';

const bid = (tenderer: string, amount: number, status = 'valid') => ({
  status,
  tenderers: [{ id: tenderer }],
  value: { amount, currency: 'CNY' },
});
const award = (supplier: string, status = 'active') => ({ status, suppliers: [{ id: supplier }] });
const process = (ocid: string, bids: object[], awards: object[], more: object = {}) => ({
  ocid,
  bids: { details: bids },
  awards,
  ...more,
});
const only = (indicator: RedFlagCode, settings: RedFlagSettings = {}): RedFlagSettings => ({
  ...settings,
  indicators: [indicator],
});

describe('red flags of one process', () => {
  const period = (
    ocid: string,
    endDate: string,
    method: string | undefined,
    procurementMethodDetails?: string,
  ) => ({
    ocid,
    tender: {
      tenderPeriod: { startDate: '2026-03-02T09:00:00+08:00', endDate },
      procurementMethod: method,
      procurementMethodDetails,
    },
  });

  it('R003: a bid period short by a second, on the day of the method if one is set', async () => {
    const releases = [
      period('short', '2026-03-17T08:59:59+08:00', 'open'),
      period('exact', '2026-03-17T09:00:00+08:00', 'open'),
      period('quick method', '2026-03-12T09:00:00+08:00', 'selective', '竞争性磋商'),
      period('no dates', 'soon', 'open'),
    ];
    expect(
      await scanRedFlags(releases, only('R003', { R003: { byMethodDetails: { 竞争性磋商: 10 } } })),
    ).toEqual({
      OCID: { short: { R003: 1 } },
    });
    expect(
      await scanRedFlags(releases, only('R003', { R003: { procurementMethods: ['selective'] } })),
    ).toEqual({
      OCID: { 'quick method': { R003: 1 } },
    });
  });

  it('R018: a single tenderer only where competition was expected', async () => {
    const one = (ocid: string, procurementMethod: string, numberOfTenderers = 1) => ({
      ocid,
      tender: { procurementMethod, numberOfTenderers },
    });
    const releases = [one('a', 'open'), one('b', 'direct'), one('c', 'open', 3), one('d', 'selective')];
    expect(Object.keys((await scanRedFlags(releases, only('R018'))).OCID ?? {})).toEqual(['a', 'd']);
  });

  it('R028: the same price from different tenderers, not twice from the same', async () => {
    const releases = [
      process('same price', [bid('甲', 5), bid('乙', 5, 'disqualified'), bid('丙', 6)], []),
      process('same bidder', [bid('甲', 5), bid('甲', 5)], []),
      process('withdrawn', [bid('甲', 5), bid('乙', 5, 'withdrawn')], []),
    ];
    expect(await scanRedFlags(releases, only('R028'))).toEqual({
      OCID: { 'same price': { R028: 1 } },
      Tenderer: { 甲: { R028: 1 }, 乙: { R028: 1 } },
    });
  });

  it('R030: compares instants, not texts', async () => {
    const late = (ocid: string, date: string, winner = '甲') =>
      process(ocid, [{ ...bid('甲', 5), date }], [award(winner)], {
        tender: { tenderPeriod: { endDate: '2026-03-17T09:00:00+08:00' } },
      });
    const releases = [
      late('late', '2026-03-17T01:00:01Z'),
      late('in time', '2026-03-17T00:59:59Z'),
      late('late loser', '2026-03-18T00:00:00Z', '乙'),
    ];
    expect(await scanRedFlags(releases, only('R030'))).toEqual({
      OCID: { late: { R030: 1 } },
      Tenderer: { 甲: { R030: 1 } },
    });
  });

  it('R035 and R036: disqualification that leaves one, or removes the lowest', async () => {
    const bids = [bid('甲', 9), bid('乙', 5, 'disqualified'), bid('丙', 6, 'disqualified')];
    const releases = [
      process('x', bids, [award('甲')]),
      process('open award', bids, [award('甲', 'pending')]),
    ];
    expect(await scanRedFlags(releases, { indicators: ['R035', 'R036'] })).toEqual({
      OCID: { x: { R035: 2, R036: 1 } },
      Tenderer: { 甲: { R035: 0 } },
    });
    expect(await scanRedFlags(releases, { indicators: ['R035'], R035: { threshold: 3 } })).toEqual({});
  });

  it('R036: a tie for the lowest counts whichever bid is listed first', async () => {
    const tie = [bid('甲', 5), bid('乙', 5, 'disqualified')];
    for (const bids of [tie, [...tie].reverse()]) {
      expect(await scanRedFlags([process('tie', bids, [award('甲')])], only('R036'))).toEqual({
        OCID: { tie: { R036: 1 } },
      });
    }
  });
});

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
