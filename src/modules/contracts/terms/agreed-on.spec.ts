import { describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { agreedOn } from './agreed-on.js';
import type { Contract, Milestone } from './contract.entity.js';
import { TERM_TEXTS, termsHash } from './contract-terms.js';

type Fields<T> = Omit<T, 'mustBeActive'>;

const contract: Fields<Contract> = {
  id: 'contract',
  commitmentId: 'commitment',
  awardId: 'award',
  tenderId: 'tender',
  areaCode: '999901',
  buyerOrganizationId: 'buyer',
  supplierOrganizationId: 'supplier',
  title: '社区服务',
  serviceKind: 'public-service',
  amount: Money.fen(1_000),
  startsOn: '2026-03-01',
  endsOn: '2027-03-01',
  multiYearConditionsMet: false,
  texts: Object.fromEntries(TERM_TEXTS.map((name) => [name, name])),
  state: 'part-signed',
  draftedBy: 'purchaser',
  version: 3,
  createdAt: new Date('2026-02-01T00:00:00Z'),
};
const milestone = (position: number): Milestone => ({
  id: `milestone ${position}`,
  contractId: 'contract',
  position,
  title: `第${position}期`,
  amount: Money.fen(500),
  dueOn: '2026-06-01',
  acceptanceDueOn: '2026-06-05',
  state: 'planned',
  acceptedBy: null,
  version: 1,
});
const MILESTONES = [milestone(1), milestone(2)] as const;
const hashOf = (changes: Partial<Fields<Contract>> = {}, milestones: readonly Milestone[] = MILESTONES) =>
  termsHash(agreedOn(Object.assign({}, contract, changes) as Contract, milestones));
const withFirst = (changes: Partial<Milestone>) =>
  hashOf({}, [Object.assign(milestone(1), changes), MILESTONES[1]]);

/** What both sides of a contract put their name to: each of these changed is another contract. */
const AGREED: Readonly<Record<string, () => string>> = {
  'the contract': () => hashOf({ id: 'another' }),
  'the award': () => hashOf({ awardId: 'another' }),
  'the buyer': () => hashOf({ buyerOrganizationId: 'another' }),
  'the supplier': () => hashOf({ supplierOrganizationId: 'another' }),
  'the title': () => hashOf({ title: '另一项服务' }),
  'the kind of service': () => hashOf({ serviceKind: 'auxiliary' }),
  'the amount': () => hashOf({ amount: Money.fen(1_001) }),
  'the first day': () => hashOf({ startsOn: '2026-03-02' }),
  'the last day': () => hashOf({ endsOn: '2027-02-28' }),
  'the conditions of several years': () => hashOf({ multiYearConditionsMet: true }),
  ...Object.fromEntries(
    TERM_TEXTS.map((name) => [
      `the text "${name}"`,
      () => hashOf({ texts: { ...contract.texts, [name]: 'other words' } }),
    ]),
  ),
  'a milestone less': () => hashOf({}, [MILESTONES[0]]),
  'the order of milestones': () => hashOf({}, MILESTONES.toReversed()),
  'the position of a milestone': () => withFirst({ position: 3 }),
  'the title of a milestone': () => withFirst({ title: '另一期' }),
  'the amount of a milestone': () => withFirst({ amount: Money.fen(501) }),
  'the day of a delivery': () => withFirst({ dueOn: '2026-06-02' }),
  'the day of an acceptance': () => withFirst({ acceptanceDueOn: '2026-06-06' }),
};

describe('what is signed', () => {
  it.each(Object.entries(AGREED))('is another text when %s changes', (_what, changed) => {
    expect(changed()).not.toBe(hashOf());
  });

  it('differs from every other change, too', () => {
    const all = Object.values(AGREED).map((changed) => changed());
    expect(new Set(all).size).toBe(all.length);
  });

  it('is the same text for the second signature, whatever the first one changed in the row', () => {
    expect(hashOf({ state: 'signed', version: 4 })).toBe(hashOf());
    expect(withFirst({ state: 'delivered', version: 2, acceptedBy: 'acceptor' })).toBe(hashOf());
  });

  it('leaves out no field of the contract but what belongs to the procedure', () => {
    const procedure = ['commitmentId', 'tenderId', 'areaCode', 'state', 'draftedBy', 'version', 'createdAt'];
    const agreed = Object.keys(agreedOn(contract as Contract, MILESTONES));
    const names = Object.keys(contract).map(
      (name) => ({ id: 'contractId', amount: 'amountFen' })[name] ?? name,
    );
    expect([...agreed, ...procedure].sort()).toEqual([...names, 'milestones'].sort());
  });
});
