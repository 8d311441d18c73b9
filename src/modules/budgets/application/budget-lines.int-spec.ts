import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import {
  ANOTHER_DISTRICT,
  BudgetsGiven,
  codeOf,
  DEMO_DISTRICT,
  financeOfficer,
  lineElements,
} from '../budgets.test-support.js';
import { AppropriateLine } from './appropriate-line.js';
import { CreateBudgetLine } from './create-budget-line.js';
import { ListBudgetLines } from './list-budget-lines.query.js';
import { ListTransfers } from './list-transfers.query.js';
import { ShowBudgetLine } from './show-budget-line.query.js';

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

describe('budget lines', () => {
  it('hold no money until it is appropriated, then all of it is available', async () => {
    const lineId = await given.line(0);
    expect(await given.balances(lineId)).toEqual({});
    await app.as(given.officer, () => app.get(AppropriateLine).execute(appropriation(lineId, 500)));
    expect(await given.balances(lineId)).toEqual({ appropriated: 500, available: 500 });
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
    const use = app.get(AppropriateLine);
    const adjust = (fen: number, reason = '年中调整') =>
      app.as(given.officer, () => use.adjust({ ...appropriation(lineId, fen), reason }));
    await adjust(100);
    await adjust(-200);
    expect(await given.balances(lineId)).toEqual({ appropriated: 400, available: 400 });
    expect(await codeOf(adjust(-401))).toBe('budgets.overspent');
    expect(await codeOf(adjust(1, '  '))).toBe('budgets.reason-required');
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

  it('cannot be seen, listed, entered or filled by finance of another district', async () => {
    const lineId = await given.line(500);
    const stranger = financeOfficer(ANOTHER_DISTRICT);
    const as = <T>(work: () => Promise<T>) => codeOf(app.as(stranger, work));
    expect(await as(() => app.get(ShowBudgetLine).execute(lineId))).toBe('platform.not-found');
    expect(await as(() => app.get(ListTransfers).execute(lineId, { limit: 5 }))).toBe('platform.not-found');
    expect(await as(() => app.get(AppropriateLine).execute(appropriation(lineId, 1)))).toBe(
      'platform.not-found',
    );
    expect(await as(() => app.get(CreateBudgetLine).execute(lineElements(given.buyerId)))).toBe(
      'platform.forbidden',
    );
    const list = await app.as(stranger, () => app.get(ListBudgetLines).execute({ limit: 5 }));
    expect(list.items).toEqual([]);
  });

  it('are listed page by page, each once', async () => {
    const buyerOrganizationId = await given.organization('11');
    const ids = [];
    for (let i = 0; i < 5; i += 1) ids.push(await given.line(i + 1, { buyerOrganizationId }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, buyerOrganizationId, ...(cursor === undefined ? {} : { cursor }) };
      const page = await app.as(given.officer, () => app.get(ListBudgetLines).execute(query));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(ids.sort());
  });

  it('show what was posted with actor and document, the newest first', async () => {
    const lineId = await given.line(500);
    const page = await app.as(given.officer, () => app.get(ListTransfers).execute(lineId, { limit: 5 }));
    expect(page.items).toMatchObject([
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
});
