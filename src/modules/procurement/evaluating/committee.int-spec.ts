import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import {
  type Account,
  DISTRICT,
  Given,
  type OpenedTender,
  type Person,
  scoresFor,
  tenderFile,
} from '../../../../test/support/given.js';
import { AppointEvaluators } from './appoint-evaluators.js';
import { ApproveTender } from '../tendering/approve-tender.js';
import { OpenedBidReads } from './opened-bids.read.js';
import { DeclareInterests } from './declare-interests.js';
import type { Interest } from './evaluator.entity.js';
import { OwnScoreSheetReads } from './own-score-sheet.read.js';
import { DraftTender } from '../tendering/draft-tender.js';
import { EditTender } from '../tendering/edit-tender.js';
import { RankingReads } from './ranking.read.js';
import { SaveScoreSheet } from './save-score-sheet.js';
import { SignScoreSheet } from './sign-score-sheet.js';

const refused = (code: string, details?: object) =>
  expect.objectContaining({ code, ...(details === undefined ? {} : { details }) });
const IN_THREE_WEEKS_MS = 21 * 86_400_000;

/** Who may judge, what they see, and when a committee may decide. Everybody here would be allowed but for one reason. */
describe('the committee of a tender', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const appoint = (tenderId: string, people: readonly Person[]) =>
    test.as(given.purchaser, () =>
      test.get(AppointEvaluators).execute(
        tenderId,
        people.map(({ accountId }) => accountId),
      ),
    );
  const declare = (tenderId: string, person: Person, interests: Interest[] = []) =>
    test.as(person, () => test.get(DeclareInterests).execute(tenderId, interests));
  const sign = async (tender: OpenedTender, person: Person, dissent?: string) => {
    await test.as(person, () => test.get(SaveScoreSheet).execute(tender.tenderId, scoresFor(tender)));
    return test.as(person, () => test.get(SignScoreSheet).execute(tender.tenderId, { dissent }));
  };
  const bidsSeenBy = (tenderId: string, person: Person) =>
    test.as(person, () => test.get(OpenedBidReads).opened(tenderId));
  const seats = (tenderId: string) =>
    test.sql<{ id: string; state: string; interests: string[] }>(
      'SELECT account_id AS id, state, interests FROM procurement.evaluator WHERE tender_id = $1',
      [tenderId],
    );
  /** Evaluators of this test alone: what they become afterwards is nobody else's affair. */
  const freshEvaluators = async (count: number): Promise<Account[]> => {
    const people: Account[] = [];
    for (let n = 0; n < count; n += 1) people.push(await given.account({ role: 'evaluator' }));
    return people;
  };
  /** A tender whose file said so and which is now open, with all bids qualified and these people cleared. */
  const judgedBy = async (committee: readonly Account[], file = {}): Promise<OpenedTender> => {
    const tender = await openOne(file);
    await appoint(tender.tenderId, committee);
    for (const person of committee) await declare(tender.tenderId, person);
    await given.qualifyAll(tender);
    return tender;
  };
  const openOne = async (file = {}) =>
    given.openAll(
      await given.publishedTender({ file, bidDeadline: new Date(Date.now() + IN_THREE_WEEKS_MS) }),
    );

  it('has nobody who drafted, edited or approved the file, though they may evaluate', async () => {
    const [drafter, editor, approver, other, another] = (await freshEvaluators(5)) as [
      Account,
      Account,
      Account,
      Account,
      Account,
    ];
    const { planItemId, lineId } = await given.readyPlanItem();
    const as = <T>(person: Account, role: 'purchaser' | 'approver', work: () => Promise<T>) =>
      test.as({ ...person, memberships: [...person.memberships, { role, areaCode: DISTRICT }] }, work);
    const { tender } = await as(drafter, 'purchaser', () =>
      test.get(DraftTender).execute(planItemId, tenderFile()),
    );
    await as(editor, 'purchaser', () => test.get(EditTender).execute(tender.id, 1, tenderFile()));
    await as(approver, 'approver', () => test.get(ApproveTender).execute(tender.id, 2));
    const { tenderId } = await given.openAll(
      await given.published(
        { tenderId: tender.id, planItemId, lineId, version: 3 },
        new Date(Date.now() + 3_600_000),
      ),
    );
    for (const took of [drafter, editor, approver])
      await expect(appoint(tenderId, [other, another, took])).rejects.toEqual(
        refused('procurement.evaluator-not-eligible', { accountId: took.accountId }),
      );
    const [third] = (await freshEvaluators(1)) as [Account];
    expect(await appoint(tenderId, [other, another, third])).toEqual({ evaluatorCount: 3 });
  });

  it('has only evaluators of the area or of one above it', async () => {
    const { tenderId } = await given.openedTender();
    const [a, b] = (await freshEvaluators(2)) as [Account, Account];
    const elsewhere = await given.account({ role: 'evaluator', areaCode: '999901001' });
    await expect(appoint(tenderId, [a, b, elsewhere])).rejects.toEqual(
      refused('procurement.evaluator-not-eligible', { accountId: elsewhere.accountId }),
    );
    const ofTheCity = await given.account({ role: 'evaluator', areaCode: '9999' });
    expect(await appoint(tenderId, [a, b, ofTheCity])).toEqual({ evaluatorCount: 3 });
  });

  it('is odd, and has as many seats as the method asks for', async () => {
    const five = await freshEvaluators(5);
    const consultation = await given.openedTender();
    for (const size of [1, 2, 4])
      await expect(appoint(consultation.tenderId, five.slice(0, size))).rejects.toEqual(
        refused('procurement.committee-size', { required: 3, size }),
      );
    expect(await appoint(consultation.tenderId, five)).toEqual({ evaluatorCount: 5 });
    const tender = await openOne({ method: 'open-tender' });
    await expect(appoint(tender.tenderId, five.slice(0, 3))).rejects.toEqual(
      refused('procurement.committee-size', { required: 5, size: 3 }),
    );
    expect(await appoint(tender.tenderId, five)).toEqual({ evaluatorCount: 5 });
  });

  it('loses an evaluator who became staff of a bidder after they were appointed, whatever they declare', async () => {
    const tender = await given.openedTender();
    const [a, b, c] = (await freshEvaluators(3)) as [Account, Account, Account];
    await appoint(tender.tenderId, [a, b, c]);
    const organizationId = tender.bids[1]?.supplier.organizationId ?? '';
    const hired = {
      ...a,
      memberships: [...a.memberships, { role: 'organization-staff' as const, organizationId }],
    };
    expect(await declare(tender.tenderId, hired)).toEqual({ cleared: false });
    // Whoever works for somebody that did not bid is bound to nobody.
    const elsewhere = await given.approvedSupplier();
    const other = {
      ...b,
      memberships: [
        ...b.memberships,
        { role: 'organization-staff' as const, organizationId: elsewhere.organizationId },
      ],
    };
    expect(await declare(tender.tenderId, other)).toEqual({ cleared: true });
    expect(await seats(tender.tenderId)).toEqual(
      expect.arrayContaining([
        { id: a.accountId, state: 'recused', interests: ['staff-of-bidder'] },
        { id: b.accountId, state: 'cleared', interests: [] },
        { id: c.accountId, state: 'appointed', interests: [] },
      ]),
    );
  });

  it('is closed to an evaluator who is none any more, though appointed and cleared', async () => {
    const committee = await freshEvaluators(3);
    const tender = await judgedBy(committee);
    const { accountId } = committee[0] as Account;
    expect(await bidsSeenBy(tender.tenderId, committee[0] as Account)).toHaveLength(3);
    for (const memberships of [[], [{ role: 'evaluator' as const, areaCode: '999902' }]]) {
      const former: Person = { accountId, memberships };
      await expect(bidsSeenBy(tender.tenderId, former)).rejects.toEqual(refused('platform.not-found'));
      await expect(sign(tender, former)).rejects.toEqual(refused('platform.not-found'));
      await expect(declare(tender.tenderId, former, ['other'])).rejects.toEqual(
        refused('platform.not-found'),
      );
    }
  });

  it('moves the seat of the tender that was declared on, not that of another', async () => {
    const committee = await freshEvaluators(3);
    const [one, other] = [await judgedBy(committee), await judgedBy(committee)];
    await declare(other.tenderId, committee[0] as Account, ['kinship']);
    const states = async ({ tenderId }: OpenedTender) =>
      (await seats(tenderId)).map(({ state }) => state).sort();
    expect(await states(one)).toEqual(['cleared', 'cleared', 'cleared']);
    expect(await states(other)).toEqual(['cleared', 'cleared', 'recused']);
  });

  it('shows nothing more to whoever stepped aside, whatever other office they hold', async () => {
    const tender = await given.openedTender();
    const [a, b, c] = (await freshEvaluators(3)) as [Account, Account, Account];
    const supervising = {
      ...a,
      memberships: [...a.memberships, { role: 'supervisor' as const, areaCode: DISTRICT }],
    };
    const { tenderId, bids } = tender;
    expect(await bidsSeenBy(tenderId, supervising)).toHaveLength(bids.length);
    await appoint(tenderId, [a, b, c]);
    // Appointed, they see whom they would judge, and not what they offer: not as a supervisor either.
    expect((await bidsSeenBy(tenderId, supervising)).map(({ offerFen }) => offerFen)).toEqual([
      null,
      null,
      null,
    ]);
    await declare(tenderId, supervising, ['kinship']);
    await expect(bidsSeenBy(tenderId, a)).rejects.toEqual(refused('platform.not-found'));
    await expect(bidsSeenBy(tenderId, supervising)).rejects.toEqual(refused('platform.not-found'));
    await expect(
      test.as(a, () => test.get(SaveScoreSheet).execute(tenderId, scoresFor(tender))),
    ).rejects.toEqual(refused('procurement.evaluator-recused'));
  });

  it.each([
    {
      seated: 5,
      aside: 1,
      file: {},
      scoring: 'consultation-scoring',
      why: 'four are an even number',
    },
    {
      seated: 5,
      aside: 2,
      file: { method: 'open-tender' as const },
      scoring: 'tender-scoring',
      why: 'three are too few for a public tender',
    },
  ])(
    'decides nothing when $aside of $seated stepped aside: $why',
    async ({ seated, aside, file, scoring }) => {
      const committee = await freshEvaluators(seated);
      const tender = await judgedBy(committee, file);
      for (const person of committee.slice(0, aside)) await declare(tender.tenderId, person, ['other']);
      for (const person of committee.slice(aside))
        expect(await sign(tender, person)).toEqual({ tenderState: 'evaluating' });
      expect(
        await test.sql('SELECT tender_id FROM procurement.evaluation_result WHERE tender_id = $1', [
          tender.tenderId,
        ]),
      ).toEqual([]);
      const replacements = await freshEvaluators(aside);
      await appoint(tender.tenderId, replacements);
      const states: string[] = [];
      for (const person of replacements) {
        await declare(tender.tenderId, person);
        states.push((await sign(tender, person)).tenderState);
      }
      expect(states).toEqual([...Array<string>(aside - 1).fill('evaluating'), 'evaluated']);
      await given.award(tender);
      const { evaluators, inputs } = await test.asSystem(() => test.get(RankingReads).read(tender.tenderId));
      const signed = [...committee.slice(aside), ...replacements].map(({ accountId }) => accountId).sort();
      // Who stepped aside is neither named nor counted.
      expect(evaluators.map(({ accountId }) => accountId).sort()).toEqual(signed);
      // And each method ranks by its own rules, ties above all.
      expect(JSON.parse(inputs)).toMatchObject({ evaluators: signed, method: scoring });
    },
  );

  it('counts a replaced seat once: whoever stepped aside does not make the committee larger', async () => {
    const committee = await freshEvaluators(3);
    const tender = await judgedBy(committee);
    await declare(tender.tenderId, committee[0] as Account, ['employment']);
    const [d, e] = (await freshEvaluators(2)) as [Account, Account];
    await expect(appoint(tender.tenderId, [d, e])).rejects.toEqual(
      refused('procurement.committee-size', { required: 3, size: 4 }),
    );
    expect(await appoint(tender.tenderId, [d])).toEqual({ evaluatorCount: 3 });
    // Naming again whoever sits there already changes nothing.
    expect(await appoint(tender.tenderId, [d])).toEqual({ evaluatorCount: 3 });
    expect(await seats(tender.tenderId)).toHaveLength(4);
  });

  it('lets an evaluator step aside until they have signed, and no later', async () => {
    const committee = await freshEvaluators(3);
    const tender = await judgedBy(committee);
    const [a] = committee as [Account];
    await sign(tender, a, '对第一名的方案评分持不同意见');
    await expect(declare(tender.tenderId, a, ['other'])).rejects.toEqual(refused('state.wrong-state'));
    expect(await test.as(a, () => test.get(OwnScoreSheetReads).own(tender.tenderId))).toMatchObject({
      dissent: '对第一名的方案评分持不同意见',
    });
  });

  it('deducts for small enterprises only, only where the file says so, and pays what was offered', async () => {
    const claimant = await given.approvedSupplier({ kind: '91', claimsSmallEnterprise: true });
    const modest = await given.approvedSupplier({ kind: '91' });
    const social = await given.approvedSupplier();
    const offers = [
      [claimant, 10_000_000],
      [modest, 10_000_000],
      [social, 10_000_000],
    ] as const;
    const judged = async (smeDeductionPercent?: string) => {
      const tender = await given.openAll(
        await given.publishedTender({
          file: {
            priceRule: {
              kind: 'lowest-qualified-offer',
              weight: '20',
              ...(smeDeductionPercent === undefined ? {} : { smeDeductionPercent }),
            },
          },
        }),
        offers,
      );
      const committee = await freshEvaluators(3);
      await appoint(tender.tenderId, committee);
      for (const person of committee) await declare(tender.tenderId, person);
      await given.qualifyAll(tender);
      for (const person of committee) await sign(tender, person);
      const { result, inputs } = await test.as(given.approver, () =>
        test.get(RankingReads).read(tender.tenderId),
      );
      const entitled = new Map(
        (JSON.parse(inputs) as { bids: { bidId: string; smeEntitled: boolean }[] }).bids.map((bid) => [
          bid.bidId,
          bid.smeEntitled,
        ]),
      );
      const score = new Map(result.ranking.map(({ bidId, priceScore }) => [bidId, priceScore]));
      return {
        tender,
        entitled: tender.bids.map(({ bidId }) => entitled.get(bidId)),
        prices: tender.bids.map(({ bidId }) => score.get(bidId)),
      };
    };
    const withRule = await judged('10');
    expect(withRule.entitled).toEqual([true, false, false]);
    // 9 ÷ 9 × 20, and 9 ÷ 10 × 20.
    expect(withRule.prices).toEqual(['20.00', '18.00', '18.00']);
    expect(await given.award(withRule.tender)).toMatchObject({ amountFen: 10_000_000 });
    const without = await judged();
    expect(without.entitled).toEqual([false, false, false]);
    expect(without.prices).toEqual(['20.00', '20.00', '20.00']);
  });

  it('scores a fixed price by quality alone, at the ceiling', async () => {
    const [a, b, c] = await given.suppliers(3);
    if (!a || !b || !c) throw new Error('Three suppliers were asked for');
    const ceiling = Money.fen(20_000_000);
    const criteria = tenderFile().criteria.map((criterion) =>
      criterion.id === 'plan'
        ? {
            ...criterion,
            max: '70',
            bands: [
              {
                ...criterion.bands?.[0],
                from: '0',
                to: '70',
                indicator: '方案覆盖采购需求条目的比例，每覆盖十分之一得七分',
              },
            ],
          }
        : criterion,
    );
    const tender = await given.openAll(
      await given.publishedTender({ file: { priceRule: { kind: 'fixed' }, criteria, ceiling } }),
      [a, b, c].map((supplier) => [supplier, 20_000_000] as const),
    );
    await given.committee(tender);
    await given.qualifyAll(tender);
    for (const evaluator of await given.evaluators()) await given.score(tender, evaluator);
    const { result } = await test.as(given.approver, () => test.get(RankingReads).read(tender.tenderId));
    expect(result.ranking.map(({ totalScore, contractPriceFen }) => [totalScore, contractPriceFen])).toEqual([
      ['76.00', 20_000_000],
      ['64.00', 20_000_000],
      ['52.00', 20_000_000],
    ]);
    expect(await given.award(tender)).toMatchObject({ amountFen: 20_000_000 });
  });
});
