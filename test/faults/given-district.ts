import { Money, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { DEMO_DISTRICT, SeedDemoAreas } from '#modules/identity';
import { BudgetsGiven } from '../../src/modules/budgets/budgets.test-support.js';
import { newSessionToken, sessionTokenHash } from '../../src/modules/identity/sessions/session-token.js';
import type { TestApp } from '../support/app.js';

export interface GivenDistrict {
  /** Accepted, owed and not yet requested; the amounts are all different. */
  readonly milestones: readonly GivenMilestone[];
  /** Whom an event concerns: in the area everybody who plans purchases, in an organization its people. */
  readonly peopleOf: {
    readonly area: readonly string[];
    readonly contract: ReadonlyMap<string, readonly string[]>;
  };
  /** Tokens of running sessions. */
  readonly sessions: { readonly finance: string; readonly inspector: string };
}
export interface GivenMilestone {
  readonly id: string;
  readonly contractId: string;
  readonly amountFen: number;
}

const SUPPLIERS = 4;
const NOW = new Date();
const AGO = new Date(NOW.getTime() - 40 * 24 * 3_600_000);
const TODAY = NOW.toISOString().slice(0, 10);
const TOMORROW = new Date(NOW.getTime() + 24 * 3_600_000).toISOString().slice(0, 10);
const CLERK = 'test:clerk';
const ACCEPTOR = newId();

/**
 * A district with contracts under way, in bulk: people, organizations, awards and contracts as rows, the
 * money through its use cases. What the test asserts happens later, in the product's own processes.
 */
export async function givenDistrict(
  app: TestApp,
  contracts: number,
  milestonesEach: number,
): Promise<GivenDistrict> {
  await app.asSystem(() => app.get(SeedDemoAreas).execute());
  const rows = new Rows(app);
  const finance = await givenSession(rows, ['finance']);
  const inspector = await givenSession(rows, ['platform-operator', 'auditor']);
  const area = await Promise.all([1, 2].map((n) => givenPerson(rows, `planner${n}`, { role: 'purchaser' })));
  const buyer = await givenOrganization(rows, 'state-organ', 1);
  const suppliers = await Promise.all(
    Array.from({ length: SUPPLIERS }, async (_, s) => {
      const id = await givenOrganization(rows, 'social-group', 2 + s);
      const place = { organization_id: id };
      const people = [
        await givenPerson(rows, `head${s}`, { role: 'organization-admin', ...place }),
        await givenPerson(rows, `staff${s}`, { role: 'organization-staff', ...place }),
      ];
      return { id, people };
    }),
  );
  const amounts = Array.from({ length: contracts * milestonesEach }, (_, i) => 100_000 + i * 7);
  const total = amounts.reduce((sum, fen) => sum + fen, 0);
  const budgets = new BudgetsGiven(app);
  const lineId = await budgets.line(total, { reservationStage: 'award', buyerOrganizationId: buyer });

  const milestones: GivenMilestone[] = [];
  const contract = new Map<string, readonly string[]>();
  for (let c = 0; c < contracts; c += 1) {
    const supplier = suppliers[c % SUPPLIERS] ?? { id: '', people: [] };
    const fen = amounts.slice(c * milestonesEach, (c + 1) * milestonesEach);
    const award = await givenAward(rows, { lineId, buyer, supplier: supplier.id, fen: sum(fen) });
    const commitmentId = await commit(app, { ...award, lineId, fen: sum(fen) });
    const signed = await givenContract(rows, { ...award, commitmentId, buyer, supplier: supplier.id, fen });
    contract.set(signed.contractId, supplier.people);
    await owe(app, { commitmentId, milestones: signed.milestones });
    milestones.push(...signed.milestones);
  }
  return { milestones, peopleOf: { area, contract }, sessions: { finance, inspector } };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Rows by column name, straight into a table; PostgreSQL reads the values from JSON. */
class Rows {
  constructor(readonly app: TestApp) {}

  async insert(table: string, ...rows: Record<string, unknown>[]): Promise<void> {
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    await this.app.sql(
      `INSERT INTO ${table} (${columns})
       SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}

async function givenPerson(
  rows: Rows,
  login: string,
  ...memberships: { role: string; organization_id?: string }[]
): Promise<string> {
  const id = newId();
  const by = { created_at: NOW, created_by: CLERK };
  await rows.insert('identity.account', {
    ...{ id, login, display_name: '测试人员', email: `${login}@example.org`, ...by },
    ...{ locale: 'zh-CN', status: 'active', version: 1 },
  });
  await rows.insert('identity.password', {
    account_id: id,
    hash: '$argon2id$nobody-signs-in',
    changed_at: NOW,
  });
  await rows.insert(
    'identity.membership',
    ...memberships.map(({ role, organization_id }) => ({
      ...{ id: newId(), account_id: id, role, organization_id: organization_id ?? null },
      area_code: organization_id === undefined ? DEMO_DISTRICT : null,
      ...{ valid_from: '2024-01-01', granted_by: CLERK, granted_at: AGO },
    })),
  );
  return id;
}

/** Somebody with these roles in the district who is signed in. @returns the token */
async function givenSession(rows: Rows, roles: string[]): Promise<string> {
  const token = newSessionToken();
  await rows.insert('identity.session', {
    id: newId(),
    account_id: await givenPerson(rows, roles.join('-'), ...roles.map((role) => ({ role }))),
    token_hash: `\\x${sessionTokenHash(token).toString('hex')}`,
    ...{ created_at: NOW, last_seen_at: NOW, expires_at: new Date(NOW.getTime() + 24 * 3_600_000) },
  });
  return token;
}

async function givenOrganization(rows: Rows, kind: string, serial: number): Promise<string> {
  const id = newId();
  await rows.insert('organizations.organization', {
    ...{ id, name: `测试机构${serial}（虚构）`, kind, subclass: 'none', purpose: '测试' },
    ...{ credit_code: `51${DEMO_DISTRICT}${String(serial).padStart(10, '0')}` },
    ...{ stage: 'registered', status: 'approved', area_code: DEMO_DISTRICT, claims_small_enterprise: false },
    ...{ registered_by: CLERK, registered_at: AGO, decided_by: 'test:official', decided_at: AGO, version: 1 },
  });
  return id;
}

async function givenAward(
  rows: Rows,
  given: { lineId: string; buyer: string; supplier: string; fen: number },
): Promise<{ awardId: string; tenderId: string }> {
  const [planItemId, tenderId, lotId, bidId, awardId] = [newId(), newId(), newId(), newId(), newId()];
  const of = { area_code: DEMO_DISTRICT, buyer_organization_id: given.buyer, budget_line_id: given.lineId };
  const what = { title: '社区服务（虚构）', service_kind: 'public-service', version: 1, created_at: AGO };
  await rows.insert('procurement.plan_item', {
    ...{
      id: planItemId,
      ...of,
      ...what,
      buyer_name: '测试采购人（虚构）',
      summary: '',
      budget_fen: given.fen,
    },
    ...{ expected_month: '2026-10', intention_published_at: AGO, state: 'tendered', created_by: CLERK },
  });
  await rows.insert('procurement.tender', {
    ...{ id: tenderId, plan_item_id: planItemId, ...of, ...what, requirement: '测试', method: 'open-tender' },
    ...{ ceiling_fen: given.fen, price_rule: {}, criteria: [], qualifications: [], tie_break: {} },
    ...{ state: 'contracted', drafted_by: CLERK, approved_by: 'test:official', published_by: CLERK },
    ...{
      published_at: AGO,
      bid_deadline: at(1),
      opened_at: at(2),
      evaluated_at: at(3),
      award_published_at: at(4),
    },
  });
  await rows.insert('procurement.lot', { id: lotId, tender_id: tenderId, number: 1, ceiling_fen: given.fen });
  const of_bid = { tender_id: tenderId, lot_id: lotId, organization_id: given.supplier };
  await rows.app.uow.run(async () => {
    await rows.insert('procurement.bid', {
      ...{ id: bidId, ...of_bid, offer_fen: given.fen, responses: {}, files: [], state: 'won' },
      ...{ decided_by: CLERK, sealed_at: AGO, version: 1 },
    });
    await rows.insert('procurement.bid_party', {
      ...{ bid_id: bidId, ...of_bid, lead: true, share_basis_points: 10_000 },
    });
  });
  await rows.insert('procurement.award', {
    ...{ id: awardId, tender_id: tenderId, lot_id: lotId, bid_id: bidId, organization_id: given.supplier },
    ...{ rank: 1, amount_fen: given.fen, ceiling_fen: given.fen },
    ...{ awarded_by: 'test:official', awarded_at: at(4) },
  });
  return { awardId, tenderId };
}

/** So many hours after the plan. */
const at = (hours: number): Date => new Date(AGO.getTime() + hours * 3_600_000);

async function givenContract(
  rows: Rows,
  given: {
    commitmentId: string;
    awardId: string;
    tenderId: string;
    buyer: string;
    supplier: string;
    fen: readonly number[];
  },
): Promise<{ contractId: string; milestones: GivenMilestone[] }> {
  const contractId = newId();
  const milestones = given.fen.map((amountFen) => ({ id: newId(), contractId, amountFen }));
  const of = milestones.map(({ id }) => ({ milestone_id: id, delivery_id: newId() }));
  await rows.app.uow.run(async () => {
    await rows.insert('contracts.contract', {
      ...{ id: contractId, commitment_id: given.commitmentId, award_id: given.awardId },
      ...{ tender_id: given.tenderId, area_code: DEMO_DISTRICT },
      ...{
        buyer_organization_id: given.buyer,
        supplier_organization_id: given.supplier,
        title: '社区服务（虚构）',
      },
      ...{ service_kind: 'public-service', amount_fen: sum(given.fen), starts_on: TODAY, ends_on: TOMORROW },
      ...{ multi_year_conditions_met: false, texts: {}, state: 'active', version: 1, created_at: AGO },
    });
    await rows.insert(
      'contracts.contract_party',
      ...Object.entries({ buyer: given.buyer, supplier: given.supplier }).map(([role, organization_id]) => ({
        ...{ contract_id: contractId, organization_id, role, lead: true, share_basis_points: 10_000 },
      })),
    );
    await rows.insert('projects.project', {
      ...{ id: newId(), contract_id: contractId, organization_id: given.supplier, area_code: DEMO_DISTRICT },
      ...{ title: '社区服务（虚构）', description: '', state: 'active', starts_on: TODAY, ends_on: TOMORROW },
      ...{ version: 1, created_at: AGO },
    });
    await rows.insert(
      'contracts.milestone',
      ...milestones.map(({ id, amountFen }, m) => ({
        ...{ id, contract_id: contractId, position: m + 1, title: '阶段', amount_fen: amountFen },
        ...{ state: 'accepted', accepted_by: ACCEPTOR, version: 1 },
      })),
    );
    await rows.insert(
      'contracts.signature',
      ...Object.entries({ buyer: given.buyer, supplier: given.supplier }).map(([side, organization_id]) => ({
        ...{
          contract_id: contractId,
          organization_id,
          side,
          account_id: `test:${side}`,
          signed_at: AGO,
          terms_hash: '0'.repeat(64),
        },
      })),
    );
    await rows.insert(
      'contracts.delivery',
      ...of.map(({ milestone_id, delivery_id }) => ({
        ...{ id: delivery_id, milestone_id, note: '测试', delivered_by: CLERK, delivered_at: AGO },
      })),
    );
    await rows.insert(
      'contracts.acceptance',
      ...of.map((delivery) => ({
        ...{ id: newId(), ...delivery, outcome: 'accepted', note: '', opinions: [] },
        ...{ decided_by: ACCEPTOR, decided_at: AGO },
      })),
    );
  });
  return { contractId, milestones };
}

/** What awarding does to the money. */
async function commit(
  app: TestApp,
  given: { awardId: string; tenderId: string; lineId: string; fen: number },
): Promise<string> {
  const api = app.get(BudgetsApi);
  const { fen, ...award } = given;
  return app.asSystem(async () => {
    await api.commit({ ...award, amount: Money.fen(fen), key: `commit-${award.awardId}` });
    return api.commitmentOf(award);
  });
}

/** What accepting does to the money. */
async function owe(
  app: TestApp,
  { commitmentId, milestones }: { commitmentId: string; milestones: readonly GivenMilestone[] },
): Promise<void> {
  const api = app.get(BudgetsApi);
  await app.asSystem(async () => {
    for (const { id, amountFen } of milestones) {
      await api.accrue({ commitmentId, milestoneId: id, amount: Money.fen(amountFen), key: `accrue-${id}` });
    }
  });
}
