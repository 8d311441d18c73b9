import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { violatedConstraint } from '#platform';
import { BudgetsApi } from '#modules/budgets';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type OpenedTender, type Person, scoresFor } from '../../../../test/support/given.js';
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

  it('lets an evaluator see whom he judges before he declares, and what they offer only afterwards', async () => {
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
