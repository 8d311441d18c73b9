import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { DEMO_DISTRICT, IdentityApi } from '#modules/identity';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { BudgetsGiven } from './budgets.test-support.js';
import { lineElements } from './lines/lines.given.js';

const PASSWORD = 'a bridge of stones 7';

let app: TestApp;
let given: BudgetsGiven;
let finance: string;
let auditor: string;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}
async function send(
  method: string,
  path: string,
  token: string,
  body?: object,
  key?: string,
): Promise<Answer> {
  const response = await fetch(`${app.baseUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
}
async function signIn(role: 'finance' | 'auditor'): Promise<string> {
  const identity = app.get(IdentityApi);
  const login = `${role}-${newId().slice(-6)}`;
  await app.asSystem(async () => {
    const accountId = await identity.createAccount({ login, displayName: '测试人员', password: PASSWORD });
    await identity.grantRole({ accountId, role, areaCode: DEMO_DISTRICT });
  });
  const { body } = await send('POST', '/sessions', '', { login, password: PASSWORD, deliver: 'bearer' });
  return String(body['token']);
}

beforeAll(async () => {
  app = await startTestApp({ http: true });
  given = new BudgetsGiven(app);
  await given.district();
  finance = await signIn('finance');
  auditor = await signIn('auditor');
});
afterAll(() => app.stop());

describe('budgets over HTTP', () => {
  let lineId: string;
  beforeEach(async () => {
    lineId = await given.line(1_205_000);
  });

  it('enters a line and puts money on it, once per key', async () => {
    const created = await send('POST', '/budget-lines', finance, lineElements(given.buyerId), newId());
    expect(created.status).toBe(201);
    const createdId = String(created.body['id']);
    const key = newId();
    const money = { amountFen: 1_205_000, documentNumber: '示例财预〔2026〕4号' };
    const first = await send('POST', `/budget-lines/${createdId}/appropriate`, finance, money, key);
    const again = await send('POST', `/budget-lines/${createdId}/appropriate`, finance, money, key);
    expect(first).toMatchObject({
      status: 200,
      body: { balances: { availableFen: 1_205_000, reservedFen: 0 } },
    });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await send(
      'POST',
      `/budget-lines/${createdId}/appropriate`,
      finance,
      { ...money, amountFen: 1 },
      key,
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'platform.idempotency-key-reused' } });
  });

  it('keeps the keys of two officers apart, and writes down by which permission each acted', async () => {
    const line = await given.line(0);
    const other = await signIn('finance');
    const [key, money] = [newId(), { amountFen: 500, documentNumber: '示例财预〔2026〕7号' }];
    for (const token of [finance, other, finance]) {
      const answer = await send('POST', `/budget-lines/${line}/appropriate`, token, money, key);
      expect(answer.status).toBe(200);
    }
    expect(await given.balances(line)).toEqual({ appropriated: 1_000, available: 1_000 });
    const postings = await app.sql<{ permission: string; actor_id: string; request_id: string }>(
      `SELECT DISTINCT p.permission, p.actor_id, p.request_id FROM budgets.posting p
       JOIN budgets.transfer t ON t.posting_id = p.id WHERE t.line_id = $1`,
      [line],
    );
    expect(postings).toHaveLength(2);
    expect(new Set(postings.map(({ permission }) => permission))).toEqual(new Set(['budgets:appropriate']));
    expect(new Set(postings.map(({ actor_id }) => actor_id)).size).toBe(2);
    expect(postings.every(({ request_id }) => request_id.length > 8)).toBe(true);
  });

  it('refuses to take back more than is available, and says how much is missing', async () => {
    const adjustment = { amountFen: -1_205_001, documentNumber: '示例财调〔2026〕1号', reason: '年中调整' };
    const answer = await send('POST', `/budget-lines/${lineId}/adjust`, finance, adjustment, newId());
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'budgets.overspent', details: { account: 'available', missingFen: 1 } },
    });
  });

  it('names each wrong field', async () => {
    const elements = {
      ...lineElements(given.buyerId),
      functionalClass: '20802',
      fundNature: 'gift',
      amountFen: 5,
    };
    const answer = await send('POST', '/budget-lines', finance, elements, newId());
    const errors = answer.body['errors'] as { pointer: string }[];
    expect(answer.status).toBe(400);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/amountFen', '/fundNature']);
  });

  it('lets an auditor read everything and change nothing', async () => {
    for (const path of [
      '/budget-lines?fiscalYear=2026',
      `/budget-lines/${lineId}`,
      `/budget-lines/${lineId}/transfers?limit=1`,
      '/payments?late=true',
      '/payment-exceptions',
    ]) {
      expect({ path, status: (await send('GET', path, auditor)).status }).toEqual({ path, status: 200 });
    }
    const money = { amountFen: 1, documentNumber: '示例财预〔2026〕5号' };
    for (const [path, body] of [
      ['/budget-lines', lineElements(given.buyerId)],
      [`/budget-lines/${lineId}/appropriate`, money],
      [`/budget-lines/${lineId}/adjust`, { ...money, reason: '调整' }],
      [`/payments/${newId()}/retry`, {}],
    ] as const) {
      expect({ path, status: (await send('POST', path, auditor, body, newId())).status }).toEqual({
        path,
        status: 403,
      });
    }
  });

  it('shows a settled payment with its voucher', async () => {
    const milestone = await given.accruedMilestone(700);
    const paymentId = await given.payment(milestone, 700);
    await app.settle();
    const { body } = await send('GET', `/payments/${paymentId}`, finance);
    expect(body).toMatchObject({
      state: 'settled',
      amountFen: 700,
      daysLate: 0,
      attempts: [{ state: 'paid' }],
    });
    const list = await send('GET', '/payments?state=settled', finance);
    expect(list.body).toMatchObject({
      items: [{ id: paymentId, voucherNumber: body['voucherNumber'] }],
      nextCursor: null,
    });
    const retry = await send('POST', `/payments/${paymentId}/retry`, finance, undefined, newId());
    expect(retry).toMatchObject({ status: 409, body: { code: 'state.wrong-state' } });
  });
});
