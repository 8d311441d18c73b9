import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { BudgetsApi } from '../budgets.api.js';
import { answerTo, BudgetsGiven, codeOf } from '../budgets.test-support.js';
import { Ledger } from './ledger.js';
import type { PostingToMake, TransferToPost } from './posting.js';

let app: TestApp;
let given: BudgetsGiven;
let api: BudgetsApi;
beforeAll(async () => {
  app = await startTestApp();
  given = new BudgetsGiven(app);
  api = app.get(BudgetsApi);
  await given.district();
});
afterAll(() => app.stop());

const act = (...transfers: TransferToPost[]): PostingToMake => ({
  scope: 'test',
  key: newId(),
  request: {},
  document: { type: 'test', id: newId() },
  transfers,
});
const post = (posting: PostingToMake) => app.asSystem(() => app.get(Ledger).post(posting));

describe('a reversal', () => {
  const appropriationOf = async (lineId: string): Promise<string> => {
    const [row] = await app.sql<{ id: string }>(
      "SELECT id FROM budgets.transfer WHERE line_id = $1 AND type = 'APPROPRIATE'",
      [lineId],
    );
    return row?.id ?? '';
  };
  const reverse = (transferId: string, reason = '录入错误') =>
    app.asSystem(() => api.reverse({ transferId, reason, key: newId() }));

  it('undoes a transfer once, for a reason that is kept, and is written down', async () => {
    const lineId = await given.line(100);
    const transferId = await appropriationOf(lineId);
    expect(await codeOf(reverse(transferId, ''))).toBe('budgets.reason-required');
    const { transferIds } = await reverse(transferId, ' 重复录入 ');
    expect(await given.balances(lineId)).toEqual({});
    expect(
      await app.sql('SELECT type, reason FROM budgets.transfer WHERE id = $1', [transferIds[0]]),
    ).toEqual([{ type: 'REVERSE', reason: '重复录入' }]);
    const trail = await app.sql(
      "SELECT action FROM platform.audit_entry WHERE object_type = 'transfer' AND object_id = $1",
      [transferId],
    );
    expect(trail).toEqual([{ action: 'budgets.reverse' }]);
    await app.asSystem(() =>
      app.get(Ledger).post(act({ type: 'APPROPRIATE', lineId, amount: Money.fen(100) })),
    );
    expect(await codeOf(reverse(transferId))).toBe('budgets.transfer-already-reversed');
  });

  it('is refused where a business operation undoes, of what is not there, and of a reversal', async () => {
    const lineId = await given.line(100);
    const posted = await post(act({ type: 'RESERVE', lineId, tenderId: newId(), amount: Money.fen(10) }));
    expect(await codeOf(reverse(posted.transferIds[0] ?? ''))).toBe('budgets.transfer-not-reversible');
    expect(await codeOf(reverse(newId()))).toBe('budgets.transfer-not-found');
    await post(act({ type: 'APPROPRIATE', lineId, amount: Money.fen(100) }));
    const { transferIds } = await reverse(await appropriationOf(lineId));
    expect(await codeOf(reverse(transferIds[0] ?? ''))).toBe('budgets.transfer-not-reversible');
  });

  describe('is refused by the database', () => {
    const fen = Money.fen(10);
    /** An award on a line, with money committed and accepted. */
    async function oneAward(lineId: string) {
      const on = { lineId, awardId: newId(), milestoneId: newId() };
      return app.asSystem(async () => {
        await api.commit({ ...on, tenderId: newId(), amount: Money.fen(60), key: newId() });
        await api.accrue({ ...on, amount: Money.fen(30), key: newId() });
        return { ...on, commitmentId: await api.commitmentOf(on) };
      });
    }
    async function twoAwards() {
      const lineId = await given.line(200, { reservationStage: 'award' });
      return [await oneAward(lineId), await oneAward(lineId)] as const;
    }
    const mirror = (
      id: string,
      type: 'APPROPRIATE' | 'AMEND_UP' | 'DEDUCT' | 'ADJUST_DOWN',
      subjects: Omit<TransferToPost, 'type' | 'amount'>,
      amount = fen,
    ) =>
      answerTo(
        post(act({ type: 'REVERSE', reverses: { id, type }, reason: '录入错误', ...subjects, amount })),
      );

    it('where its amount is another', async () => {
      const lineId = await given.line(100);
      expect(await mirror(await appropriationOf(lineId), 'APPROPRIATE', { lineId }, Money.fen(99))).toBe(
        'transfer_reverses_exactly',
      );
    });

    it('where it takes the money from another line', async () => {
      const [lineId, other] = [await given.line(10), await given.line(10)];
      expect(await mirror(await appropriationOf(lineId), 'APPROPRIATE', { lineId: other })).toBe(
        'transfer_reverses_exactly',
      );
      expect(await mirror(await appropriationOf(lineId), 'APPROPRIATE', { lineId })).toBe('accepted');
    });

    it('where one of its two accounts is that of another award', async () => {
      const [one, other] = await twoAwards();
      const raised = await app.asSystem(() =>
        api.amendUp({ ...one, amount: fen, reason: '增加内容', key: newId() }),
      );
      expect(await mirror(raised.transferIds[0] ?? '', 'AMEND_UP', other)).toBe('transfer_reverses_exactly');
      const deducted = await app.asSystem(() =>
        api.deduct({ ...one, amount: fen, reason: '未达标', key: newId() }),
      );
      expect(await mirror(deducted.transferIds[0] ?? '', 'DEDUCT', other)).toBe('transfer_reverses_exactly');
      expect(await mirror(deducted.transferIds[0] ?? '', 'DEDUCT', one)).toBe('accepted');
    });

    it('where it undoes a reversal', async () => {
      const lineId = await given.line(10);
      await post(act({ type: 'APPROPRIATE', lineId, amount: fen }));
      const { transferIds } = await reverse(await appropriationOf(lineId));
      expect(await mirror(transferIds[0] ?? '', 'ADJUST_DOWN', { lineId })).toBe('transfer_reverses_exactly');
    });

    it('like a resolution of a payment that was started by another award, or with another amount', async () => {
      const [one, other] = await twoAwards();
      await given.payment(one, 20);
      await given.payment(other, 20);
      const [start] = await app.sql<{ id: string }>(
        "SELECT id FROM budgets.transfer WHERE commitment_id = $1 AND type = 'PAY_START'",
        [one.commitmentId],
      );
      const resolvesId = start?.id ?? '';
      const resolve = (subjects: typeof one, amount: number) =>
        answerTo(
          app.asSystem(() =>
            app.uow.run(async () => {
              await app
                .get(Ledger)
                .post(act({ type: 'PAY_DONE', resolvesId, ...subjects, amount: Money.fen(amount) }));
              await app.sql('SET CONSTRAINTS ALL IMMEDIATE');
              throw new Error('accepted');
            }),
          ),
        );
      expect(await resolve(one, 19)).toBe('transfer_resolves_exactly');
      expect(await resolve(other, 20)).toBe('transfer_resolves_exactly');
      expect(await resolve(one, 20)).toBe('Error: accepted');
    });
  });
});
