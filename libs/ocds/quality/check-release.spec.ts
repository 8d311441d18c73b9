import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { removeAt, setAt } from '../at-pointer.test-support.js';
import { sampleBids, sampleRelease } from '../sample-release.test-support.js';
import { itWithSharedData, readSharedJson } from '../shared-data.test-support.js';
import type { Release } from '../standard/package-types.js';
import { checkRelease } from './check-release.js';
import { Decimal } from './decimal.js';
import { FINDING_CODES, type FindingCode } from './finding.js';
import { copyJson } from './json-value.js';
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

const copyOf = <T>(part: T | undefined): T => {
  if (part === undefined) throw new Error('the sample lacks this part');
  return copyJson(part);
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

  const pay = '/contracts/0/implementation/transactions/0';

  /** One step further is a case above or below; here nothing may be said. */
  it.each<[string, (release: Release) => void]>([
    ['an award at the very moment the tender closes', set('/tender/tenderPeriod/endDate', '2026-04-01T10:00:00+08:00')],
    ['a bid at the deadline, in another zone', set('/bids/details/1/date', '2026-03-13T09:00:00+08:00')],
    ['a contract signed at the moment of the award', set('/contracts/0/dateSigned', '2026-04-01T02:00:00Z')],
    ['a payment at the moment of the signature', set('/contracts/0/dateSigned', '2026-05-05T02:00:00.000Z')],
    ['a period without length', set('/tender/enquiryPeriod/endDate', '2026-03-02T09:00:00+08:00')],
    ['awards of exactly the value of the tender', set('/tender/value/amount', 54000)],
    ['contracts of exactly the award', set('/awards/0/value/amount', 54000)],
    ['payments of exactly the contract', set(`${pay}/value/amount`, 54000)],
    ['an id as a number here and as text there', (release) => {
      setAt(release, '/awards/0/id', 7);
      setAt(release, '/contracts/0/awardID', '7');
    }],
    ['the award of a bid that is there', set('/awards/0/relatedBid', 'bid-2')],
    ['a cancelled contract beside the one that replaced it', (release) => {
      release.contracts?.push({ ...copyOf(release.contracts[0]), id: 'contract-0', status: 'cancelled' });
    }],
    ['an unsuccessful award beside the one that succeeded', (release) => {
      release.awards?.push({ ...copyOf(release.awards[0]), id: 'award-0', status: 'unsuccessful' });
    }],
    ['a tender without a value', (release) => { removeAt(release, '/tender/value'); }],
    ['a tender without a stated number of tenderers', (release) => { removeAt(release, '/tender/numberOfTenderers'); }],
  ])('has nothing to say about %s', (_, change) => {
    expect(findingsAfter(change).filter(([code]) => code !== 'unlisted-code')).toEqual([]);
  }); // prettier-ignore

  it.each<[FindingCode, string, (release: Release) => void]>([
    ['award-before-tender-closes', '/awards/0/date', set('/tender/tenderPeriod/endDate', '2026-04-01T02:00:00.000000001Z')],
    ['paid-before-signature', `${pay}/date`, set(`${pay}/date`, '2026-04-20T01:59:59.999Z')],
    ['awards-exceed-tender', '/awards', (release) => {
      release.awards?.push({ ...copyOf(release.awards[0]), id: 'award-2', status: 'active', value: { amount: 4000.01, currency: 'CNY' } });
    }],
    ['contracts-exceed-award', '/awards/0/value', (release) => {
      release.contracts?.push({ ...copyOf(release.contracts[0]), id: 'contract-2', status: 'pending' });
    }],
    ['payments-exceed-contract', '/contracts/0/implementation/transactions', (release) => {
      const [first] = release.contracts?.[0]?.implementation?.transactions ?? [];
      release.contracts?.[0]?.implementation?.transactions?.push({ ...copyOf(first), id: 'pay-2', value: { amount: 37800.01, currency: 'CNY' } });
    }],
    ['dangling-bid', '/awards/0/relatedBid', set('/awards/0/relatedBid', 'bid-9')],
    ['dangling-bid', '/contracts/0/relatedBids/0', set('/contracts/0/relatedBids', ['bid-9'])],
    ['dangling-party', '/buyer/id', set('/buyer/id', 'nobody')],
    ['party-lacks-role', '/buyer', set('/parties/0/roles', ['procuringEntity'])],
    ['party-lacks-role', '/tender/procuringEntity', set('/parties/0/roles', ['buyer'])],
    ['party-lacks-role', '/tender/tenderers/1', set('/parties/2/roles', ['supplier'])],
    ['bad-ocid', '/ocid', set('/ocid', 'ocds-ZZ0000-1')],
    ['bad-ocid', '/ocid', set('/ocid', 'ocds-zz000-1')],
    ['bad-ocid', '/ocid', set('/ocid', 'ocds-zz0000-')],
    ['tenderer-count-differs', '/tender/numberOfTenderers', set('/tender/numberOfTenderers', 1)],
    ['duplicate-id', '/awards/1/id', (release) => { release.awards?.push({ ...copyOf(release.awards[0]), title: '同号' }); }],
    ['amount-without-currency', '/contracts/0/value', set('/contracts/0/value', { amount: 1 })],
  ])('finds %s at %s too', (code, pointer, change) => {
    expect(findingsAfter(change)).toContainEqual([code, pointer]);
  }); // prettier-ignore

  it('does not add up what it cannot compare', () => {
    const sums = (change: (release: Release) => void) =>
      findingsAfter(change).filter(([code]) => String(code).includes('exceed'));
    expect(sums(set('/awards/0/value', { amount: 99999, currency: 'USD' }))).toEqual([]);
    expect(sums(set('/awards/0/value', { currency: 'CNY' }))).toEqual([]);
    expect(sums(set('/tender/value', { amount: 1 }))).toEqual([]);
    expect(sums(set('/tender/value/amount', 1))).toEqual([['awards-exceed-tender', '/awards']]);
  });

  it('names the currencies in order', () => {
    const release = withBids();
    setAt(release, '/planning/budget/amount/currency', 'USD');
    setAt(release, '/awards/0/items/0/unit/value/currency', 'EUR');
    const mixed = checkRelease(release).find(({ code }) => code === 'mixed-currencies');
    expect(mixed?.message).toBe('amounts in several currencies: CNY, EUR, USD');
  });

  it('says by how much, in exact figures', () => {
    const release = withBids();
    setAt(release, '/tender/value/amount', 0.3);
    setAt(release, '/awards/0/value/amount', 0.1);
    release.awards?.push({
      ...copyOf(release.awards[0]),
      id: 'award-2',
      value: { amount: 0.2, currency: 'CNY' },
    });
    const exceeding = () => checkRelease(release).find(({ code }) => code === 'awards-exceed-tender');
    expect(exceeding()).toBeUndefined();
    release.awards?.push({
      ...copyOf(release.awards[0]),
      id: 'award-3',
      value: { amount: 0.01, currency: 'CNY' },
    });
    expect(exceeding()?.message).toBe('awards exceed the value of the tender: 0.31 > 0.3 CNY');
  });

  it('has a case for every code', () => {
    // These are about a release in its file: see the tests of reading.
    const ofFiles: FindingCode[] = ['record-ocid-differs', 'repeated-name', 'repeated-release'];
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
    [0.1, 0.1, false],
    [0.1, 0.09, true],
    [-1, -2, true],
    [-2, -1, false],
    [1e21, 1, true],
    [1.5e-7, 1e-7, true],
    [100, 99.99, true],
  ])('knows whether %d is greater than %d: %s', (a, b, greater) => {
    expect(Decimal.of(a).greaterThan(Decimal.of(b))).toBe(greater);
  });

  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [0.05, '0.05'],
    [-0.05, '-0.05'],
    [10.5, '10.5'],
    [0, '0'],

    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-12.5, '-12.5'],
    [100, '100'],
    [Number.POSITIVE_INFINITY, '0'],
  ])('reads %d as %s', (value, text) => {
    expect(Decimal.of(value).toString()).toBe(text);
  });
});
