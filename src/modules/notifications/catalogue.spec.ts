import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { declaredEvents } from '#libs/kernel';
import {
  type Ask,
  beijingSpan,
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
  ...{ answerBy: '2026-11-30T23:00:00Z', noteId: 'note' },
};
const shift = {
  title: 'T',
  place: 'P',
  startsAt: new Date('2026-12-01T01:00:00Z'),
  endsAt: new Date('2026-12-01T03:00:00Z'),
  promotionLeadMinutes: 120,
};
const tender = { tenderId: 'tender', title: 'T', areaCode: '999901', isPublished: true };
const stub = {
  AreaReads: { one: () => Promise.resolve({ name: 'A' }) },
  OrganizationReads: {
    nameOf: () => Promise.resolve('N'),
    registrant: () => Promise.resolve('registrant'),
  },
  BudgetsApi: { line: () => Promise.resolve({ name: 'L', areaCode: '999901', fiscalYear: 2026 }) },
  ProcurementApi: {
    award: () => Promise.resolve({ title: 'T', areaCode: '999901', supplierOrganizationId: 'supplier' }),
  },
  PlanItemReads: { title: () => Promise.resolve('T') },
  TenderReads: { summary: () => Promise.resolve(tender) },
  BidReads: { bidders: () => Promise.resolve(['bidder']) },
  ContractReads: {
    summary: () => Promise.resolve({ title: 'T', areaCode: '999901', supplierOrganizationId: 'supplier' }),
  },
  ProjectsApi: { project: () => Promise.resolve({ title: 'T' }) },
  ShiftReads: { summary: () => Promise.resolve(shift) },
  AttendanceNotes: { reason: () => Promise.resolve('R') },
  SignUpReads: { everybodyOf: () => Promise.resolve(['volunteer']) },
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

/** Who is told of what, and which object the message opens: a change here is a decision. */
const TOLD: Readonly<Record<string, readonly [about: string, ...audiences: string[]]>> = {
  'identity.account-created.v1': ['account account', 'account'],
  'identity.role-granted.v1': ['account account', 'account'],
  'identity.role-revoked.v1': ['account account', 'account'],
  'organizations.organization-registered.v1': ['organization organization', 'area:organizations:decide'],
  'organizations.organization-approved.v1': [
    'organization organization',
    'organization:organizations:work, registrant',
  ],
  'organizations.organization-rejected.v1': [
    'organization organization',
    'organization:organizations:work, registrant',
  ],
  'organizations.organization-suspended.v1': [
    'organization organization',
    'organization:organizations:work, registrant',
  ],
  'organizations.organization-reinstated.v1': [
    'organization organization',
    'organization:organizations:work, registrant',
  ],
  'organizations.group-filed.v1': [
    'organization organization',
    'organization:organizations:work',
    'host:organizations:work',
  ],
  'organizations.group-incorporated.v1': ['organization organization', 'organization:organizations:work'],
  'organizations.member-added.v1': ['organization organization', 'account'],
  'organizations.member-ended.v1': ['organization organization', 'account'],
  'budgets.line-appropriated.v1': ['budget-line line', 'area:procurement:plan'],
  'budgets.payment-requested.v1': ['payment payment', 'supplier:contracts:deliver'],
  'budgets.payment-failed.v1': ['payment payment', 'area:budgets:pay'],
  'procurement.intention-published.v1': ['plan-item item', 'follower'],
  'procurement.tender-published.v1': ['tender tender', 'follower'],
  'procurement.tender-failed.v1': [
    'tender tender',
    'area:procurement:publish, area:procurement:approve, bidder:procurement:bid, follower',
  ],
  'procurement.tender-cancelled.v1': [
    'tender tender',
    'area:procurement:publish, area:procurement:approve, bidder:procurement:bid, follower',
  ],
  'procurement.bids-opened.v1': ['tender tender', 'area:procurement:appoint', 'bidder:procurement:bid'],
  'procurement.evaluator-appointed.v1': ['tender tender', 'account'],
  'procurement.evaluation-completed.v1': ['tender tender', 'area:procurement:award'],
  'procurement.tender-awarded.v1': ['tender tender', 'organization:procurement:bid'],
  'procurement.bid-lost.v1': ['tender tender', 'organization:procurement:bid'],
  'contracts.contract-drafted.v1': ['contract contract', 'area:contracts:draft'],
  'contracts.contract-signed.v1': [
    'contract contract',
    'supplier:contracts:deliver, area:contracts:draft, area:contracts:accept',
  ],
  'contracts.contract-completed.v1': [
    'contract contract',
    'supplier:contracts:deliver, area:contracts:draft',
  ],
  'projects.project-opened.v1': ['project project', 'organization:projects:describe'],
  'contracts.milestone-delivered.v1': ['contract contract', 'area:contracts:accept'],
  'contracts.milestone-accepted.v1': [
    'contract contract',
    'supplier:contracts:deliver',
    'area:contracts:request-payment',
  ],
  'contracts.milestone-rejected.v1': ['contract contract', 'supplier:contracts:deliver'],
  'contracts.milestone-paid.v1': ['contract contract', 'supplier:contracts:deliver'],
  'volunteering.sign-up-confirmed.v1': ['shift shift', 'account'],
  'volunteering.sign-up-waitlisted.v1': ['shift shift', 'account'],
  'volunteering.sign-up-promoted.v1': ['shift shift', 'account'],
  'volunteering.shift-cancelled.v1': ['shift shift', 'volunteer'],
  'volunteering.no-show-recorded.v1': ['shift shift', 'account'],
  'volunteering.no-show-reversed.v1': ['shift shift', 'account'],
  'volunteering.attendance-entered.v1': ['shift shift', 'account'],
  'volunteering.hours-recorded.v1': ['shift shift', 'account'],
};

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

  it('tells each event to these, and to nobody else', async () => {
    const told: Record<string, string[]> = {};
    for (const notice of declaredNotices().values()) {
      const { type, id } = notice.about(payload);
      const letters = await notice.compose(payload, asking(stub), people);
      const audiences = letters.map(({ accountIds }) => accountIds.join(', '));
      told[notice.event.type] = [`${type} ${id}`, ...audiences];
    }
    expect(told).toEqual(TOLD);
  });

  /** Whom a notice tells when the facts, or the payload, are different. */
  const toldOf = async (type: string, changes: { facts?: object; payload?: object }) => {
    const notice = declaredNotices().get(type);
    const asked = asking({ ...stub, ...changes.facts });
    const letters = (await notice?.compose({ ...payload, ...changes.payload }, asked, people)) ?? [];
    return letters.flatMap(({ accountIds }) => accountIds);
  };

  it('leaves roles in an organization to the organization’s own events', async () => {
    for (const type of ['identity.role-granted.v1', 'identity.role-revoked.v1']) {
      expect(await toldOf(type, { payload: { areaCode: undefined } })).toEqual([]);
    }
  });

  it('tells followers of the area nothing of a tender that was never public', async () => {
    const unpublished = { ...tender, isPublished: false };
    const TenderReads = { summary: () => Promise.resolve(unpublished) };
    for (const type of ['procurement.tender-failed.v1', 'procurement.tender-cancelled.v1']) {
      expect(await toldOf(type, { facts: { TenderReads } })).not.toContain('follower');
    }
  });

  it('tells nobody of an organization that nobody registered, but its people', async () => {
    const OrganizationReads = { ...stub.OrganizationReads, registrant: () => Promise.resolve(undefined) };
    // Loosely equal lists may differ by an undefined at the end, which is what is asked for here.
    expect(
      await toldOf('organizations.organization-approved.v1', { facts: { OrganizationReads } }),
    ).toStrictEqual(['organization:organizations:work']);
  });

  it('asks procurement for bidders only by what was opened', async () => {
    const sealed = { ...stub, BidReads: { bidders: () => Promise.resolve([]) } };
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

  it('ends a day at 24:00 and names both days of a night', () => {
    const span = (from: string, to: string) => beijingSpan(`2026-11-${from}:00Z`, `2026-11-${to}:00Z`);
    expect(span('25T01:00', '25T03:00')).toBe('2026-11-25 09:00–11:00');
    expect(span('25T14:00', '25T16:00')).toBe('2026-11-25 22:00–24:00');
    expect(span('25T14:00', '25T22:00')).toBe('2026-11-25 22:00–2026-11-26 06:00');
    expect(span('25T16:00', '26T16:00')).toBe('2026-11-26 00:00–24:00');
  });

  it('leaves a text of full length as it is and cuts one of a character more', () => {
    const words = (subject: number, body: number) =>
      tidy({ subject: '长'.repeat(subject), body: '长'.repeat(body) });
    expect(words(150, 1_500)).toEqual({ subject: '长'.repeat(150), body: '长'.repeat(1_500) });
    expect(words(151, 1_501)).toEqual({
      subject: `${'长'.repeat(149)}…`,
      body: `${'长'.repeat(1_499)}…`,
    });
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
