import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedAbove, AuditTrail, Register } from '#platform';
import { RefusalRecords } from '../../../platform/refusals/refusal-records.js';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given, type GivenTender, type Supplier } from '../../../../test/support/given.js';
import { EnvelopeStore } from './envelope-store.js';
import { tenderObject } from '../tendering/tender.object.js';
import { TenderReads } from '../tendering/tenders.read.js';

type Snapshot = Record<string, string>;
type Session = { authorization: string };

/**
 * Until opening nobody may learn who bids, or how many. Two tenders that differ in nothing but their bids must
 * look alike to everybody else: in each answer over HTTP, and in every table that the product can read.
 */
describe('the secrecy of bids', () => {
  let test: TestApp;
  let given: Given;
  let bidders: Session[];
  let firstBidder: Supplier;
  /** Everybody else, by what they are. */
  let readers: Record<string, object>;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
    given = await Given.in(test);
    const suppliers = await given.suppliers(4);
    const [first, second, third, stranger] = suppliers as [Supplier, Supplier, Supplier, Supplier];
    firstBidder = first;
    bidders = [];
    for (const { admin } of [first, second, third]) bidders.push(await given.signIn(admin));
    readers = {
      anonymous: {},
      'other supplier': await given.signIn(stranger.admin),
      member: await given.signIn(await given.account()),
    };
    for (const role of ['purchaser', 'approver', 'evaluator', 'supervisor', 'auditor', 'finance'] as const)
      readers[role] = await given.signIn(await given.account({ role }));
  });
  afterAll(() => test.stop());

  /** A published tender, and everything that its publication sets off is over. */
  const published = async (): Promise<GivenTender> => {
    const tender = await given.publishedTender();
    await test.settle();
    return tender;
  };

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

  /** Each bidder bids, bids again and looks at the bid; the last one withdraws. */
  async function bidActs(tenderId: string): Promise<void> {
    for (const [at, session] of bidders.entries()) {
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
  /** The tables in which the acts of the bidders can be seen without being one of them. */
  async function tracesOfBids(tender: GivenTender): Promise<string[]> {
    const before = await everyTable();
    await bidActs(tender.tenderId);
    return differences(before, await everyTable());
  }

  it('leaves no trace in any table that is read without being the bidder', async () => {
    const busy = await published();
    expect(await tracesOfBids(busy)).toEqual([]);
    const hidden = await test.uow.run(async () => {
      await test.sql("SELECT set_config('linqiao.organization_id', $1, true)", [firstBidder.organizationId]);
      return test.sql('SELECT id FROM procurement.bid_receipt WHERE tender_id = $1', [busy.tenderId]);
    });
    expect(hidden).toHaveLength(2);
  });

  it('is kept by refused bids as well: they leave no record of the refusal, where an award would', async () => {
    const busy = await published();
    const [session = { authorization: '' }] = bidders;
    const send = async (method: string, path: string, headers: object, body: object) => {
      const answer = await fetch(`${test.baseUrl}/api/v1/tenders/${busy.tenderId}${path}`, {
        method,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'idempotency-key': `key-${busy.tenderId}`,
        },
        body: JSON.stringify(body),
      });
      await test.get(RefusalRecords).written();
      return answer.status;
    };
    const tooDear = { offerFen: 999_999_999_999, responses: [] };
    const before = await everyTable();
    expect(await send('PUT', '/bid', session, tooDear)).toBe(422);
    expect(await send('PUT', '/bid', session, { offerFen: 'x' })).toBe(400);
    expect(await send('PUT', '/bid', readers['approver'] ?? {}, tooDear)).toBe(403);
    expect(await send('POST', '/bid/withdraw', session, {})).toBe(404);
    expect(differences(before, await everyTable())).toEqual([]);
    // Negative control: a refusal that is kept is seen.
    expect(await send('POST', '/award', session, { bidId: NO_BID })).toBe(403);
    expect(differences(before, await everyTable())).toEqual(['platform.refusal']);
  });

  it('negative control: is seen in the tables without row-level security', async () => {
    const busy = await published();
    const both = (verb: string) =>
      ['bid_envelope', 'bid_receipt']
        .map((table) => `ALTER TABLE procurement.${table} ${verb} ROW LEVEL SECURITY`)
        .join(';');
    const traces = await given.withoutGuard({ off: both('DISABLE'), on: both('ENABLE') }, () =>
      tracesOfBids(busy),
    );
    expect(traces).toEqual(['procurement.bid_envelope', 'procurement.bid_receipt']);
  });

  it('negative control: marks the tender when a bid locks its row, and the trail when it is recorded', async () => {
    const busy = await published();
    const [tenders, envelopes] = [test.get(TenderReads), test.get(EnvelopeStore)];
    const kept = { find: tenders.find.bind(tenders), seal: envelopes.seal.bind(envelopes) };
    tenders.find = (id) => test.get(Register).locked(tenderObject, id, allowedAbove);
    envelopes.seal = async (...bid) => {
      await test
        .get(AuditTrail)
        .record({ action: 'procurement.seal-bid', objectType: 'bid', objectId: bid[0].tenderId });
      return kept.seal(...bid);
    };
    try {
      expect(await tracesOfBids(busy)).toEqual(['platform.audit_entry', 'procurement.tender']);
    } finally {
      Object.assign(tenders, { find: kept.find });
      Object.assign(envelopes, { seal: kept.seal });
    }
  });

  const NO_BID = '00000000-0000-7000-8000-000000000000';
  const ASKS: readonly [method: string, path: string, body?: object][] = [
    ['GET', ''],
    ['GET', '/bids'],
    ['GET', '/bid'],
    ['GET', '/ranking'],
    ['GET', '/criteria-findings'],
    ['GET', '/score-sheet'],
    ['GET', `/bids/${NO_BID}/files/${NO_BID}`],
    ['POST', `/bids/${NO_BID}/qualification`, { qualified: true, reason: '试探' }],
    ['POST', '/evaluators', { accountIds: [NO_BID] }],
    ['POST', '/declaration', { interests: [] }],
    ['POST', '/award', { bidId: NO_BID }],
    ['POST', '/bid/withdraw', {}],
  ];

  async function answer(tender: GivenTender, headers: object, ask: (typeof ASKS)[number]) {
    const [method, path, body] = ask;
    const response = await fetch(`${test.baseUrl}/api/v1/tenders/${tender.tenderId}${path}`, {
      method,
      headers: {
        ...headers,
        'idempotency-key': `same-for-both-${tender.tenderId}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return `${response.status} ${alike(await response.text(), tender)}`;
  }

  let freshLimit = 200;
  /** The questions whose answers tell a tender with bids from one without, and to whom. */
  async function answersThatTell(quiet: GivenTender, busy: GivenTender, asks = ASKS): Promise<string[]> {
    const telling: string[] = [];
    for (const [reader, headers] of Object.entries(readers)) {
      for (const ask of asks) {
        const [a, b] = await Promise.all([quiet, busy].map((tender) => answer(tender, headers, ask)));
        if (a !== b) telling.push(`${reader}: ${ask[0]} ${ask[1]}`);
      }
    }
    // The public list may be a second old; a limit nobody asked with yet gets a fresh one.
    const list = await fetch(`${test.baseUrl}/api/v1/tenders?areaCode=${DISTRICT}&limit=${freshLimit--}`);
    const { items } = (await list.json()) as { items: { id: string }[] };
    const [a, b] = [quiet, busy].map((tender) => items.find(({ id }) => id === tender.tenderId));
    expect([a, b]).not.toContain(undefined);
    if (alike(JSON.stringify(a), quiet) !== alike(JSON.stringify(b), busy)) telling.push('the list');
    return telling;
  }

  it('gives everybody else the same answers as for a tender without bids', async () => {
    const [quiet, busy] = [await published(), await published()];
    await bidActs(busy.tenderId);
    expect(await answersThatTell(quiet, busy)).toEqual([]);
  });

  it('negative control: tells everybody who looks at the tender when the product counts sealed bids', async () => {
    const [quiet, busy] = [await published(), await published()];
    await bidActs(busy.tenderId);
    const queries = test.get(TenderReads);
    const one = queries.one.bind(queries);
    queries.one = async (tenderId) => {
      const [count] = await test.sql<{ n: number }>(
        'SELECT count(*)::int AS n FROM procurement.bid_envelope WHERE tender_id = $1',
        [tenderId],
      );
      return { ...(await one(tenderId)), bidCount: count?.n ?? 0 };
    };
    try {
      // The count by itself finds nothing: the envelopes are out of its reach.
      expect(await answersThatTell(quiet, busy, ASKS.slice(0, 2))).toEqual([]);
      const telling = await given.withoutGuard(
        {
          off: 'ALTER TABLE procurement.bid_envelope DISABLE ROW LEVEL SECURITY',
          on: 'ALTER TABLE procurement.bid_envelope ENABLE ROW LEVEL SECURITY',
        },
        () => answersThatTell(quiet, busy, ASKS.slice(0, 2)),
      );
      expect(telling.sort()).toEqual(
        Object.keys(readers)
          .map((reader) => `${reader}: GET `)
          .sort(),
      );
    } finally {
      queries.one = one;
    }
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
