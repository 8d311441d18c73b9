import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { untilAnotherWaits } from '../../../../test/support/locks.js';
import { BudgetsApi } from '../budgets.api.js';
import { BudgetsGiven, codeOf } from '../budgets.test-support.js';
import { commitDirectly } from '../ledger/acts.js';
import { Ledger } from '../ledger/ledger.js';
import type { LineElements } from '../lines/budget-line.entity.js';

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

const line = (fen: number, more: Partial<LineElements> = {}) =>
  given.line(fen, { reservationStage: 'award', ...more });
const commit = (
  lineId: string,
  fen: number,
  more: { awardId?: string; tenderId?: string; key?: string } = {},
) =>
  app.asSystem(() =>
    api.commit({
      ...{ lineId, awardId: newId(), tenderId: newId(), amount: Money.fen(fen), key: newId() },
      ...more,
    }),
  );
const boundTo = (awardId: string) =>
  app.sql(
    `SELECT c.source_kind, c.track, f.budget_line_id, f.buyer_organization_id, f.fiscal_year, f.amount_fen::int AS fen
     FROM budgets.commitment c LEFT JOIN budgets.funding f ON f.commitment_id = c.id WHERE c.source_id = $1`,
    [awardId],
  );

describe('what an award is bound to', () => {
  it('is one commitment of a purchase, funded by one line, its buyer and its year', async () => {
    const [lineId, awardId, key] = [await line(100), newId(), newId()];
    const { fiscalYear, buyerOrganizationId } = await api.line(lineId);
    const again = { awardId, tenderId: newId(), key };
    await commit(lineId, 60, again);
    expect((await commit(lineId, 60, again)).replayed).toBe(true);
    expect(await boundTo(awardId)).toEqual([
      {
        ...{ source_kind: 'award', track: 'purchase', budget_line_id: lineId },
        ...{ buyer_organization_id: buyerOrganizationId, fiscal_year: fiscalYear, fen: 60 },
      },
    ]);
  });

  it('is nothing where the money is refused', async () => {
    const awardId = newId();
    const lineId = await line(100);
    expect(await codeOf(commit(lineId, 101, { awardId }))).toBe('budgets.overspent');
    expect(await codeOf(commit(lineId, 0, { awardId }))).toBe('budgets.amount-not-positive');
    expect(await codeOf(commit(newId(), 1, { awardId }))).toBe('budgets.line-not-found');
    expect(await boundTo(awardId)).toEqual([]);
    expect(await codeOf(app.asSystem(() => api.commitmentOf({ awardId })))).toBe(
      'budgets.award-not-committed',
    );
  });

  it('is found by whoever waited for it to be made', async () => {
    const [lineId, again] = [await line(100), { awardId: newId(), tenderId: newId(), key: newId() }];
    let second = Promise.resolve(false);
    await app.uow.run(async () => {
      await commit(lineId, 60, again);
      second = app.uow.apart(async () => (await commit(lineId, 60, again)).replayed);
      await untilAnotherWaits(app.uow);
    });
    expect(await second).toBe(true);
    expect(await boundTo(again.awardId)).toHaveLength(1);
  });

  it('is the same by its own id and by the award', async () => {
    const [lineId, awardId] = [await line(100), newId()];
    await commit(lineId, 100, { awardId });
    const commitmentId = await app.asSystem(() => api.commitmentOf({ awardId }));
    await app.asSystem(() =>
      api.accrue({ commitmentId, milestoneId: newId(), amount: Money.fen(70), key: newId() }),
    );
    await app.asSystem(() =>
      api.accrue({ awardId, milestoneId: newId(), amount: Money.fen(30), key: newId() }),
    );
    expect(await given.balances(lineId)).toEqual({ appropriated: 100, accrued: 100 });
  });
});

describe('the money of a tender and of its award', () => {
  it('stays on the line on which it was reserved', async () => {
    const [one, other] = [await given.line(100), await given.line(100)];
    const tenderId = newId();
    const reserve = (lineId: string) =>
      app.asSystem(() => api.reserve({ lineId, tenderId, amount: Money.fen(10), key: newId() }));
    await reserve(one);
    expect(await codeOf(reserve(other))).toBe('budgets.subject-on-other-line');
    expect(await codeOf(commit(other, 10, { tenderId }))).toBe('budgets.subject-on-other-line');
    await reserve(one);
    expect(await given.balances(one)).toEqual({ appropriated: 100, available: 80, reserved: 20 });
    expect(await given.balances(other)).toEqual({ appropriated: 100, available: 100 });
  });

  it('stays on the line on which it was committed', async () => {
    const [one, other, awardId] = [await line(100), await line(100), newId()];
    await commit(one, 10, { awardId });
    expect(await codeOf(commit(other, 10, { awardId }))).toBe('budgets.subject-on-other-line');
    expect(await codeOf(commit(one, 10, { awardId }))).toBe('budgets.award-already-committed');
    expect(await given.balances(other)).toEqual({ appropriated: 100, available: 100 });
  });
});

describe('a commitment of several lines', () => {
  /** As a purchase of several years or buyers will be entered. */
  async function fundedBy(...parts: readonly (readonly [lineId: string, fen: number])[]) {
    const [commitmentId, awardId] = [newId(), newId()];
    await app.sql(
      `INSERT INTO budgets.commitment (id, source_kind, source_id, track, made_at)
       VALUES ($1, 'award', $2, 'purchase', now())`,
      [commitmentId, awardId],
    );
    for (const [lineId, fen] of parts)
      await app.sql(
        `INSERT INTO budgets.funding (commitment_id, fiscal_year, budget_line_id, buyer_organization_id, amount_fen)
         SELECT $1, fiscal_year, id, buyer_organization_id, $3 FROM budgets.budget_line WHERE id = $2`,
        [commitmentId, lineId, fen],
      );
    return { commitmentId, awardId };
  }
  const commitOn = (
    lineId: string,
    { commitmentId, awardId }: { commitmentId: string; awardId: string },
    fen = 40,
  ) =>
    app.asSystem(() =>
      app.get(Ledger).post(
        commitDirectly({
          ...{ lineId, commitmentId, tenderId: newId(), amount: Money.fen(fen), key: newId() },
          source: { kind: 'award', id: awardId },
        }),
      ),
    );

  it('commits on each of them once, on accounts of their own, and on no other', async () => {
    const another = await given.organization('11');
    const lines = [await line(100), await line(100, { buyerOrganizationId: another })] as const;
    const unasked = await line(100);
    const bound = await fundedBy([lines[0], 40], [lines[1], 30]);
    await commitOn(lines[0], bound);
    await commitOn(lines[1], bound, 30);
    expect(await given.balances(lines[0])).toEqual({ appropriated: 100, available: 60, encumbered: 40 });
    expect(await given.balances(lines[1])).toEqual({ appropriated: 100, available: 70, encumbered: 30 });
    expect(await codeOf(commitOn(lines[0], bound, 1))).toBe('budgets.award-already-committed');
    expect(await codeOf(commitOn(unasked, bound, 1))).toBe('budgets.subject-on-other-line');
    expect(await given.brokenInvariants()).toEqual([]);
  });

  it('is not paid from one of them by chance, as long as nobody says from which', async () => {
    const lines = [await line(100), await line(100)] as const;
    const bound = await fundedBy([lines[0], 40], [lines[1], 40]);
    for (const lineId of lines) await commitOn(lineId, bound);
    const accrual = app.asSystem(() =>
      api.accrue({ ...bound, milestoneId: newId(), amount: Money.fen(40), key: newId() }),
    );
    await expect(accrual).rejects.toThrow('several lines');
  });

  it('has its money from the buyer whose line it is', async () => {
    const lineId = await line(100);
    const forged = app.sql(
      `INSERT INTO budgets.funding (commitment_id, fiscal_year, budget_line_id, buyer_organization_id, amount_fen)
       SELECT id, 2026, $1, $2, 5 FROM budgets.commitment LIMIT 1`,
      [lineId, given.payeeId],
    );
    await expect(forged).rejects.toMatchObject({ driverError: { constraint: 'funding_line_of_buyer' } });
  });
});
