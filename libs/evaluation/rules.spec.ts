import { describe, expect, it } from '@jest/globals';
import { type BidderCountQuery, checkBidderCount } from './bidder-count.js';
import { smeEntitlement, type SmeClaim } from './sme.js';

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
  ])('%s for %j', (entitled, claim) => {
    expect(smeEntitlement(claim).entitled).toBe(entitled);
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
    [true, 'continue', { procedure: 'single-source', count: 1 }],
  ])('enough: %s, so %s, for %j', (sufficient, consequence, patch) => {
    expect(checkBidderCount(query(patch))).toMatchObject({ sufficient, consequence });
  });
});
