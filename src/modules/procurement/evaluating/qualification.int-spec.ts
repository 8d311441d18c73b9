import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type OpenedTender, type Person, scoresFor } from '../../../../test/support/given.js';
import { type Envelope, toEnvelope } from '../bidding/bid-content.js';
import { AwardTender } from '../awarding/award-tender.js';
import { CancelTender } from '../tendering/cancel-tender.js';
import { DecideQualification } from './decide-qualification.js';
import { EnvelopeStore } from '../bidding/envelope-store.js';
import { RankingReads } from './ranking.read.js';
import { SaveScoreSheet } from './save-score-sheet.js';
import { SignScoreSheet } from './sign-score-sheet.js';

const refused = (code: string) => expect.objectContaining({ code });
const IN_THREE_WEEKS_MS = 21 * 86_400_000;
const CEILING_FEN = 20_000_000;

describe('the qualification of bids', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const decide = (tenderId: string, bidId: string | undefined, qualified: boolean) =>
    test.as(given.purchaser, () =>
      test.get(DecideQualification).execute(tenderId, bidId ?? '', { qualified, reason: '审查意见' }),
    );
  const save = (tender: OpenedTender, person: Person, scores: Record<string, Record<string, string>>) =>
    test.as(person, () => test.get(SaveScoreSheet).execute(tender.tenderId, scores));
  const bidStates = async (tenderId: string) =>
    new Map(
      (
        await test.sql<{ id: string; state: string }>(
          'SELECT id, state FROM procurement.bid WHERE tender_id = $1',
          [tenderId],
        )
      ).map(({ id, state }) => [id, state]),
    );
  const failures = async (tenderId: string) =>
    (
      await test.sql<{ reason: string }>(
        `SELECT payload ->> 'reasonCode' AS reason FROM platform.outbox_event
         WHERE type = 'procurement.tender-failed.v1' AND payload ->> 'tenderId' = $1`,
        [tenderId],
      )
    ).map(({ reason }) => reason);

  /** Opened with two honest bids and an envelope that no form of ours has written. */
  const openedWith = async (envelope: Envelope): Promise<OpenedTender> => {
    const [a, b, c] = await given.suppliers(3);
    if (!a || !b || !c) throw new Error('Three suppliers were asked for');
    const tender = await given.publishedTender();
    const { bidId } = await test.uow.run(() =>
      test
        .get(EnvelopeStore)
        .seal(
          { tenderId: tender.tenderId, organizationId: c.organizationId, accountId: c.admin.accountId },
          envelope,
        ),
    );
    const opened = await given.openAll(tender, [
      [a, CEILING_FEN],
      [b, 17_000_000],
    ]);
    return { ...opened, bids: [...opened.bids, { bidId, supplier: c, offerFen: 0 }] };
  };
  const garbage = (): Envelope => {
    const bytes = Buffer.from('{"offerFen":');
    return { ...toEnvelope({ offerFen: 1, responses: {}, files: [] }), bytes, sha256: sha256Of(bytes) };
  };

  it('passes an offer at the ceiling, and none above it, however it came in', async () => {
    const { tenderId, bids } = await openedWith(
      toEnvelope({ offerFen: CEILING_FEN + 1, responses: {}, files: [] }),
    );
    const [atCeiling, , above] = bids;
    expect(await decide(tenderId, atCeiling?.bidId, true)).toMatchObject({ state: 'qualified' });
    await expect(decide(tenderId, above?.bidId, true)).rejects.toEqual(
      refused('procurement.bid-cannot-qualify'),
    );
    expect(await decide(tenderId, above?.bidId, false)).toMatchObject({ state: 'disqualified' });
  });

  it('passes no bid that cannot be read, and waits for the word on it before it counts who is left', async () => {
    const { tenderId, bids } = await openedWith(garbage());
    const [a, b, unreadable] = bids;
    await expect(decide(tenderId, unreadable?.bidId, true)).rejects.toEqual(
      refused('procurement.bid-cannot-qualify'),
    );
    await decide(tenderId, a?.bidId, true);
    // One is left of the two that can be read; the third is still to be decided on.
    expect(await decide(tenderId, b?.bidId, false)).toMatchObject({ tenderState: 'opened' });
    expect(await decide(tenderId, unreadable?.bidId, false)).toMatchObject({ tenderState: 'failed' });
    expect(await failures(tenderId)).toEqual(['too-few-qualified']);
  });

  it('ends a tender of which nobody qualified, and says so', async () => {
    const { tenderId, bids } = await given.openedTender();
    for (const { bidId } of bids) await decide(tenderId, bidId, false);
    expect(await failures(tenderId)).toEqual(['none-qualified']);
  });

  it('asks three of a public tender where a consultation goes on with two', async () => {
    const { tenderId, bids } = await given.openAll(
      await given.publishedTender({
        file: { method: 'open-tender' },
        bidDeadline: new Date(Date.now() + IN_THREE_WEEKS_MS),
      }),
    );
    await decide(tenderId, bids[0]?.bidId, true);
    await decide(tenderId, bids[1]?.bidId, true);
    expect(await decide(tenderId, bids[2]?.bidId, false)).toMatchObject({ tenderState: 'failed' });
  });

  it('is over with the tender: what failed or was cancelled is decided on no more', async () => {
    const failed = await given.openedTender();
    for (const { bidId } of failed.bids) await decide(failed.tenderId, bidId, false);
    const cancelled = await given.openedTender();
    await test.as(given.approver, () =>
      test
        .get(CancelTender)
        .execute(cancelled.tenderId, { reasonCode: 'need-changed', reason: '需求发生变化' }),
    );
    for (const { tenderId, bids } of [failed, cancelled])
      await expect(decide(tenderId, bids[0]?.bidId, true)).rejects.toEqual(
        refused('procurement.scoring-began'),
      );
  });

  it('concerns bids of this tender only', async () => {
    const [one, other] = [await given.openedTender(), await given.openedTender()];
    for (const bidId of [other.bids[0]?.bidId, newId()])
      await expect(decide(one.tenderId, bidId, true)).rejects.toEqual(refused('platform.not-found'));
    expect([...(await bidStates(other.tenderId)).values()]).toEqual(['opened', 'opened', 'opened']);
  });

  it('may be corrected until somebody has signed', async () => {
    const tender = await given.openedTender();
    const [first] = tender.bids;
    await decide(tender.tenderId, first?.bidId, false);
    expect(await decide(tender.tenderId, first?.bidId, true)).toMatchObject({ state: 'qualified' });
  });

  it('comes before the scores, and nothing is scored once the tender was stopped', async () => {
    const tender = await openedWith(garbage());
    const [evaluator] = await given.committee(tender);
    if (!evaluator) throw new Error('A committee has members');
    const [a, b, unreadable] = tender.bids;
    const scores = { [a?.bidId ?? '']: { plan: '40', team: '20' } };
    await decide(tender.tenderId, a?.bidId, true);
    await decide(tender.tenderId, b?.bidId, true);
    await expect(save(tender, evaluator, scores)).rejects.toEqual(
      refused('procurement.qualification-pending'),
    );
    await decide(tender.tenderId, unreadable?.bidId, false);
    await save(tender, evaluator, scores);
    await test.as(given.approver, () =>
      test.get(CancelTender).execute(tender.tenderId, { reasonCode: 'need-changed', reason: '需求发生变化' }),
    );
    await expect(save(tender, evaluator, scores)).rejects.toEqual(
      refused('procurement.qualification-pending'),
    );
  });

  it('takes a bid out of everything that follows: scores, ranking, award', async () => {
    const tender = await given.openedTender();
    const committee = await given.committee(tender);
    const [winner, loser, out] = tender.bids.map(({ bidId }) => bidId) as [string, string, string];
    await decide(tender.tenderId, winner, true);
    await decide(tender.tenderId, loser, true);
    await decide(tender.tenderId, out, false);
    const { [out]: ofTheBidThatIsOut = {}, ...scores } = scoresFor(tender);
    for (const evaluator of committee) {
      await expect(save(tender, evaluator, { ...scores, [out]: ofTheBidThatIsOut })).rejects.toEqual(
        expect.objectContaining({
          code: 'procurement.sheet-invalid',
          details: { count: 1, problems: [{ bidId: out, code: 'not-a-qualified-bid' }] },
        }),
      );
      await save(tender, evaluator, scores);
      await test.as(evaluator, () => test.get(SignScoreSheet).execute(tender.tenderId, {}));
    }
    const { result } = await test.as(given.approver, () => test.get(RankingReads).read(tender.tenderId));
    expect(result.ranking.map(({ bidId }) => bidId)).toEqual([winner, loser]);
    // The lowest offer was the one that is out: it sets no base price.
    expect(result.ranking[1]?.priceScore).toBe('20.00');
    await expect(
      test.as(given.awarder, () =>
        test.get(AwardTender).execute(tender.tenderId, { bidId: out, reason: '其他供应商放弃' }),
      ),
    ).rejects.toEqual(refused('procurement.bid-not-ranked'));
    await given.award(tender);
    expect(await bidStates(tender.tenderId)).toEqual(
      new Map([
        [winner, 'won'],
        [loser, 'lost'],
        [out, 'disqualified'],
      ]),
    );
  });
});

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
