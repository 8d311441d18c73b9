import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { removeAt, setAt } from '../at-pointer.test-support.js';
import { sampleBids, sampleRelease } from '../sample-release.test-support.js';
import { itWithSharedData, readSharedJson } from '../shared-data.test-support.js';
import type { Release } from '../standard/package-types.js';
import { checkRelease } from './check-release.js';
import { Decimal } from './decimal.js';
import { FINDING_CODES, type FindingCode } from './finding.js';
import { mutatedRelease } from './mutations.test-support.js';
import { validateRelease } from './validate.js';

const withBids = (): Release => ({ ...sampleRelease(), bids: sampleBids() });
const findingsAfter = (change: (release: Release) => void) => {
  const release = withBids();
  change(release);
  expect(validateRelease(release, { bids: true }).problems).toEqual([]);
  return checkRelease(release).map(({ code, pointer }) => [code, pointer]);
};
const set = (pointer: string, value: unknown) => (release: Release) => {
  setAt(release, pointer, value);
};

const CASES: [FindingCode, string, (release: Release) => void][] = [
  ['amount-without-currency', '/tender/value', set('/tender/value', { amount: 58000 })],
  ['award-before-tender-closes', '/awards/0/date', set('/tender/tenderPeriod/endDate', '2026-04-02T00:00:00Z')],
  ['awards-exceed-tender', '/awards', set('/tender/value/amount', 53999.99)],
  ['bad-ocid', '/ocid', set('/ocid', 'zz0000-1')],
  ['bad-release-id', '/id', set('/id', 'a#b')],
  ['bid-after-deadline', '/bids/details/1/date', set('/bids/details/1/date', '2026-03-13T01:00:00.5Z')],
  ['contracts-exceed-award', '/awards/0/value', set('/contracts/0/value/amount', 54000.01)],
  ['dangling-award', '/contracts/0/awardID', set('/contracts/0/awardID', 'award-9')],
  ['dangling-bid', '/awards/0/relatedBids/1', set('/awards/0/relatedBids', ['bid-1', 'bid-9'])],
  ['dangling-party', '/tender/tenderers/1/id', set('/tender/tenderers/1/id', 'nobody')],
  ['duplicate-id', '/tender/documents/1/id', set('/tender/documents', [{ id: 7 }, { id: '7' }])],
  ['mixed-currencies', '', set('/planning/budget/amount/currency', 'USD')],
  ['paid-before-signature', '/contracts/0/implementation/transactions/0/date', set('/contracts/0/dateSigned', '2026-05-05T02:00:01Z')],
  ['party-lacks-role', '/awards/0/suppliers/0', set('/parties/1/roles', ['tenderer'])],
  ['payments-exceed-contract', '/contracts/0/implementation/transactions', set('/contracts/0/implementation/transactions/0/value/amount', 54000.01)],
  ['period-reversed', '/tender/enquiryPeriod', set('/tender/enquiryPeriod/endDate', '2026-03-02T08:59:59+08:00')],
  ['reference-without-id', '/buyer', (release) => { removeAt(release, '/buyer/id'); }],
  ['signed-before-award', '/contracts/0/dateSigned', set('/contracts/0/dateSigned', '2026-03-31T00:00:00Z')],
  ['tenderer-count-differs', '/tender/numberOfTenderers', set('/tender/numberOfTenderers', 3)],
  ['unlisted-code', '/tender/submissionMethod/0', set('/tender/submissionMethod', ['pigeon'])],
]; // prettier-ignore

describe('checkRelease', () => {
  it('finds nothing in a sound release (negative control of every case below)', () => {
    // The sample classifies items by a local catalogue, which is open-list by design.
    expect(checkRelease(withBids()).filter(({ code }) => code !== 'unlisted-code')).toEqual([]);
  });

  it.each(CASES)('finds %s at %s', (code, pointer, change) => {
    expect(findingsAfter(change)).toContainEqual([code, pointer]);
  });

  it('has a case for every code', () => {
    // These two compare a release with what stands around it in a file: see the tests of reading.
    const ofFiles: FindingCode[] = ['record-ocid-differs', 'repeated-release'];
    expect([...CASES.map(([code]) => code), ...ofFiles].sort()).toEqual([...FINDING_CODES].sort());
  });

  it('asks for the award of a contract in an update release only when it lists awards', () => {
    const update = sampleRelease();
    Reflect.deleteProperty(update, 'awards');
    expect(checkRelease(update).map(({ code }) => code)).not.toContain('dangling-award');
    expect(checkRelease(update, { complete: true }).map(({ code }) => code)).toContain('dangling-award');
    expect(checkRelease({ ...update, tag: ['compiled'] }).map(({ code }) => code)).toContain(
      'dangling-award',
    );
  });

  it('leaves a cancelled award out of the sum', () => {
    const change = (status: string) => (release: Release) => {
      release.awards?.push({ id: 'award-2', status, value: { amount: 54000, currency: 'CNY' } });
    };
    expect(findingsAfter(change('active')).map(([code]) => code)).toContain('awards-exceed-tender');
    expect(findingsAfter(change('cancelled')).map(([code]) => code)).not.toContain('awards-exceed-tender');
  });

  it('answers for every valid release, however it was changed', () => {
    fc.assert(
      fc.property(mutatedRelease([withBids()], 8), (release) => {
        fc.pre(validateRelease(release, { bids: true }).valid);
        for (const { code } of checkRelease(release as Release)) expect(FINDING_CODES).toContain(code);
      }),
    );
  });

  itWithSharedData('finds real weaknesses in releases that the official schema accepts', () => {
    const { releases } = readSharedJson('colombia-secop-100.json') as { releases: unknown[] };
    const accepted = releases.filter((release) => validateRelease(release).valid) as Release[];
    const codes = new Set(accepted.flatMap((release) => checkRelease(release).map(({ code }) => code)));
    expect(accepted).toHaveLength(96);
    expect([...codes]).toContain('dangling-party');
  });
});

describe('Decimal', () => {
  it('adds like integers of the smallest unit', () => {
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 20 }), (amounts) => {
        const total = amounts.reduce((sum, amount) => sum.plus(Decimal.of(amount / 100)), Decimal.ZERO);
        expect(Number(total.toString()) * 100).toBeCloseTo(
          amounts.reduce((a, b) => a + b, 0),
          3,
        );
        expect(total.greaterThan(Decimal.of(amounts.reduce((a, b) => a + b, 0) / 100))).toBe(false);
      }),
    );
  });

  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-12.5, '-12.5'],
    [100, '100'],
    [Number.POSITIVE_INFINITY, '0'],
  ])('reads %d as %s', (value, text) => {
    expect(Decimal.of(value).toString()).toBe(text);
  });
});
