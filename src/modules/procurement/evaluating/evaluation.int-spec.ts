import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalize } from 'json-canonicalize';
import { type RankingResult, recompute } from '#libs/evaluation';
import { violatedConstraint } from '#platform';
import { BudgetsApi } from '#modules/budgets';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import {
  Given,
  type OpenedTender,
  type Person,
  scoresFor,
  tenderFile,
} from '../../../../test/support/given.js';
import { AwardTender } from '../awarding/award-tender.js';
import type { FileTieBreak } from '../tendering/tie-break.js';
import { AppointEvaluators } from './appoint-evaluators.js';
import { OpenedBidReads } from './opened-bids.read.js';
import { DecideQualification } from './decide-qualification.js';
import { DeclareInterests } from './declare-interests.js';
import type { Interest } from './evaluator.entity.js';
import { OwnScoreSheetReads } from './own-score-sheet.read.js';
import { SaveScoreSheet } from './save-score-sheet.js';
import { ScoreSheets } from './score-sheets.js';
import { SignScoreSheet } from './sign-score-sheet.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('evaluating bids', () => {
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
  const save = (tender: OpenedTender, person: Person, scores = scoresFor(tender)) =>
    test.as(person, () => test.get(SaveScoreSheet).execute(tender.tenderId, scores));
  const sign = (tender: OpenedTender, person: Person) =>
    test.as(person, () => test.get(SignScoreSheet).execute(tender.tenderId, {}));
  const decide = (tender: OpenedTender, at: number, qualified: boolean) =>
    test.as(given.purchaser, () =>
      test
        .get(DecideQualification)
        .execute(tender.tenderId, tender.bids[at]?.bidId ?? '', { qualified, reason: '审查意见' }),
    );

  it('seats an odd committee of eligible people, and replaces whoever has an interest', async () => {
    const tender = await given.openedTender();
    const [a, b, c, d] = await given.evaluators(4);
    if (!a || !b || !c || !d) throw new Error('Four evaluators were asked for');
    await expect(appoint(tender.tenderId, [a, b])).rejects.toEqual(refused('procurement.committee-size'));
    await expect(appoint(tender.tenderId, [a, b, given.purchaser])).rejects.toEqual(
      refused('procurement.evaluator-not-eligible'),
    );
    const staff = await given.account({ role: 'evaluator' });
    const bidder = tender.bids[0]?.supplier.organizationId ?? '';
    await given.join(staff.accountId, bidder);
    await expect(appoint(tender.tenderId, [a, b, staff])).rejects.toEqual(
      refused('procurement.evaluator-not-eligible'),
    );
    await appoint(tender.tenderId, [a, b, c]);
    expect(await declare(tender.tenderId, a, ['kinship'])).toEqual({ cleared: false });
    await expect(declare(tender.tenderId, d)).rejects.toEqual(refused('platform.not-found'));
    await expect(save(tender, a)).rejects.toEqual(refused('procurement.evaluator-recused'));
    await expect(save(tender, b)).rejects.toEqual(refused('procurement.declaration-missing'));
    await declare(tender.tenderId, b);
    await expect(declare(tender.tenderId, b)).rejects.toEqual(
      refused('procurement.declaration-made-already'),
    );
    await expect(appoint(tender.tenderId, [a])).rejects.toEqual(
      refused('procurement.evaluator-not-eligible'),
    );
    expect(await appoint(tender.tenderId, [d])).toEqual({ evaluatorCount: 3 });
  });

  it('lets an evaluator see whom they judge before they declare, and what is offered only afterwards', async () => {
    const tender = await given.openedTender();
    const evaluators = await given.evaluators(3);
    const [first] = evaluators;
    const bids = (person: Person) => test.as(person, () => test.get(OpenedBidReads).opened(tender.tenderId));
    await expect(bids(first as Person)).rejects.toEqual(refused('platform.not-found'));
    await appoint(tender.tenderId, evaluators);
    expect(
      (await bids(first as Person)).every(
        ({ offerFen, organizationName }) => offerFen === null && organizationName !== '',
      ),
    ).toBe(true);
    await declare(tender.tenderId, first as Person);
    expect((await bids(first as Person)).map(({ offerFen }) => offerFen)).toEqual([
      18_000_000, 17_000_000, 16_000_000,
    ]);
  });

  it('hides each sheet from the others until the last is signed, in the database too', async () => {
    const tender = await given.openedTender();
    const committee = await given.committee(tender);
    await expect(save(tender, committee[0] as Person)).rejects.toEqual(
      refused('procurement.qualification-pending'),
    );
    await given.qualifyAll(tender);
    for (const evaluator of committee) await save(tender, evaluator);
    const readable = (setting?: string) =>
      test.uow.run(async () => {
        if (setting !== undefined)
          await test.sql("SELECT set_config('linqiao.account_id', $1, true)", [setting]);
        return test.sql<{ account_id: string }>(
          'SELECT account_id FROM procurement.score_sheet WHERE tender_id = $1',
          [tender.tenderId],
        );
      });
    expect(await readable()).toEqual([]);
    const [a, b, c] = committee.map(({ accountId }) => accountId);
    expect(await readable(a)).toEqual([{ account_id: a }]);
    await sign(tender, committee[0] as Person);
    await sign(tender, committee[1] as Person);
    expect(await readable(c)).toEqual([{ account_id: c }]);
    expect(
      (await test.as(committee[0] as Person, () => test.get(OwnScoreSheetReads).own(tender.tenderId)))
        .signedAt,
    ).not.toBeNull();
    expect(await sign(tender, committee[2] as Person)).toEqual({ tenderState: 'evaluated' });
    expect((await readable()).map(({ account_id }) => account_id).sort()).toEqual([a, b, c].sort());
  });

  it('does not change a sheet that was signed while it was being saved', async () => {
    const tender = await given.openedTender();
    const [a] = await given.committee(tender);
    if (!a) throw new Error('A committee has members');
    await given.qualifyAll(tender);
    await save(tender, a);
    const sheets = test.get(ScoreSheets);
    const kept = sheets.save.bind(sheets);
    // Saved on another device at the moment of the signature: both have passed every check.
    sheets.save = async (...sheet) => {
      sheets.save = kept;
      await test.uow.apart(() => sign(tender, a));
      return kept(...sheet);
    };
    await expect(save(tender, a)).rejects.toEqual(refused('procurement.sheet-signed'));
  });

  it('keeps a signed sheet as it is, against the evaluator and against a hand in the database', async () => {
    const tender = await given.openedTender();
    const [a] = await given.committee(tender);
    if (!a) throw new Error('A committee has members');
    await given.qualifyAll(tender);
    await expect(sign(tender, a)).rejects.toEqual(refused('procurement.sheet-invalid'));
    const scores = scoresFor(tender);
    const [bidId = ''] = Object.keys(scores);
    await expect(save(tender, a, { ...scores, [bidId]: { plan: '51' } })).rejects.toEqual(
      refused('procurement.sheet-invalid'),
    );
    await save(tender, a, { [bidId]: { plan: '10' } });
    await expect(sign(tender, a)).rejects.toEqual(refused('procurement.sheet-invalid'));
    await save(tender, a);
    await sign(tender, a);
    await expect(save(tender, a)).rejects.toEqual(refused('procurement.sheet-signed'));
    await expect(sign(tender, a)).rejects.toEqual(refused('procurement.sheet-signed'));
    const byHand = test.uow.run(async () => {
      await test.sql("SELECT set_config('linqiao.account_id', $1, true)", [a.accountId]);
      await test.sql("UPDATE procurement.score_sheet SET scores = '{}' WHERE tender_id = $1", [
        tender.tenderId,
      ]);
    });
    const error = await byHand.catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('score_sheet_signed_is_final');
    await expect(decide(tender, 0, false)).rejects.toEqual(refused('procurement.scoring-began'));
  });

  it('computes one ranking when the last two sign at the same moment', async () => {
    const tender = await given.openedTender();
    const committee = await given.committee(tender);
    await given.qualifyAll(tender);
    for (const evaluator of committee) await save(tender, evaluator);
    await Promise.all(committee.map((evaluator) => sign(tender, evaluator)));
    const results = await test.sql(
      'SELECT tender_id FROM procurement.evaluation_result WHERE tender_id = $1',
      [tender.tenderId],
    );
    expect(results).toHaveLength(1);
  });

  it('leaves no tie to a person: the draw follows from the inputs, and anybody redoes it', async () => {
    const tender = await given.openedTender({ offersFen: [17_000_000, 17_000_000, 17_000_000] });
    const committee = await given.committee(tender);
    await given.qualifyAll(tender);
    const alike = Object.fromEntries(tender.bids.map(({ bidId }) => [bidId, { plan: '40', team: '20' }]));
    for (const evaluator of committee) {
      await save(tender, evaluator, alike);
      await sign(tender, evaluator);
    }
    const [kept] = await test.sql<{ inputs: string; result: RankingResult; resultSha256: string }>(
      `SELECT inputs, result, result_sha256 AS "resultSha256" FROM procurement.evaluation_result WHERE tender_id = $1`,
      [tender.tenderId],
    );
    if (!kept) throw new Error('The evaluation is not complete');
    expect(kept.result.pendingDraws).toEqual([]);
    expect(kept.result.ranking.map(({ rank, decidedBy }) => [rank, decidedBy])).toEqual([
      [1, 'first'],
      [2, 'draw'],
      [3, 'draw'],
    ]);
    // A stranger: the seed is the digest of the inputs without it, the smallest lot goes first.
    const { tieBreak, ...published } = JSON.parse(kept.inputs) as {
      tieBreak: { seed: string };
      ruleSet: object;
    };
    expect(published.ruleSet).toMatchObject({ id: 'cn-2017' });
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const seed = sha256(canonicalize({ ...published, tieBreak: { then: 'draw' } }));
    expect(tieBreak).toEqual({ then: 'draw', seed });
    const lot = (bidId: string) => sha256(`linqiao-tie/1\n${seed}\n${bidId}`);
    const drawn = tender.bids.map(({ bidId }) => bidId).sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
    expect(kept.result.ranking.map(({ bidId }) => bidId)).toEqual(drawn);
    expect(recompute(kept.inputs).resultDigest).toBe(kept.resultSha256);

    // Whoever awards takes the first, as with any other ranking.
    const [first, second] = drawn.map((bidId) => tender.bids.findIndex((bid) => bid.bidId === bidId));
    const award = (at = -1) =>
      test.as(given.awarder, () =>
        test.get(AwardTender).execute(tender.tenderId, { bidId: tender.bids[at]?.bidId ?? '' }),
      );
    await expect(award(second)).rejects.toEqual(refused('procurement.not-the-first'));
    await expect(award(first)).resolves.toMatchObject({ bidId: drawn[0] });
  });

  it('compares what the file says before it draws', async () => {
    const technicalFirst: FileTieBreak = { by: ['technical'], then: 'draw' };
    const tender = await given.openedTender({
      offersFen: [17_000_000, 17_000_000, 17_000_000],
      bidDeadline: new Date(Date.now() + 30 * 86_400_000),
      file: {
        method: 'open-tender',
        tieBreak: technicalFirst,
        criteria: tenderFile().criteria.map((criterion) =>
          Object.assign({}, criterion, { part: criterion.id === 'plan' ? 'technical' : 'commercial' }),
        ),
      },
    });
    const committee = await given.evaluators(5);
    await appoint(tender.tenderId, committee);
    for (const evaluator of committee) await declare(tender.tenderId, evaluator);
    await given.qualifyAll(tender);
    const sums = [
      ['38', '22'],
      ['41', '19'],
      ['40', '20'],
    ];
    const alike = Object.fromEntries(
      tender.bids.map(({ bidId }, at) => [bidId, { plan: sums[at]?.[0] ?? '', team: sums[at]?.[1] ?? '' }]),
    );
    for (const evaluator of committee) {
      await save(tender, evaluator, alike);
      await sign(tender, evaluator);
    }
    const [kept] = await test.sql<{ result: RankingResult }>(
      'SELECT result FROM procurement.evaluation_result WHERE tender_id = $1',
      [tender.tenderId],
    );
    const placed = kept?.result.ranking.map(({ bidId, decidedBy }) => [
      tender.bids.findIndex((bid) => bid.bidId === bidId),
      decidedBy,
    ]);
    expect(placed).toEqual([
      [1, 'first'],
      [2, 'technical'],
      [0, 'technical'],
    ]);
  });

  it('goes on with two qualified bids in a purchase of services, and fails with one', async () => {
    const two = await given.openedTender();
    await decide(two, 0, true);
    await decide(two, 1, true);
    expect(await decide(two, 2, false)).toEqual({ state: 'disqualified', tenderState: 'opened' });
    const one = await given.openedTender();
    await decide(one, 0, true);
    await decide(one, 1, false);
    expect(await decide(one, 2, false)).toEqual({ state: 'disqualified', tenderState: 'failed' });
    expect((await test.get(BudgetsApi).balances(one.lineId)).reserved.toFen()).toBe(0);
    const events = await test.sql<{ payload: { reasonCode: string } }>(
      "SELECT payload FROM platform.outbox_event WHERE type = 'procurement.tender-failed.v1' AND payload ->> 'tenderId' = $1",
      [one.tenderId],
    );
    expect(events.map(({ payload }) => payload.reasonCode)).toEqual(['too-few-qualified']);
  });
});
