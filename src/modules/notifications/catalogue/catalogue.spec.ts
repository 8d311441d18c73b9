import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import '../../../app.module.js';
import { declaredEvents } from '../../../platform/outbox/outbox.js';
import type { Facts } from './facts.js';
import { NOBODY_IS_TOLD, NOTICES } from './index.js';
import type { People } from './people.js';
import { beijingTime, duration, tidy } from './wording.js';

/** A value for every field of every payload; each notice takes those it knows. */
const payload = {
  ...{ accountId: 'account', role: 'finance', areaCode: '999901', organizationId: 'organization' },
  ...{ fiscalHostId: 'host', lineId: 'line', amountFen: 1_205_000, paymentId: 'payment', awardId: 'award' },
  ...{ milestoneId: 'milestone', reasonCode: 'too-few-bids', planItemId: 'item', tenderId: 'tender' },
  ...{ bidDeadline: '2026-12-01T01:00:00Z', bidCount: 3, bidId: 'bid', contractId: 'contract' },
  ...{ supplierOrganizationId: 'supplier', startsOn: '2026-12-01', endsOn: '2027-11-30' },
  ...{ projectId: 'project', shiftId: 'shift', signUpId: 'sign-up', minutes: 90 },
};
const shift = {
  title: 'T',
  place: 'P',
  startsAt: new Date('2026-12-01T01:00:00Z'),
  endsAt: new Date('2026-12-01T03:00:00Z'),
};
const tender = { tenderId: 'tender', title: 'T', areaCode: '999901', isPublished: true };
const stub = {
  organizationName: () => Promise.resolve('N'),
  organizations: { registrant: () => Promise.resolve('registrant') },
  budgets: { line: () => Promise.resolve({ name: 'L', areaCode: '999901', fiscalYear: 2026 }) },
  procurement: {
    award: () => Promise.resolve({ title: 'T', areaCode: '999901', supplierOrganizationId: 'supplier' }),
    tender: () => Promise.resolve(tender),
    openedBidders: () => Promise.resolve(['bidder']),
    planItemTitle: () => Promise.resolve('T'),
  },
  contracts: {
    contract: () => Promise.resolve({ title: 'T', areaCode: '999901', supplierOrganizationId: 'supplier' }),
  },
  projects: { project: () => Promise.resolve({ title: 'T' }) },
  volunteering: { shift: () => Promise.resolve(shift), peopleOfShift: () => Promise.resolve(['volunteer']) },
};
const facts = stub as unknown as Facts;
const people = {
  inArea: (permission: string) => Promise.resolve([`area:${permission}`]),
  inOrganization: (permission: string, id: string) => Promise.resolve([`${id}:${permission}`]),
  inOrganizations: (permission: string, ids: string[]) =>
    Promise.resolve(ids.map((id) => `${id}:${permission}`)),
  followersOf: () => Promise.resolve(['follower']),
} as unknown as People;

describe('the catalogue of notices', () => {
  it('knows every event of every module: told to somebody, or listed with the reason why not', () => {
    const told = NOTICES.map(({ event }) => event.type);
    expect(new Set(told).size).toBe(told.length);
    expect([...told, ...NOBODY_IS_TOLD.keys()].sort()).toEqual([...declaredEvents()].sort());
    for (const reason of NOBODY_IS_TOLD.values()) expect(reason.length).toBeGreaterThan(20);
  });

  it.each(NOTICES.map((notice) => [notice.event.type, notice] as const))(
    '%s has an addressee, an object, and words in both languages without gaps',
    async (_type, notice) => {
      const letters = await notice.compose(payload, facts, people);
      expect(letters.length).toBeGreaterThan(0);
      const about = notice.about(payload);
      expect([about.type, about.id].join()).not.toContain('undefined');
      for (const { accountIds, zh, en } of letters) {
        // Roles in an organization are told by the organization's own events.
        if (!notice.event.type.startsWith('identity.role-')) expect(accountIds).not.toEqual([]);
        const words = [zh.subject, zh.body, en.subject, en.body];
        expect(words.join()).not.toMatch(/undefined|null|NaN|\[object/);
        for (const text of words) expect(text.length).toBeGreaterThan(3);
        expect(`${zh.subject} ${zh.body}`).toMatch(/\p{Script=Han}/u);
        expect(`${en.subject} ${en.body}`).not.toMatch(/\p{Script=Han}/u);
        for (const text of [zh, en]) expect(tidy(text)).toEqual(text);
      }
    },
  );

  it('asks procurement for bidders only by what was opened', async () => {
    const sealed = {
      ...stub,
      procurement: { ...stub.procurement, openedBidders: () => Promise.resolve([]) },
    };
    for (const type of [
      'procurement.tender-cancelled.v1',
      'procurement.tender-failed.v1',
      'procurement.bids-opened.v1',
    ]) {
      const notice = NOTICES.find(({ event }) => event.type === type);
      const letters = (await notice?.compose(payload, sealed as unknown as Facts, people)) ?? [];
      expect(letters.flatMap(({ accountIds }) => accountIds).filter((id) => id.startsWith('bidder'))).toEqual(
        [],
      );
    }
  });
});

describe('wording', () => {
  it('gives times of Beijing and durations one can compare with a watch', () => {
    expect(beijingTime('2026-12-31T16:30:00Z')).toBe('2027-01-01 00:30');
    expect([0, 45, 60, 90].map((m) => duration(m, 'h', 'min'))).toEqual([
      '0 min',
      '45 min',
      '1 h',
      '1 h 30 min',
    ]);
  });

  it('keeps a title from becoming a header and a message from growing without end', () => {
    const { subject, body } = tidy({
      subject: `课程\r\nBcc: everybody@example.org\u2028${'长'.repeat(300)}`,
      body: `a\nb\u0000c${'𠮷'.repeat(2_000)}`,
    });
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(Array.from(subject)).toHaveLength(150);
    expect(body.startsWith('a\nb c')).toBe(true);
    expect(Array.from(body)).toHaveLength(1_500);
    expect(body).not.toMatch(/\p{Surrogate}/u);
  });
});
