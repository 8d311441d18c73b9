import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { type Account, Given } from '../../../test/support/given.js';

const FILE = {
  title: '独居老人探访服务',
  requirement: '每周入户两次。',
  ceilingFen: 20_000_000,
  priceRule: { kind: 'lowest-qualified-offer', weight: '20' },
  criteria: [
    {
      id: 'plan',
      name: '服务方案',
      max: '80',
      bands: [{ from: '0', to: '80', indicator: '每覆盖一项采购需求得八分' }],
      evidence: 'service-plan',
    },
  ],
  qualifications: ['具有独立承担民事责任的能力'],
};

/** The whole way over HTTP: shapes at the edge, headers, and that each route reaches its use case. */
describe('a tender over HTTP', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  type Call = (
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; body: Record<string, unknown> & unknown[] }>;

  async function signedIn(account: Account | undefined): Promise<Call> {
    const session = account ? await given.signIn(account) : {};
    return async (method, path, body, headers = {}) => {
      const answer = await fetch(`${test.baseUrl}/api/v1${path}`, {
        method,
        headers: {
          ...session,
          ...headers,
          'idempotency-key': newId(),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, body: JSON.parse(text === '' ? '{}' : text) as never };
    };
  }

  it('goes from the plan to the award, and anybody can follow the result', async () => {
    const purchaser = await signedIn(await given.account({ role: 'purchaser' }));
    const approver = await signedIn(await given.account({ role: 'approver' }));
    const awarder = await signedIn(await given.account({ role: 'approver' }));
    const anybody = await signedIn(undefined);
    const member = await signedIn(await given.account());
    const suppliers = await given.suppliers(3);
    const bidders = await Promise.all(suppliers.map(({ admin }) => signedIn(admin)));
    const evaluators = await given.evaluators();
    const judges = await Promise.all(evaluators.map((account) => signedIn(account)));

    const item = await purchaser('POST', '/plan-items', {
      areaCode: '999901',
      buyerName: '测试街道办事处',
      title: FILE.title,
      summary: '',
      serviceKind: 'public-service',
      budgetFen: FILE.ceilingFen,
      expectedMonth: '2026-12',
    });
    expect(item).toMatchObject({ status: 201, body: { state: 'draft' } });
    const planItemId = String(item.body['id']);
    const step = (name: string, body: object) => purchaser('POST', `/plan-items/${planItemId}/${name}`, body);
    const budgetLineId = await given.budgetLine();
    const buyerOrganizationId = await given.buyer();
    expect((await step('assign-budget', { budgetLineId, buyerOrganizationId })).body).toMatchObject({
      state: 'budgeted',
    });
    expect((await step('publish-intention', {})).body).toMatchObject({ state: 'intention-published' });
    const asked = { channel: '公告', beganOn: '2026-01-05', endedOn: '2026-01-12', summary: '支持' };
    expect((await step('record-opinion', { ...asked, kind: 'public-opinion', commentCount: 0 })).status).toBe(
      200,
    );
    const survey = { ...asked, kind: 'need-survey', commentCount: 3, respondents: ['甲', '乙', '丙'] };
    expect((await step('record-opinion', survey)).status).toBe(200);
    expect((await step('ready', {})).body).toMatchObject({ code: 'procurement.intention-too-recent' });
    expect((await step('ready', { exemptionReason: '测试豁免理由' })).body).toMatchObject({ state: 'ready' });

    const drafted = await purchaser('POST', '/tenders', { ...FILE, planItemId });
    expect(drafted).toMatchObject({
      status: 201,
      body: { state: 'draft', method: 'competitive-consultation', verdict: { publishable: true } },
    });
    const tender = `/tenders/${String(drafted.body['id'])}`;
    expect((await purchaser('PUT', tender, { ...FILE, title: '改名' })).body).toMatchObject({
      code: 'platform.version-required',
    });
    const edited = await purchaser('PUT', tender, FILE, { 'if-match': '"1"' });
    expect(edited).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await purchaser('GET', `${tender}/criteria-findings`)).body).toMatchObject({ publishable: true });
    expect(
      (await approver('POST', `${tender}/approve`, undefined, { 'if-match': '"2"' })).body,
    ).toMatchObject({
      state: 'approved',
    });
    const bidDeadline = new Date(Date.now() + 3_600_000).toISOString();
    const notice = { noticeUrl: 'https://example.invalid/notice', noticePublishedAt: '2026-01-05T00:00:00Z' };
    expect(
      await purchaser('POST', `${tender}/publish`, { bidDeadline, ...notice }, { 'if-match': '"3"' }),
    ).toMatchObject({ status: 200, body: { state: 'published' } });
    expect((await anybody('GET', tender)).body).toMatchObject({
      noticeUrl: notice.noticeUrl,
      bidCount: null,
    });

    for (const [at, bidder] of bidders.entries()) {
      const bid = {
        offerFen: 18_000_000 - at * 1_000_000,
        responses: [{ criterionId: 'plan', text: '方案' }],
      };
      expect((await bidder('PUT', `${tender}/bid`, bid)).body).toMatchObject({
        action: 'sealed',
        revision: 1,
      });
      expect((await bidder('GET', `${tender}/bid`)).body).toMatchObject({ offerFen: bid.offerFen });
    }
    expect((await purchaser('GET', `${tender}/bids`)).body).toMatchObject({
      code: 'procurement.bids-sealed',
    });
    await given.deadlinePasses([String(drafted.body['id'])]);
    await test.settle();

    const accountIds = evaluators.map(({ accountId }) => accountId);
    expect((await purchaser('POST', `${tender}/evaluators`, { accountIds })).body).toEqual({
      evaluatorCount: 3,
    });
    const opened = (await purchaser('GET', `${tender}/bids`)).body as unknown as { id: string }[];
    expect(opened).toHaveLength(3);
    for (const { id } of opened) {
      const decision = { qualified: true, reason: '符合要求' };
      expect((await purchaser('POST', `${tender}/bids/${id}/qualification`, decision)).status).toBe(200);
    }
    for (const judge of judges) {
      expect((await judge('POST', `${tender}/declaration`, { interests: [] })).body).toEqual({
        cleared: true,
      });
      const bids = opened.map(({ id }, at) => ({
        bidId: id,
        points: [{ criterionId: 'plan', points: String(70 - at * 10) }],
      }));
      expect((await judge('PUT', `${tender}/score-sheet`, { bids })).status).toBe(204);
      expect((await judge('GET', `${tender}/score-sheet`)).body).toMatchObject({ bids, signedAt: null });
      expect((await judge('POST', `${tender}/score-sheet/sign`, {})).status).toBe(200);
    }
    expect((await anybody('GET', `${tender}/ranking`)).status).toBe(404);
    const [first] = opened;
    const award = await awarder('POST', `${tender}/award`, {
      bidId: first?.id,
      noticeUrl: 'https://example.invalid/r',
    });
    expect(award).toMatchObject({ status: 200, body: { bidId: first?.id, amountFen: 18_000_000 } });
    const ranking = await anybody('GET', `${tender}/ranking`);
    expect(ranking.body['ranking']).toMatchObject([
      { rank: 1, bidId: first?.id, contractPriceFen: 18_000_000 },
      { rank: 2 },
      { rank: 3 },
    ]);
    // Anonymous readers get what may be a second old; whoever is signed in sees the present.
    expect((await member('GET', tender)).body).toMatchObject({
      state: 'awarded',
      bidCount: 3,
      award: { amountFen: 18_000_000, rank: 1 },
    });
  });

  it('refuses wrong shapes by field, and people without the permission', async () => {
    const purchaser = await signedIn(await given.account({ role: 'purchaser' }));
    const member = await signedIn(await given.account());
    const { planItemId } = await given.readyPlanItem();
    const wrong = await purchaser('POST', '/tenders', {
      ...FILE,
      planItemId,
      ceilingFen: 1.5,
      criteria: [{ ...FILE.criteria[0], max: 'many', surprise: true }],
    });
    expect(wrong.status).toBe(400);
    const fields = wrong.body['errors'] as { pointer: string }[];
    expect(fields.map(({ pointer }) => pointer).sort()).toEqual([
      '/ceilingFen',
      '/criteria/0/max',
      '/criteria/0/surprise',
    ]);
    expect((await member('POST', '/tenders', { ...FILE, planItemId })).status).toBe(403);
    // A notice is an address and a time, or nothing.
    const approved = await given.approvedTender();
    const bidDeadline = new Date(Date.now() + 3_600_000).toISOString();
    for (const half of [{ noticeUrl: 'https://example.invalid/n' }, { noticePublishedAt: bidDeadline }]) {
      const headers = { 'if-match': `"${approved.version}"` };
      const path = `/tenders/${approved.tenderId}/publish`;
      expect((await purchaser('POST', path, { bidDeadline, ...half }, headers)).status).toBe(400);
    }
    expect((await member('GET', '/tenders?stage=drafts')).body).toMatchObject({ items: [] });
    expect((await member('GET', '/tenders?limit=0')).status).toBe(400);
    expect((await member('GET', '/tenders?cursor=nonsense')).body).toMatchObject({
      code: 'platform.cursor-invalid',
    });
  });
});
