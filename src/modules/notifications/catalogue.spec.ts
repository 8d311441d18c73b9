import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { declaredEvents } from '#libs/kernel';
import {
  type Ask,
  beijingTime,
  declaredNotices,
  duration,
  type People,
  tidy,
  unannouncedEvents,
} from '#platform';
import '../../app.module.js';

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
  OrganizationsApi: {
    nameOf: () => Promise.resolve('N'),
    registrant: () => Promise.resolve('registrant'),
  },
  BudgetsApi: { line: () => Promise.resolve({ name: 'L', areaCode: '999901', fiscalYear: 2026 }) },
  ProcurementApi: {
    award: () => Promise.resolve({ title: 'T', areaCode: '999901', supplierOrganizationId: 'supplier' }),
  },
  PlanItemReads: { title: () => Promise.resolve('T') },
  TenderReads: { summary: () => Promise.resolve(tender) },
  BidReads: { of: () => Promise.resolve([{ organizationId: 'bidder' }]) },
  ContractReads: {
    summary: () => Promise.resolve({ title: 'T', areaCode: '999901', supplierOrganizationId: 'supplier' }),
  },
  ProjectsApi: { project: () => Promise.resolve({ title: 'T' }) },
  VolunteeringApi: {
    shift: () => Promise.resolve(shift),
    peopleOfShift: () => Promise.resolve(['volunteer']),
  },
};
const asking =
  (known: object): Ask =>
  (type) =>
    known[type.name as never];
const people = {
  inArea: (permission: string) => Promise.resolve([`area:${permission}`]),
  inOrganization: (permission: string, id: string) => Promise.resolve([`${id}:${permission}`]),
  inOrganizations: (permission: string, ids: string[]) =>
    Promise.resolve(ids.map((id) => `${id}:${permission}`)),
  followersOf: () => Promise.resolve(['follower']),
} as unknown as People;

describe('the catalogue of notices', () => {
  it('knows every event of every module: told to somebody, or listed with the reason why not', () => {
    const told = [...declaredNotices().keys()];
    expect(new Set(told).size).toBe(told.length);
    expect([...told, ...unannouncedEvents().keys()].sort()).toEqual([...declaredEvents()].sort());
    for (const reason of unannouncedEvents().values()) expect(reason.length).toBeGreaterThan(20);
  });

  it.each([...declaredNotices()])(
    '%s has an addressee, an object, and words in both languages without gaps',
    async (_type, notice) => {
      const letters = await notice.compose(payload, asking(stub), people);
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
    const sealed = { ...stub, BidReads: { of: () => Promise.resolve([]) } };
    for (const type of [
      'procurement.tender-cancelled.v1',
      'procurement.tender-failed.v1',
      'procurement.bids-opened.v1',
    ]) {
      const notice = declaredNotices().get(type);
      const letters = (await notice?.compose(payload, asking(sealed), people)) ?? [];
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
