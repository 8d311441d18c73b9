import { describe, expect, it } from '@jest/globals';
import { award, bid, only, process } from './releases.test-support.js';
import { scanRedFlags } from './scan.js';
import type { RedFlagSettings } from './settings.js';

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

  it('R003: by default fifteen days, of any method; by a threshold or a list of methods if set', async () => {
    const releases = [
      period('ten', '2026-03-12T09:00:00+08:00', undefined),
      period('fifteen', '2026-03-17T09:00:00+08:00', 'open'),
    ];
    const flagged = async (settings: NonNullable<RedFlagSettings['R003']>) =>
      Object.keys((await scanRedFlags(releases, only('R003', { R003: settings }))).OCID ?? {});
    expect(await flagged({})).toEqual(['ten']);
    expect(await flagged({ threshold: 10 })).toEqual([]);
    expect(await flagged({ threshold: 16 })).toEqual(['ten', 'fifteen']);
    expect(await flagged({ threshold: 16, procurementMethods: ['open'] })).toEqual(['fifteen']);
    expect(await flagged({ threshold: 16, procurementMethods: [] })).toEqual([]);
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
    const joint = { ...bid('丁', 5), tenderers: [{ id: '丁' }, { id: '甲' }] };
    const foreign = { ...bid('乙', 5), value: { amount: 5, currency: 'USD' } };
    const others = [
      process('joint', [bid('甲', 5), joint], []),
      process('other currency', [bid('甲', 5), foreign], []),
      process(
        'no price',
        [
          { ...bid('甲', 5), value: {} },
          { ...bid('乙', 5), value: {} },
        ],
        [],
      ),
      process(
        'no amount',
        ['甲', '乙'].map((id) => ({ ...bid(id, 5), value: { currency: 'CNY' } })),
        [],
      ),
      process(
        'no currency',
        ['甲', '乙'].map((id) => ({ ...bid(id, 5), value: { amount: 5 } })),
        [],
      ),
      process('nobody', [{ ...bid('甲', 5), tenderers: [] }, bid('乙', 5)], []),
    ];
    expect((await scanRedFlags(others, only('R028'))).OCID).toEqual({ joint: { R028: 1 } });
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
    const [first] = releases;
    const changed = (change: object) => [{ ...first, ...change }];
    const refused = { details: [{ ...bid('甲', 5, 'disqualified'), date: '2026-03-18T00:00:00Z' }] };
    expect(await scanRedFlags(changed({ bids: refused }), only('R030'))).toEqual({});
    expect(await scanRedFlags(changed({ awards: [award('甲', 'cancelled')] }), only('R030'))).toEqual({});
    expect(await scanRedFlags(changed({ tender: {} }), only('R030'))).toEqual({});
    expect(await scanRedFlags([late('on time', '2026-03-17T01:00:00Z')], only('R030'))).toEqual({});
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

  it.each<[string, object[], object[], object]>([
    ['all were refused', [bid('甲', 9, 'disqualified')], [award('甲')], {}],
    ['two have valid bids', [bid('甲', 9), bid('丁', 9), bid('乙', 5, 'disqualified')], [award('甲')], {}],
    ['another than the valid one won', [bid('甲', 9), bid('乙', 5, 'disqualified')], [award('乙')], {}],
    ['two won', [bid('甲', 9), bid('乙', 5, 'disqualified')], [award('甲'), award('丁')], {}],
    ['nobody was refused', [bid('甲', 9), bid('乙', 5, 'withdrawn')], [award('甲')], {}],
    [
      'only the winner’s own other bid was refused',
      [bid('甲', 9), bid('甲', 5, 'disqualified')],
      [award('甲')],
      {},
    ],
    [
      'one was refused (control)',
      [bid('甲', 9), bid('甲', 7, 'disqualified'), bid('乙', 5, 'disqualified')],
      [award('甲'), award('丁', 'cancelled')],
      { OCID: { x: { R035: 1 } }, Tenderer: { 甲: { R035: 0 } } },
    ],
  ])('R035: where %s', async (_, bids, awards, expected) => {
    expect(await scanRedFlags([process('x', bids, awards)], only('R035'))).toEqual(expected);
  });

  it('R036: only where something was awarded, and a price was refused below every valid one', async () => {
    const low = [bid('甲', 6), bid('乙', 5, 'disqualified'), bid('丙', 7)];
    const flagged = async (bids: object[], awards: object[]) =>
      (await scanRedFlags([process('x', bids, awards)], only('R036'))).OCID !== undefined;
    expect(await flagged(low, [award('甲')])).toBe(true);
    expect(await flagged(low, [award('甲', 'cancelled')])).toBe(false);
    expect(await flagged(low.slice(1, 2), [award('甲')])).toBe(false);
    expect(await flagged([bid('甲', 4), ...low.slice(1)], [award('甲')])).toBe(false);
    expect(await flagged([...low, bid('丁', 4, 'pending')], [award('甲')])).toBe(false);
    expect(await flagged([...low, bid('丁', 4, 'withdrawn')], [award('甲')])).toBe(true);
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
