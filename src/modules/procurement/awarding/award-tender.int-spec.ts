import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recompute } from '#libs/evaluation';
import { newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { ProcurementApi } from '#modules/procurement';
import { DataChecks } from '../../../platform/checks/data-check.js';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type Person } from '../../../../test/support/given.js';
import { AwardTender } from './award-tender.js';
import { RankingReads } from '../evaluating/ranking.read.js';
import { TenderReads } from '../tendering/tenders.read.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('awarding a tender', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const award = (tenderId: string, bidId: string, reason?: string) =>
    test.as(given.awarder, () =>
      test.get(AwardTender).execute(tenderId, { bidId, ...(reason === undefined ? {} : { reason }) }),
    );

  it('commits the offer, releases the rest, tells winner and losers and starts the clocks', async () => {
    const tender = await given.evaluatedTender();
    const [winner, ...losers] = tender.bids;
    const made = await award(tender.tenderId, winner?.bidId ?? '');
    expect(made).toMatchObject({ bidId: winner?.bidId, amountFen: 18_000_000 });
    const balances = await test.get(BudgetsApi).balances(tender.lineId);
    expect([balances.reserved.toFen(), balances.encumbered.toFen()]).toEqual([0, 18_000_000]);
    expect(await test.get(ProcurementApi).award(made.awardId)).toMatchObject({
      tenderId: tender.tenderId,
      planItemId: tender.planItemId,
      budgetLineId: tender.lineId,
      supplierOrganizationId: winner?.supplier.organizationId,
      amountFen: 18_000_000,
      ceilingFen: 20_000_000,
      serviceKind: 'public-service',
      awardedBy: given.awarder.accountId,
    });
    const events = await test.sql<{ type: string }>(
      `SELECT type FROM platform.outbox_event WHERE payload ->> 'tenderId' = $1
         AND type IN ('procurement.tender-awarded.v1', 'procurement.bid-lost.v1') ORDER BY type`,
      [tender.tenderId],
    );
    expect(events.map(({ type }) => type)).toEqual([
      ...losers.map(() => 'procurement.bid-lost.v1'),
      'procurement.tender-awarded.v1',
    ]);
    const clocks = await test.sql<{ rule_code: string; met: boolean }>(
      `SELECT rule_code, met_at IS NOT NULL AS met FROM platform.deadline WHERE subject_id = $1 ORDER BY rule_code`,
      [tender.tenderId],
    );
    expect(clocks).toEqual([
      { rule_code: 'procurement.challenge-result', met: false },
      { rule_code: 'procurement.fix-winner', met: true },
      { rule_code: 'procurement.publish-result', met: false },
      { rule_code: 'procurement.result-notice-period', met: false },
    ]);
    expect((await test.get(TenderReads).one(tender.tenderId)).award).toMatchObject({
      amountFen: 18_000_000,
      rank: 1,
    });
    await test.asSystem(() => test.get(ProcurementApi).markContracted(tender.tenderId));
    await test.asSystem(() => test.get(ProcurementApi).markContracted(tender.tenderId));
    expect(await test.sql('SELECT state FROM procurement.tender WHERE id = $1', [tender.tenderId])).toEqual([
      { state: 'contracted' },
    ]);
  });

  it('publishes a ranking that anybody can compute again, only after the award', async () => {
    const tender = await given.evaluatedTender();
    const anonymous = () => test.asSystem(() => test.get(RankingReads).read(tender.tenderId));
    await expect(anonymous()).rejects.toEqual(refused('procurement.result-not-public'));
    const preview = await test.as(given.approver, () => test.get(RankingReads).read(tender.tenderId));
    await given.award(tender);
    const published = await anonymous();
    expect(published).toEqual(preview);
    const again = recompute(published.inputs);
    expect(again.inputsDigest).toBe(published.inputsSha256);
    expect(again.resultDigest).toBe(published.resultSha256);
    expect(published.evaluators).toHaveLength(3);
    // 48 + 28 + 16 ÷ 18 × 20; 40 + 24 + 16 ÷ 17 × 20; 32 + 20 + 20
    expect(published.result.ranking.map(({ totalScore }) => totalScore)).toEqual(['93.78', '82.82', '72.00']);
  });

  it('tells strangers of a draft no more than that there is nothing', async () => {
    const { tenderId } = await given.draftedTender();
    const ranking = (person: Person) => test.as(person, () => test.get(RankingReads).read(tenderId));
    await expect(ranking({ accountId: newId(), memberships: [] })).rejects.toEqual(
      refused('platform.not-found'),
    );
    await expect(ranking(given.official('auditor', '999902'))).rejects.toEqual(refused('platform.not-found'));
    await expect(ranking(given.official('auditor'))).rejects.toEqual(
      refused('procurement.result-not-public'),
    );
  });

  it('goes in ranked order: past the first only with a reason', async () => {
    const tender = await given.evaluatedTender();
    const second = tender.bids[1]?.bidId ?? '';
    await expect(award(tender.tenderId, second)).rejects.toEqual(refused('procurement.not-the-first'));
    expect(await award(tender.tenderId, second, '第一名书面放弃成交')).toMatchObject({
      amountFen: 17_000_000,
    });
    await expect(award(tender.tenderId, second)).rejects.toEqual(refused('procurement.already-awarded'));
  });

  it('refuses a bid of another tender, the drafter, an evaluator and officials of elsewhere', async () => {
    const [tender, other] = [await given.evaluatedTender(), await given.evaluatedTender()];
    const bidId = tender.bids[0]?.bidId ?? '';
    await expect(award(tender.tenderId, other.bids[0]?.bidId ?? '')).rejects.toEqual(
      refused('procurement.bid-not-ranked'),
    );
    const by = (accountId: string, areaCode = '999901') =>
      test.as({ accountId, memberships: [{ role: 'approver', areaCode }] }, () =>
        test.get(AwardTender).execute(tender.tenderId, { bidId }),
      );
    await expect(by(given.purchaser.accountId)).rejects.toEqual(refused('procurement.awarder-took-part'));
    const [evaluator] = await given.evaluators();
    await expect(by(evaluator?.accountId ?? '')).rejects.toEqual(refused('procurement.awarder-took-part'));
    await expect(by(given.awarder.accountId, '999902')).rejects.toEqual(refused('platform.not-found'));
  });

  it('holds in the database whatever the code does: the offer, the ceiling, one award', async () => {
    const tender = await given.awardedTender();
    const insert = (changes: Record<string, unknown>) =>
      test.sql(
        `INSERT INTO procurement.award (id, tender_id, lot_id, bid_id, organization_id, amount_fen, ceiling_fen, rank, awarded_by, awarded_at)
         SELECT gen_random_uuid(), tender_id, lot_id, coalesce($2::uuid, bid_id), organization_id,
           coalesce($3::bigint, amount_fen), coalesce($4::bigint, ceiling_fen), coalesce($5::int, rank), 'x', now()
         FROM procurement.award WHERE tender_id = $1`,
        [
          tender.tenderId,
          changes['bidId'] ?? null,
          changes['amountFen'] ?? null,
          changes['ceilingFen'] ?? null,
          changes['rank'] ?? null,
        ],
      );
    const broken = (constraint: string) =>
      expect.objectContaining({ driverError: expect.objectContaining({ constraint }) });
    await expect(insert({})).rejects.toEqual(broken('award_one_live_per_lot'));
    await expect(insert({ amountFen: 20_000_001 })).rejects.toEqual(broken('award_within_ceiling'));
    await expect(insert({ rank: 2 })).rejects.toEqual(broken('award_past_the_first_needs_reason'));
    await expect(
      test.sql('UPDATE procurement.award SET amount_fen = 1 WHERE tender_id = $1', [tender.tenderId]),
    ).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('leaves data that every check accepts', async () => {
    await given.awardedTender();
    const results = await test.get(DataChecks).runAll();
    expect(results.filter(({ offending }) => offending.length > 0)).toEqual([]);
  });
});
