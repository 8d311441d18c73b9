import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given, type GivenTender, type Supplier } from '../../../../test/support/given.js';

type Snapshot = Record<string, string>;

/**
 * Until opening nobody may learn who bids, or how many. Two tenders that differ in nothing but their bids must
 * look alike to everybody else: in each answer over HTTP, and in every table that the product can read.
 */
describe('the secrecy of bids', () => {
  let test: TestApp;
  let given: Given;
  let quiet: GivenTender;
  let busy: GivenTender;
  let bidders: Supplier[];
  let stranger: Supplier;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
    given = await Given.in(test);
    [quiet, busy] = [await given.publishedTender(), await given.publishedTender()];
    const suppliers = await given.suppliers(4);
    bidders = suppliers.slice(0, 3);
    stranger = suppliers[3] as Supplier;
    // What publication sets off is over before anything is compared.
    await test.settle();
  });
  afterAll(() => test.stop());

  /** Every row of every table the application role can read, as text, with the tables' own row counts. */
  async function everyTable(): Promise<Snapshot> {
    const tables = await test.sql<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
         AND has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'SELECT')
         -- When a session was last used is written whatever the person did.
         AND table_schema || '.' || table_name NOT IN ('identity.session')
       ORDER BY 1`,
    );
    const snapshot: Snapshot = {};
    for (const { name } of tables) {
      // xmin and xmax as well: a row lock would mark the row it locks.
      const rows = await test.sql<{ row: string }>(
        `SELECT t::text || ' ' || t.xmin || ' ' || t.xmax AS row FROM ${name} t ORDER BY 1`,
      );
      snapshot[name] = rows.map(({ row }) => row).join('\n');
    }
    const sequences = await test.sql<{ name: string; last: string | null }>(
      "SELECT schemaname || '.' || sequencename AS name, last_value::text AS last FROM pg_sequences ORDER BY 1",
    );
    for (const { name, last } of sequences) snapshot[`sequence ${name}`] = last ?? '';
    return snapshot;
  }

  const differences = (before: Snapshot, after: Snapshot) =>
    Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);

  async function bidActs(tenderId: string, sessions: readonly { authorization: string }[]): Promise<void> {
    for (const [at, session] of sessions.entries()) {
      const headers = { ...session, 'content-type': 'application/json' };
      const url = `${test.baseUrl}/api/v1/tenders/${tenderId}/bid`;
      const body = JSON.stringify({
        offerFen: 15_000_000 + at,
        responses: [
          { criterionId: 'plan', text: '方案' },
          { criterionId: 'team', text: '团队' },
        ],
      });
      expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
      expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
      expect((await fetch(url, { headers })).status).toBe(200);
      if (at === 2) {
        expect((await fetch(`${url}/withdraw`, { method: 'POST', headers, body: '{}' })).status).toBe(200);
      }
    }
  }

  it('leaves no trace in any table that is read without being the bidder', async () => {
    const sessions: { authorization: string }[] = [];
    for (const { admin } of bidders) sessions.push(await given.signIn(admin));
    const before = await everyTable();
    await bidActs(busy.tenderId, sessions);
    expect(differences(before, await everyTable())).toEqual([]);
    const hidden = await test.uow.run(async () => {
      await test.sql("SELECT set_config('linqiao.organization_id', $1, true)", [bidders[0]?.organizationId]);
      return test.sql('SELECT id FROM procurement.bid_receipt WHERE tender_id = $1', [busy.tenderId]);
    });
    expect(hidden).toHaveLength(2);
  });

  it('gives everybody else the same answers as for a tender without bids', async () => {
    const account = (role: Parameters<Given['official']>[0]) => given.account({ role });
    const readers = {
      anonymous: {},
      purchaser: await given.signIn(await account('purchaser')),
      approver: await given.signIn(await account('approver')),
      evaluator: await given.signIn(await account('evaluator')),
      supervisor: await given.signIn(await account('supervisor')),
      auditor: await given.signIn(await account('auditor')),
      finance: await given.signIn(await account('finance')),
      'other supplier': await given.signIn(stranger.admin),
      member: await given.signIn(await given.account()),
    };
    const bidId = '00000000-0000-7000-8000-000000000000';
    const asks: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/bids'],
      ['GET', '/bid'],
      ['GET', '/ranking'],
      ['GET', '/criteria-findings'],
      ['GET', '/score-sheet'],
      ['GET', `/bids/${bidId}/files/${bidId}`],
      ['POST', `/bids/${bidId}/qualification`, { qualified: true, reason: '试探' }],
      ['POST', '/evaluators', { accountIds: [bidId] }],
      ['POST', '/declaration', { interests: [] }],
      ['POST', '/award', { bidId }],
      ['POST', '/bid/withdraw', {}],
    ];
    for (const [reader, headers] of Object.entries(readers)) {
      for (const [method, path, body] of asks) {
        const [a, b] = await Promise.all(
          [quiet, busy].map(async (tender) => {
            const answer = await fetch(`${test.baseUrl}/api/v1/tenders/${tender.tenderId}${path}`, {
              method,
              headers: {
                ...headers,
                'idempotency-key': `same-for-both-${tender.tenderId}`,
                ...(body ? { 'content-type': 'application/json' } : {}),
              },
              ...(body ? { body: JSON.stringify(body) } : {}),
            });
            return { status: answer.status, body: alike(await answer.text(), tender) };
          }),
        );
        expect({ reader, method, path, ...b }).toEqual({ reader, method, path, ...a });
      }
    }
    const list = await fetch(`${test.baseUrl}/api/v1/tenders?areaCode=${DISTRICT}`);
    const { items } = (await list.json()) as { items: { id: string }[] };
    const [a, b] = [quiet, busy].map((tender) =>
      alike(JSON.stringify(items.find(({ id }) => id === tender.tenderId)), tender),
    );
    expect(b).toEqual(a);
  });

  it('would notice a count (the control of the test above)', async () => {
    const counted = (tender: GivenTender, bidCount: number) => alike(JSON.stringify({ bidCount }), tender);
    expect(counted(busy, 2)).not.toEqual(counted(quiet, 0));
    const before = await everyTable();
    await test.sql('UPDATE procurement.tender SET version = version + 1 WHERE id = $1', [busy.tenderId]);
    expect(differences(before, await everyTable())).toEqual(['procurement.tender']);
  });
});

/** The answer without what names the tender itself, its plan item, its moment and the request. */
function alike(text: string, tender: GivenTender): string {
  return text
    .replaceAll(tender.tenderId, 'TENDER')
    .replaceAll(tender.planItemId, 'PLAN-ITEM')
    .replace(/urn:linqiao:request:[0-9a-f-]{36}/g, 'REQUEST')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME');
}
