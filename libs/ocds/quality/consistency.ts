/** Checks sums, the order of dates, and currencies. */
import { instantNs } from '../standard/formats.js';
import type { Release } from '../standard/package-types.js';
import { PERIOD, VALUE } from '../standard/part-rules.js';
import type { Contract, Value } from '../standard/types.js';
import { Decimal } from './decimal.js';
import type { FindingList } from './finding.js';
import type { Visitor } from './walk.js';

/** Periods that end before they begin, amounts without currency; collects the currencies in use. */
export function consistencyVisitor(currencies: Set<string>, found: FindingList): Visitor {
  return {
    object(rule, value, pointer) {
      if (rule === PERIOD && isAfter(value['startDate'], value['endDate'])) {
        found.add(pointer, 'period-reversed', 'ends before it begins');
      }
      if (rule !== VALUE || typeof value['amount'] !== 'number') return;
      if (typeof value['currency'] === 'string') currencies.add(value['currency']);
      else found.add(pointer, 'amount-without-currency', 'states an amount without a currency');
    },
  };
}

function isAfter(later: unknown, earlier: unknown): boolean {
  const [a, b] = [instantNs(later), instantNs(earlier)];
  return a !== undefined && b !== undefined && a > b;
}

function checkDates(release: Release, found: FindingList): void {
  const deadline = release.tender?.tenderPeriod?.endDate;
  const awardDates = new Map(release.awards?.map(({ id, date }) => [String(id), date]));
  for (const [index, award] of release.awards?.entries() ?? []) {
    if (isAfter(deadline, award.date)) {
      found.add(`/awards/${index}/date`, 'award-before-tender-closes', 'awarded before the tender closed');
    }
  }
  for (const [index, bid] of release.bids?.details?.entries() ?? []) {
    if (isAfter(bid.date, deadline)) {
      found.add(`/bids/details/${index}/date`, 'bid-after-deadline', 'submitted after the tender closed');
    }
  }
  for (const [index, contract] of release.contracts?.entries() ?? []) {
    if (isAfter(awardDates.get(String(contract.awardID)), contract.dateSigned)) {
      found.add(`/contracts/${index}/dateSigned`, 'signed-before-award', 'signed before the award');
    }
    for (const [payment, { date }] of contract.implementation?.transactions?.entries() ?? []) {
      if (!isAfter(contract.dateSigned, date)) continue;
      const pointer = `/contracts/${index}/implementation/transactions/${payment}/date`;
      found.add(pointer, 'paid-before-signature', 'paid before the contract was signed');
    }
  }
}

/** Sum of the amounts in `currency`, `undefined` when one of them is not stated or in another currency. */
function sum(values: readonly (Value | undefined)[], currency: string): Decimal | undefined {
  let total = Decimal.ZERO;
  for (const value of values) {
    if (typeof value?.amount !== 'number' || value.currency !== currency) return undefined;
    total = total.plus(Decimal.of(value.amount));
  }
  return total;
}

/** "12 > 10 CNY" when the parts exceed the whole, `undefined` when they do not or cannot be compared. */
function excess(parts: readonly (Value | undefined)[], whole: Value | undefined): string | undefined {
  if (typeof whole?.amount !== 'number' || typeof whole.currency !== 'string') return undefined;
  const total = sum(parts, whole.currency);
  const limit = Decimal.of(whole.amount);
  return total?.greaterThan(limit)
    ? `${total.toString()} > ${limit.toString()} ${whole.currency}`
    : undefined;
}

const isLive = (part: { status?: string | null }): boolean =>
  part.status !== 'cancelled' && part.status !== 'unsuccessful';

function checkSums(release: Release, found: FindingList): void {
  const awards = release.awards ?? [];
  const contracts: readonly Contract[] = release.contracts ?? [];
  const values = (parts: readonly { value?: Value; status?: string | null }[]) =>
    parts.filter(isLive).map(({ value }) => value);
  const awarded = excess(values(awards), release.tender?.value);
  if (awarded)
    found.add('/awards', 'awards-exceed-tender', `awards exceed the value of the tender: ${awarded}`);
  for (const [index, award] of awards.entries()) {
    const signed = excess(
      values(contracts.filter(({ awardID }) => String(awardID) === String(award.id))),
      award.value,
    );
    if (signed)
      found.add(`/awards/${index}/value`, 'contracts-exceed-award', `contracts exceed the award: ${signed}`);
  }
  for (const [index, contract] of contracts.entries()) {
    const paid = excess(values(contract.implementation?.transactions ?? []), contract.value);
    const pointer = `/contracts/${index}/implementation/transactions`;
    if (paid) found.add(pointer, 'payments-exceed-contract', `payments exceed the contract: ${paid}`);
  }
}

/** Checks what the parts of a release say together. */
export function checkConsistency(
  release: Release,
  currencies: ReadonlySet<string>,
  found: FindingList,
): void {
  checkDates(release, found);
  checkSums(release, found);
  if (currencies.size > 1) {
    found.add('', 'mixed-currencies', `amounts in several currencies: ${[...currencies].sort().join(', ')}`);
  }
  const { numberOfTenderers: stated, tenderers } = release.tender ?? {};
  if (typeof stated === 'number' && tenderers && stated !== tenderers.length) {
    const message = `${stated} tenderers stated, ${tenderers.length} listed`;
    found.add('/tender/numberOfTenderers', 'tenderer-count-differs', message);
  }
}
