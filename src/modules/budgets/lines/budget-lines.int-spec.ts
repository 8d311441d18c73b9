import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clock, Money, newId } from '#libs/kernel';
import { CLOCK } from '#platform';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import {
  ANOTHER_DISTRICT,
  BudgetsGiven,
  codeOf,
  DEMO_DISTRICT,
  financeOfficer,
} from '../budgets.test-support.js';
import { BudgetsApi } from '../budgets.api.js';
import { fiscalYearOf } from './fiscal-year.js';
import { AdjustLine } from './adjust-line.js';
import { AppropriateLine } from './appropriate-line.js';
import { CreateBudgetLine } from './create-budget-line.js';
import { lineElements } from './lines.given.js';
import { BudgetLineReads } from './budget-lines.read.js';
import { TransferReads } from './transfers.read.js';

let app: TestApp;
let given: BudgetsGiven;

beforeAll(async () => {
  app = await startTestApp();
  given = new BudgetsGiven(app);
  await given.district();
});
afterAll(() => app.stop());

const appropriation = (lineId: string, fen: number, key: string = newId()) => ({
  lineId,
  amount: Money.fen(fen),
  documentNumber: '示例财预〔2026〕2号',
  key,
});

const trailOf = (lineId: string) =>
  app.sql<{ action: string; actor_id: string }>(
    "SELECT action, actor_id FROM platform.audit_entry WHERE object_type = 'budget-line' AND object_id = $1 ORDER BY at, id",
    [lineId],
  );

describe('budget lines', () => {
  it('hold no money until it is appropriated, then all of it is available', async () => {
    const lineId = await given.line(0);
    expect(await given.balances(lineId)).toEqual({});
    await app.as(given.officer, () => app.get(AppropriateLine).execute(appropriation(lineId, 500)));
    expect(await given.balances(lineId)).toEqual({ appropriated: 500, available: 500 });
    const by = given.officer.accountId;
    expect(await trailOf(lineId)).toEqual([
      { action: 'budgets.create-line', actor_id: by },
      { action: 'budgets.appropriate', actor_id: by },
    ]);
  });

  it('are filled by whoever may, not by everybody who may see them', async () => {
    const lineId = await given.line(500);
    const purchaser = { memberships: [{ role: 'purchaser' as const, areaCode: DEMO_DISTRICT }] };
    const as = (work: () => Promise<unknown>) => codeOf(app.as(purchaser, work));
    expect(await as(() => app.get(BudgetLineReads).show(lineId))).toBe('accepted');
    const use = app.get(AppropriateLine);
    expect(await as(() => use.execute(appropriation(lineId, 1)))).toBe('platform.not-found');
    expect(
      await as(() => app.get(AdjustLine).execute({ ...appropriation(lineId, -1), reason: '年中调整' })),
    ).toBe('platform.not-found');
    expect(await as(() => app.get(CreateBudgetLine).execute(lineElements(given.buyerId)))).toBe(
      'platform.forbidden',
    );
  });

  it('count a repeated appropriation once and refuse its key for another amount', async () => {
    const lineId = await given.line(0);
    const use = app.get(AppropriateLine);
    const key = newId();
    await app.as(given.officer, () => use.execute(appropriation(lineId, 500, key)));
    await app.as(given.officer, () => use.execute(appropriation(lineId, 500, key)));
    expect(await given.balances(lineId)).toEqual({ appropriated: 500, available: 500 });
    const other = app.as(given.officer, () => use.execute(appropriation(lineId, 501, key)));
    expect(await codeOf(other)).toBe('budgets.key-reused');
    const events = await app.sql(
      "SELECT FROM platform.outbox_event WHERE type = 'budgets.line-appropriated.v1' AND payload->>'lineId' = $1",
      [lineId],
    );
    expect(events).toHaveLength(1);
  });

  it('are adjusted with a reason, downwards by what is available at most', async () => {
    const lineId = await given.line(500);
    const use = app.get(AdjustLine);
    const adjust = (fen: number, reason = '年中调整') =>
      app.as(given.officer, () => use.execute({ ...appropriation(lineId, fen), reason }));
    await adjust(100);
    await adjust(-200);
    expect(await given.balances(lineId)).toEqual({ appropriated: 400, available: 400 });
    expect(await codeOf(adjust(-401))).toBe('budgets.overspent');
    expect(await codeOf(adjust(1, '  '))).toBe('budgets.reason-required');
    expect(await codeOf(adjust(0))).toBe('budgets.amount-not-positive');
    const told = await app.sql<{ fen: number }>(
      `SELECT (payload->>'amountFen')::int AS fen FROM platform.outbox_event
       WHERE type = 'budgets.line-appropriated.v1' AND payload->>'lineId' = $1 ORDER BY xid, seq`,
      [lineId],
    );
    expect(told.map(({ fen }) => fen)).toEqual([500, 100, -200]);
  });

  it('are entered once per set of elements, in areas in force, for a buyer', async () => {
    const elements = lineElements(given.buyerId);
    const use = app.get(CreateBudgetLine);
    await app.as(given.officer, () => use.execute(elements));
    expect(await codeOf(app.as(given.officer, () => use.execute(elements)))).toBe('budgets.line-exists');
    const nowhere = app.as(given.officer, () =>
      use.execute(lineElements(given.buyerId, { areaCode: `${DEMO_DISTRICT}999` })),
    );
    expect(await codeOf(nowhere)).toMatch(/^identity\./);
    const noBuyer = app.as(given.officer, () => use.execute(lineElements(given.payeeId)));
    expect(await codeOf(noBuyer)).toBe('organizations.not-a-buyer');
  });

  it('carries over two years at most, and forward', async () => {
    const created = (carriesOverTo: number | null) =>
      app
        .as(given.officer, () =>
          app
            .get(CreateBudgetLine)
            .execute({ ...lineElements(given.buyerId, { fiscalYear: 2030 }), carriesOverTo }),
        )
        .then(
          () => 'created',
          (error: unknown) => (error as { code: string }).code,
        );
    expect(await Promise.all([null, 2031, 2032].map(created))).toEqual(['created', 'created', 'created']);
    const refused = 'budgets.carry-over-too-long';
    expect(await Promise.all([2029, 2030, 2033].map(created))).toEqual([refused, refused, refused]);
  });

  it('sets aside, commits and raises money of its own year only; what is committed is owed and paid later, too', async () => {
    const api = app.get(BudgetsApi);
    const year = fiscalYearOf(app.get<Clock>(CLOCK).now());
    const amount = Money.fen(100);
    const uses = async (fiscalYear: number, carriesOverTo: number | null) => {
      const ids = { tenderId: newId(), awardId: newId() };
      const lineId = await given.line(10_000, { fiscalYear, carriesOverTo });
      const direct = await given.line(10_000, { fiscalYear, carriesOverTo, reservationStage: 'award' });
      const codeOf = (act: () => Promise<unknown>) =>
        app.asSystem(act).then(
          () => 'done',
          (error: unknown) => (error as { code: string }).code,
        );
      return [
        await codeOf(() => api.reserve({ lineId, tenderId: ids.tenderId, amount, key: newId() })),
        await codeOf(() => api.commit({ ...ids, lineId: direct, tenderId: newId(), amount, key: newId() })),
        direct,
      ];
    };
    const refused = 'budgets.line-of-other-year';
    expect((await uses(year, null)).slice(0, 2)).toEqual(['done', 'done']);
    expect((await uses(year - 1, year)).slice(0, 2)).toEqual(['done', 'done']);
    expect((await uses(year - 1, null)).slice(0, 2)).toEqual([refused, refused]);
    expect((await uses(year + 1, null)).slice(0, 2)).toEqual([refused, refused]);
    expect((await uses(year - 2, year - 1)).slice(0, 2)).toEqual([refused, refused]);

    // The year ends after the award was committed.
    const { awardId, milestoneId, lineId } = await given.accruedMilestone(100);
    await app.sql('UPDATE budgets.budget_line SET fiscal_year = $2, carries_over_to = NULL WHERE id = $1', [
      lineId,
      year - 1,
    ]);
    await expect(
      app.asSystem(() => api.amendUp({ awardId, amount, reason: '增加', key: newId() })),
    ).rejects.toMatchObject({ code: refused });
    await expect(given.payment({ awardId, milestoneId, lineId }, 100)).resolves.toBeDefined();
  });

  it('cannot be seen, listed, entered or filled by finance of another district', async () => {
    const lineId = await given.line(500);
    const stranger = financeOfficer(ANOTHER_DISTRICT);
    const as = <T>(work: () => Promise<T>) => codeOf(app.as(stranger, work));
    expect(await as(() => app.get(BudgetLineReads).show(lineId))).toBe('platform.not-found');
    expect(await as(() => app.get(TransferReads).list(lineId, { limit: 5 }))).toBe('platform.not-found');
    expect(await as(() => app.get(AppropriateLine).execute(appropriation(lineId, 1)))).toBe(
      'platform.not-found',
    );
    expect(await as(() => app.get(CreateBudgetLine).execute(lineElements(given.buyerId)))).toBe(
      'platform.forbidden',
    );
    const list = await app.as(stranger, () => app.get(BudgetLineReads).list({ limit: 5 }));
    expect(list.items).toEqual([]);
  });

  it('are listed page by page, each once, the newest year first', async () => {
    const buyerOrganizationId = await given.organization('11');
    const ids = [];
    for (const fiscalYear of [2025, 2027, 2026, 2027, 2024]) {
      ids.push(await given.line(fiscalYear, { buyerOrganizationId, fiscalYear }));
    }
    const seen: { id: string; fiscalYear: number }[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, buyerOrganizationId, ...(cursor === undefined ? {} : { cursor }) };
      const page = await app.as(given.officer, () => app.get(BudgetLineReads).list(query));
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.map(({ fiscalYear }) => fiscalYear)).toEqual([2027, 2027, 2026, 2025, 2024]);
    expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('are listed by year, area, state and buyer, with what was appropriated and what is left of it', async () => {
    const buyerOrganizationId = await given.organization('11');
    const of = (changes: object) => given.line(500, { buyerOrganizationId, ...changes });
    const [old, street, closed] = [
      await of({ fiscalYear: 2025 }),
      await of({ areaCode: `${DEMO_DISTRICT}001` }),
      await of({}),
    ];
    await app.sql("UPDATE budgets.budget_line SET status = 'closed' WHERE id = $1", [closed]);
    await app.asSystem(() =>
      app.get(BudgetsApi).reserve({ lineId: old, tenderId: newId(), amount: Money.fen(120), key: newId() }),
    );
    const list = async (filter: object) => {
      const query = { limit: 50, buyerOrganizationId, ...filter };
      const page = await app.as(given.officer, () => app.get(BudgetLineReads).list(query));
      return page.items;
    };
    const ids = async (filter: object) => (await list(filter)).map(({ id }) => id).sort();
    expect(await ids({})).toEqual([old, street, closed].sort());
    expect(await ids({ fiscalYear: 2025 })).toEqual([old]);
    expect(await ids({ areaCode: `${DEMO_DISTRICT}001` })).toEqual([street]);
    expect(await ids({ areaCode: DEMO_DISTRICT })).toEqual([old, street, closed].sort());
    expect(await ids({ status: 'closed' })).toEqual([closed]);
    expect(await ids({ status: 'open' })).toEqual([old, street].sort());
    expect(await ids({ buyerOrganizationId: given.buyerId, status: 'closed' })).toEqual([]);
    expect(await list({ fiscalYear: 2025 })).toMatchObject([{ appropriatedFen: 500, availableFen: 380 }]);
  });

  it('show what was posted on them with actor and document, the newest first', async () => {
    const lineId = await given.line(500);
    await given.line(700);
    const [tenderId, awardId, contractId] = [newId(), newId(), newId()];
    await app.asSystem(async () => {
      const amount = Money.fen(200);
      await app.get(BudgetsApi).reserve({ lineId, tenderId, amount, key: newId() });
      await app.get(BudgetsApi).commit({ lineId, tenderId, awardId, contractId, amount, key: newId() });
    });
    const page = await app.as(given.officer, () => app.get(TransferReads).list(lineId, { limit: 5 }));
    expect(page.items).toMatchObject([
      { type: 'COMMIT', debit: 'encumbered', documentType: 'contract', documentId: contractId, awardId },
      { type: 'RESERVE', debit: 'reserved', documentType: 'tender', documentId: tenderId, tenderId },
      {
        type: 'APPROPRIATE',
        debit: 'available',
        credit: 'appropriated',
        amountFen: 500,
        actorId: given.officer.accountId,
        documentType: 'budget-document',
      },
    ]);
  });

  it('show the sum over all tenders and awards on them', async () => {
    const lineId = await given.line(500);
    for (const fen of [100, 70]) {
      await app.asSystem(() =>
        app.get(BudgetsApi).reserve({ lineId, tenderId: newId(), amount: Money.fen(fen), key: newId() }),
      );
    }
    const shown = await app.as(given.officer, () => app.get(BudgetLineReads).show(lineId));
    expect(shown.balances).toEqual({
      ...{ appropriatedFen: 500, availableFen: 330, reservedFen: 170, encumberedFen: 0, accruedFen: 0 },
      ...{ inPaymentFen: 0, paidFen: 0, carriedFen: 0, lapsedFen: 0 },
    });
  });
});
