import { describe, expect, it } from '@jest/globals';
import { type BidderCountQuery, checkBidderCount } from './bidder-count.js';
import { addCalendarDays } from '#libs/kernel';
import { DEFAULT_FIGURES, type FigureId, figureOn } from './figures.js';
import { smeEntitlement, type SmeClaim, type SmeEntitlement } from './sme.js';

describe('the price deduction', () => {
  it.each<[boolean, SmeClaim]>([
    [true, { kind: 'enterprise', uscc: '91330106MA00000000', size: 'micro' }],
    [true, { kind: 'individual-business', uscc: '92330106MA00000000', size: 'small' }],
    [true, { kind: 'prison-enterprise', uscc: '91330106MA00000000' }],
    [true, { kind: 'disabled-welfare-unit', uscc: '91330106MA00000000', size: 'medium' }],
    [false, { kind: 'enterprise', uscc: '91330106MA00000000', size: 'medium' }],
    [false, { kind: 'enterprise', uscc: '91330106MA00000000' }],
    [false, { kind: 'enterprise', uscc: '52330106MJ00000000', size: 'micro' }],
    [false, { kind: 'disabled-welfare-unit', uscc: '52330106MJ00000000' }],
    [false, { kind: 'social-service-agency', uscc: '52330106MJ00000000', size: 'small' }],
    [false, { kind: 'social-association', uscc: '51330106MJ00000000', size: 'small' }],
    [false, { kind: 'foundation', uscc: '53330000MJ00000000', size: 'small' }],
    [false, { kind: 'individual-business', uscc: '91330106MA00000000', size: 'small' }],
    [false, { kind: 'public-institution', uscc: '12330106MB00000000', size: 'small' }],
    [true, { kind: 'enterprise', uscc: '91330106MA00000000', size: 'small' }],
    [false, { kind: 'enterprise', uscc: '91330106MA00000000', size: 'large' }],
    [false, { kind: 'enterprise', uscc: '92330106MA00000000', size: 'small' }],
    [false, { kind: 'prison-enterprise', uscc: '51330106MJ00000000' }],
    [false, { kind: 'prison-enterprise', uscc: '53330000MJ00000000' }],
    [true, { kind: 'prison-enterprise', uscc: '91330106MA00000000', size: 'large' }],
    // Village committees and the like stand in the 54s: no social organization, and no enterprise either.
    [false, { kind: 'villagers-or-residents-committee', uscc: '54330106MC00000000', size: 'micro' }],
    [false, { kind: 'rural-collective', uscc: 'N2330106MF00000000', size: 'micro' }],
    [false, { kind: 'individual', uscc: '91330106MA00000000', size: 'micro' }],
  ])('%s for %j', (entitled, claim) => {
    expect(smeEntitlement(claim).entitled).toBe(entitled);
  });

  it.each<[SmeEntitlement['reason'], SmeClaim]>([
    ['small-or-micro-enterprise', { kind: 'enterprise', uscc: '91330106MA00000000', size: 'micro' }],
    ['treated-as-small-or-micro', { kind: 'disabled-welfare-unit', uscc: '91330106MA00000000' }],
    ['social-organization', { kind: 'enterprise', uscc: '52330106MJ00000000', size: 'micro' }],
    ['not-an-enterprise', { kind: 'public-institution', uscc: '12330106MB00000000', size: 'micro' }],
    ['code-does-not-match-kind', { kind: 'enterprise', uscc: '92330106MA00000000', size: 'micro' }],
    ['size-not-small-or-micro', { kind: 'enterprise', uscc: '91330106MA00000000', size: 'medium' }],
  ])('says why: %s', (reason, claim) => {
    expect(smeEntitlement(claim).reason).toBe(reason);
  });
});

describe('the figures in force', () => {
  const OPEN = '9999-12-31';

  /** Written down a second time from the rules page: a changed figure must be changed in both, with its source. */
  it.each<[FigureId, string, string, string, string | null]>([
    ['price-weight.services', '2017-10-01', OPEN, '10', '30'],
    ['price-weight.goods', '2017-10-01', OPEN, '30', '60'],
    ['sme-deduction.small-micro', '2021-01-01', '2022-06-30', '6', '10'],
    ['sme-deduction.small-micro', '2022-07-01', OPEN, '10', '20'],
    ['sme-deduction.consortium', '2021-01-01', '2022-06-30', '2', '3'],
    ['sme-deduction.consortium', '2022-07-01', OPEN, '4', '6'],
    ['committee-size.tender', '2017-10-01', OPEN, '5', null],
    ['committee-size.tender-large', '2017-10-01', OPEN, '7', null],
    ['committee-size.consultation', '2014-12-31', OPEN, '3', null],
    ['committee-size.negotiation', '2003-01-01', OPEN, '3', null],
    ['minimum-bidders.tender', '2003-01-01', OPEN, '3', null],
    ['minimum-bidders.consultation', '2014-12-31', OPEN, '3', null],
    ['minimum-bidders.consultation-public-service-during', '2015-06-30', OPEN, '2', null],
    ['minimum-bidders.negotiation', '2003-01-01', OPEN, '3', null],
    ['minimum-bidders.inquiry', '2003-01-01', OPEN, '3', null],
    ['minimum-bidders.single-source', '2003-01-01', OPEN, '1', null],
  ])('%s is from %s to %s at least %s and at most %s', (id, first, last, min, max) => {
    for (const day of [first, last]) {
      expect(figureOn(DEFAULT_FIGURES, id, day)).toMatchObject({ id, min, max });
    }
  });

  it('are not guessed for the day before the first rule', () => {
    for (const id of new Set(DEFAULT_FIGURES.map((row) => row.id))) {
      const rows = DEFAULT_FIGURES.filter((row) => row.id === id);
      const [first = ''] = rows.map(({ from }) => from).toSorted();
      expect(() => figureOn(DEFAULT_FIGURES, id, addCalendarDays(first, -1))).toThrow(`No figure ${id}`);
      expect(figureOn(DEFAULT_FIGURES, id, first).id).toBe(id);
    }
  });

  it('are the later row of two for one day, and name where they come from', () => {
    const own = { ...figureOn(DEFAULT_FIGURES, 'committee-size.tender', '2026-01-01'), min: '9' };
    expect(figureOn([...DEFAULT_FIGURES, own], 'committee-size.tender', '2026-01-01').min).toBe('9');
    expect(figureOn([own, ...DEFAULT_FIGURES], 'committee-size.tender', '2026-01-01').min).toBe('5');
    for (const { source } of DEFAULT_FIGURES) expect(source.citation).not.toBe('');
  });
});

describe('the number of bidders', () => {
  const query = (patch: Partial<BidderCountQuery>): BidderCountQuery => ({
    procedure: 'open-tender',
    stage: 'submitted',
    purchaseOfPublicService: true,
    count: 2,
    on: '2026-01-01',
    ...patch,
  });

  it.each<[boolean, string, Partial<BidderCountQuery>]>([
    [false, 'fail-tender', {}],
    [true, 'continue', { count: 3 }],
    [false, 'fail-tender', { stage: 'during' }],
    [false, 'stop-and-restart', { procedure: 'competitive-consultation' }],
    [true, 'continue', { procedure: 'competitive-consultation', stage: 'during' }],
    [false, 'stop-and-restart', { procedure: 'competitive-consultation', stage: 'during', count: 1 }],
    [
      false,
      'stop-and-restart',
      { procedure: 'competitive-consultation', stage: 'during', purchaseOfPublicService: false },
    ],
    [false, 'fail-tender', { procedure: 'invited-tender' }],
    [true, 'continue', { procedure: 'invited-tender', count: 3 }],
    [false, 'stop-and-restart', { procedure: 'competitive-negotiation' }],
    [true, 'continue', { procedure: 'competitive-negotiation', count: 3 }],
    [false, 'stop-and-restart', { procedure: 'competitive-negotiation', stage: 'during' }],
    [false, 'stop-and-restart', { procedure: 'inquiry' }],
    [true, 'continue', { procedure: 'inquiry', count: 3 }],
    [true, 'continue', { procedure: 'single-source', count: 1 }],
    [false, 'stop-and-restart', { procedure: 'single-source', count: 0 }],
  ])('enough: %s, so %s, for %j', (sufficient, consequence, patch) => {
    expect(checkBidderCount(query(patch))).toMatchObject({ sufficient, consequence });
  });
});
