import pg from 'pg';
import { creditCodeCheckCharacter, Money, newId } from '#libs/kernel';
import { IdentityApi, SeedDemoAreas } from '#modules/identity';
import { type AreaRole, type Membership, type OrganizationRole } from '#platform';
import { AppropriateLine } from '../../src/modules/budgets/application/appropriate-line.js';
import { CreateBudgetLine } from '../../src/modules/budgets/application/create-budget-line.js';
import { ApproveOrganization } from '../../src/modules/organizations/application/approve-organization.js';
import { RegisterOrganization } from '../../src/modules/organizations/application/register-organization.js';
import { AppointEvaluators } from '../../src/modules/procurement/application/appoint-evaluators.js';
import { ApproveTender } from '../../src/modules/procurement/application/approve-tender.js';
import { AssignBudget } from '../../src/modules/procurement/application/assign-budget.js';
import { type Award, AwardTender } from '../../src/modules/procurement/application/award-tender.js';
import { CreatePlanItem } from '../../src/modules/procurement/application/create-plan-item.js';
import { DecideQualification } from '../../src/modules/procurement/application/decide-qualification.js';
import { DeclareInterests } from '../../src/modules/procurement/application/declare-interests.js';
import { DraftTender, type TenderFile } from '../../src/modules/procurement/application/draft-tender.js';
import type { Receipt } from '../../src/modules/procurement/application/envelope-store.js';
import { MakePlanItemReady } from '../../src/modules/procurement/application/make-plan-item-ready.js';
import { PublishIntention } from '../../src/modules/procurement/application/publish-intention.js';
import { PublishTender } from '../../src/modules/procurement/application/publish-tender.js';
import { RecordOpinion } from '../../src/modules/procurement/application/record-opinion.js';
import { SaveScoreSheet } from '../../src/modules/procurement/application/save-score-sheet.js';
import { SignScoreSheet } from '../../src/modules/procurement/application/sign-score-sheet.js';
import { SubmitBid } from '../../src/modules/procurement/application/submit-bid.js';
import type { TestApp } from './app.js';

/** Somebody who acts in a test; `test.as(person, …)` acts as them. */
export interface Person {
  readonly accountId: string;
  readonly memberships: readonly Membership[];
}
export interface Account extends Person {
  readonly login: string;
  readonly password: string;
}
export interface Supplier {
  readonly organizationId: string;
  readonly admin: Account;
}
export interface GivenTender {
  readonly tenderId: string;
  readonly planItemId: string;
  readonly lineId: string;
  readonly version: number;
}
export interface OpenedTender extends GivenTender {
  /** In the order of the offers. */
  readonly bids: readonly {
    readonly bidId: string;
    readonly supplier: Supplier;
    readonly offerFen: number;
  }[];
}

export interface OpenedOptions {
  readonly lineId?: string;
  readonly file?: Partial<TenderFile>;
  readonly offersFen?: readonly number[];
}

/** The fictional district of the demonstration; every test of the modules above identity happens there. */
export const DISTRICT = '999901';
const PASSWORD = 'a long phrase for tests';
const CEILING_FEN = 20_000_000;

/**
 * What a test starts from, made through the use cases themselves, so that nothing is given that the product
 * could not have made. Cheap things are made once per `Given` and shared; ask for your own where they matter.
 */
export class Given {
  readonly purchaser = this.official('purchaser');
  readonly approver = this.official('approver');
  /** Another approving officer: awards and approvals by different hands. */
  readonly awarder = this.official('approver');
  readonly finance = this.official('finance');
  readonly civilAffairs = this.official('civil-affairs');
  private shared: {
    buyer?: Promise<string>;
    suppliers: Promise<Supplier>[];
    evaluators: Promise<Account>[];
  } = {
    suppliers: [],
    evaluators: [],
  };
  private counter = 0;

  private constructor(private readonly test: TestApp) {}

  /** The district with its streets, and the figures that its finance bureau would enter. */
  static async in(test: TestApp): Promise<Given> {
    await test.asSystem(() => test.get(SeedDemoAreas).execute());
    const given = new Given(test);
    await given.figure('procurement.public-tender-threshold-fen', 400_000_000);
    await given.figure('procurement.consultation-min-days', 0);
    return given;
  }

  /** A figure of the district, as its bureau would enter it. */
  async figure(code: string, value: number, areaCode = DISTRICT): Promise<void> {
    await this.test.sql(
      `INSERT INTO platform.figure (code, area_code, validity, value, unit, source, grade)
       VALUES ($1, $2, '[2020-01-01,)', $3, 'test', 'made up for a test', 'demo')`,
      [code, areaCode, value],
    );
  }

  /** An official without an account: enough for everything that does not look the person up. */
  official(role: AreaRole, areaCode = DISTRICT): Person {
    return { accountId: newId(), memberships: [{ role, areaCode }] };
  }

  /** A person with an account who can sign in, and roles in areas that are really granted. */
  async account(...roles: { role: AreaRole; areaCode?: string }[]): Promise<Account> {
    const identity = this.test.get(IdentityApi);
    const login = `person-${newId()}`;
    const accountId = await this.test.asSystem(() =>
      identity.createAccount({ login, displayName: `测试人员${this.next()}`, password: PASSWORD }),
    );
    const memberships = roles.map(({ role, areaCode = DISTRICT }) => ({ role, areaCode }));
    for (const membership of memberships) {
      await this.test.asSystem(() => identity.grantRole({ accountId, ...membership }));
    }
    return { accountId, memberships, login, password: PASSWORD };
  }

  /** A member of an organization who can sign in. */
  async member(organizationId: string, role: OrganizationRole = 'organization-staff'): Promise<Account> {
    const account = await this.account();
    await this.join(account.accountId, organizationId, role);
    return { ...account, memberships: [{ role, organizationId }] };
  }

  async join(
    accountId: string,
    organizationId: string,
    role: OrganizationRole = 'organization-staff',
  ): Promise<void> {
    const identity = this.test.get(IdentityApi);
    await this.test.asSystem(() => identity.grantRole({ accountId, role, organizationId }));
  }

  /** The buyer shared by the tenders of this `Given`. @returns its organization id */
  buyer(): Promise<string> {
    this.shared.buyer ??= this.test.as(this.approver, () =>
      this.test.get(RegisterOrganization).execute({
        name: '测试街道办事处',
        creditCode: this.creditCode('11'),
        areaCode: DISTRICT,
        purpose: '测试用采购人',
        claimsSmallEnterprise: false,
      }),
    );
    return this.shared.buyer;
  }

  /** A registered and approved social organization with its administrator. */
  async approvedSupplier(
    options: { name?: string; kind?: '52' | '91'; claimsSmallEnterprise?: boolean } = {},
  ): Promise<Supplier> {
    const admin = await this.account();
    const organizationId = await this.test.as(admin, () =>
      this.test.get(RegisterOrganization).execute({
        name: options.name ?? `测试服务机构${this.next()}`,
        creditCode: this.creditCode(options.kind ?? '52'),
        areaCode: DISTRICT,
        purpose: '测试用供应商',
        claimsSmallEnterprise: options.claimsSmallEnterprise ?? false,
      }),
    );
    await this.test.as(this.civilAffairs, () =>
      this.test.get(ApproveOrganization).execute({ organizationId }),
    );
    return {
      organizationId,
      admin: { ...admin, memberships: [{ role: 'organization-admin', organizationId }] },
    };
  }

  /** So many suppliers, the same ones each time. */
  suppliers(count: number): Promise<Supplier[]> {
    while (this.shared.suppliers.length < count) this.shared.suppliers.push(this.approvedSupplier());
    return Promise.all(this.shared.suppliers.slice(0, count));
  }

  evaluators(count = 3): Promise<Account[]> {
    while (this.shared.evaluators.length < count)
      this.shared.evaluators.push(this.account({ role: 'evaluator' }));
    return Promise.all(this.shared.evaluators.slice(0, count));
  }

  /** A budget line of the shared buyer with money on it. @returns its id */
  async budgetLine(
    options: { amountFen?: number; reservationStage?: 'publication' | 'award' } = {},
  ): Promise<string> {
    const number = this.next();
    const buyerOrganizationId = await this.buyer();
    const lineId = await this.test.as(this.finance, () =>
      this.test.get(CreateBudgetLine).execute({
        fiscalYear: 2026,
        areaCode: DISTRICT,
        documentNumber: `测财预〔2026〕${number}号`,
        projectCode: `P${number}`,
        name: `测试预算指标${number}`,
        buyerOrganizationId,
        unitCode: '999001',
        fundNature: 'general-public-budget',
        functionalClass: '2080299',
        governmentEconomicClass: '50205',
        departmentEconomicClass: '30227',
        source: 'annual-budget',
        isGovernmentProcurement: true,
        paymentMethod: 'treasury-direct',
        reservationStage: options.reservationStage ?? 'publication',
      }),
    );
    await this.test.as(this.finance, () =>
      this.test.get(AppropriateLine).execute({
        lineId,
        amount: Money.fen(options.amountFen ?? 1_000_000_000),
        documentNumber: `测财预〔2026〕${number}号`,
        key: `given-${lineId}`,
      }),
    );
    return lineId;
  }

  /** A plan item that has passed every gate. */
  async readyPlanItem(
    options: { lineId?: string; budgetFen?: number } = {},
  ): Promise<{ planItemId: string; lineId: string }> {
    const lineId = options.lineId ?? (await this.budgetLine());
    const buyerOrganizationId = await this.buyer();
    const planItemId = await this.test.as(this.purchaser, async () => {
      const { id } = await this.test.get(CreatePlanItem).execute({
        areaCode: DISTRICT,
        buyerName: '测试街道办事处',
        title: `测试服务项目${this.next()}`,
        summary: '测试',
        serviceKind: 'public-service',
        budget: Money.fen(options.budgetFen ?? CEILING_FEN),
        expectedMonth: '2026-12',
      });
      await this.test.get(AssignBudget).execute(id, { budgetLineId: lineId, buyerOrganizationId });
      await this.test.get(PublishIntention).execute(id);
      await this.recordOpinions(id);
      await this.test.get(MakePlanItemReady).execute(id, { exemptionReason: '测试中不等待公开期' });
      return id;
    });
    return { planItemId, lineId };
  }

  /** Both opinions that a public service needs; call it as a purchaser. */
  async recordOpinions(planItemId: string): Promise<void> {
    const asked = {
      channel: '公告',
      beganOn: '2026-01-05',
      endedOn: '2026-01-12',
      summary: '同意',
      reply: '已采纳',
    };
    const record = this.test.get(RecordOpinion);
    await record.execute(planItemId, { ...asked, kind: 'public-opinion', commentCount: 2, respondents: [] });
    await record.execute(planItemId, {
      ...asked,
      kind: 'need-survey',
      commentCount: 3,
      respondents: ['测试机构甲', '测试机构乙', '测试机构丙'],
    });
  }

  async draftedTender(options: { lineId?: string; file?: Partial<TenderFile> } = {}): Promise<GivenTender> {
    const budgetFen = options.file?.ceiling?.toFen();
    const { planItemId, lineId } = await this.readyPlanItem({
      ...(options.lineId === undefined ? {} : { lineId: options.lineId }),
      ...(budgetFen === undefined ? {} : { budgetFen }),
    });
    const { tender } = await this.test.as(this.purchaser, () =>
      this.test.get(DraftTender).execute(planItemId, tenderFile(options.file)),
    );
    return { tenderId: tender.id, planItemId, lineId, version: tender.version };
  }

  async approvedTender(options: { lineId?: string; file?: Partial<TenderFile> } = {}): Promise<GivenTender> {
    const drafted = await this.draftedTender(options);
    const { version } = await this.test.as(this.approver, () =>
      this.test.get(ApproveTender).execute(drafted.tenderId, drafted.version),
    );
    return { ...drafted, version };
  }

  /** @param options.bidDeadline real time: the database's clock judges it */
  async publishedTender(
    options: { lineId?: string; file?: Partial<TenderFile>; bidDeadline?: Date } = {},
  ): Promise<GivenTender> {
    const approved = await this.approvedTender(options);
    return this.published(approved, options.bidDeadline ?? new Date(Date.now() + 3_600_000));
  }

  async published(tender: GivenTender, bidDeadline: Date): Promise<GivenTender> {
    const { version } = await this.test.as(this.purchaser, () =>
      this.test.get(PublishTender).execute(tender.tenderId, tender.version, { bidDeadline }),
    );
    return { ...tender, version };
  }

  /** Hands in a bid. */
  bid(tenderId: string, supplier: Supplier, offerFen: number): Promise<Receipt> {
    return this.test.as(supplier.admin, () =>
      this.test.get(SubmitBid).execute(tenderId, {
        offer: Money.fen(offerFen),
        responses: { plan: '服务方案', team: '团队情况' },
        fileIds: [],
      }),
    );
  }

  /** Published, bid for by one supplier per offer, closed at its deadline and opened. */
  async openedTender(options: OpenedOptions = {}): Promise<OpenedTender> {
    const [tender] = await this.openedTenders(1, options);
    if (!tender) throw new Error('One tender was asked for');
    return tender;
  }

  async openedTenders(count: number, options: OpenedOptions = {}): Promise<OpenedTender[]> {
    const offersFen = options.offersFen ?? [18_000_000, 17_000_000, 16_000_000];
    const suppliers = await this.suppliers(offersFen.length);
    const opened = await inGroups(count, async () => {
      const tender = await this.publishedTender(options);
      const bids: { bidId: string; supplier: Supplier; offerFen: number }[] = [];
      for (const [at, offerFen] of offersFen.entries()) {
        const supplier = suppliers[at] as Supplier;
        const { bidId } = await this.bid(tender.tenderId, supplier, offerFen);
        bids.push({ bidId, supplier, offerFen });
      }
      return { ...tender, bids };
    });
    await this.deadlinePasses(opened.map(({ tenderId }) => tenderId));
    await this.test.settle();
    return opened;
  }

  /**
   * As if two hours had gone by for these tenders: publication and deadline move into the past, past every
   * guard. What is due then has not happened yet; `test.settle()` does it.
   */
  async deadlinePasses(tenderIds: readonly string[]): Promise<void> {
    await this.asDatabaseAdministrator(
      `SET LOCAL session_replication_role = replica;
       UPDATE procurement.tender SET published_at = published_at - interval '2 hours',
         bid_deadline = LEAST(bid_deadline - interval '2 hours', clock_timestamp() - interval '1 second')
       WHERE id IN (${tenderIds.map((id) => `'${id}'`).join(', ')});
       UPDATE platform.task SET run_at = clock_timestamp() - interval '1 second'
       WHERE handler = 'procurement.close-and-open' AND key IN (${tenderIds.map((id) => `'${id}'`).join(', ')})`,
    );
  }

  /** One transaction past roles, triggers and row-level security: to switch a guard off and on again. */
  async asDatabaseAdministrator(statements: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.test.database.url });
    await client.connect();
    try {
      await client.query(`BEGIN; ${statements}; COMMIT`);
    } finally {
      await client.end();
    }
  }

  /** Appointed, cleared, qualified, scored and signed by everybody. Earlier bids score higher on quality. */
  async evaluatedTender(options: OpenedOptions = {}): Promise<OpenedTender> {
    const tender = await this.openedTender(options);
    await this.evaluate(tender);
    return tender;
  }

  async evaluatedTenders(count: number, options: OpenedOptions = {}): Promise<OpenedTender[]> {
    const tenders = await this.openedTenders(count, options);
    await inGroups(count, (at) => this.evaluate(tenders[at] as OpenedTender));
    return tenders;
  }

  async committee(tender: OpenedTender): Promise<Account[]> {
    const evaluators = await this.evaluators();
    await this.test.as(this.purchaser, () =>
      this.test.get(AppointEvaluators).execute(
        tender.tenderId,
        evaluators.map(({ accountId }) => accountId),
      ),
    );
    for (const evaluator of evaluators) {
      await this.test.as(evaluator, () => this.test.get(DeclareInterests).execute(tender.tenderId, []));
    }
    return evaluators;
  }

  async qualifyAll(tender: OpenedTender): Promise<void> {
    for (const { bidId } of tender.bids) {
      await this.test.as(this.purchaser, () =>
        this.test
          .get(DecideQualification)
          .execute(tender.tenderId, bidId, { qualified: true, reason: '符合要求' }),
      );
    }
  }

  /** Saves and signs one evaluator's sheet; the first bid gets the most points. */
  async score(tender: OpenedTender, evaluator: Person): Promise<void> {
    await this.test.as(evaluator, () =>
      this.test.get(SaveScoreSheet).execute(tender.tenderId, scoresFor(tender)),
    );
    await this.test.as(evaluator, () => this.test.get(SignScoreSheet).execute(tender.tenderId, {}));
  }

  private async evaluate(tender: OpenedTender): Promise<void> {
    const evaluators = await this.committee(tender);
    await this.qualifyAll(tender);
    for (const evaluator of evaluators) await this.score(tender, evaluator);
  }

  async awardedTender(options: OpenedOptions = {}): Promise<OpenedTender & { award: Award }> {
    const tender = await this.evaluatedTender(options);
    const award = await this.award(tender);
    return { ...tender, award };
  }

  /** Awards the first bid, which `evaluate` ranks first. */
  award(tender: OpenedTender, at = 0): Promise<Award> {
    const bid = tender.bids[at];
    if (!bid) throw new Error('There is no such bid');
    return this.test.as(this.awarder, () =>
      this.test.get(AwardTender).execute(tender.tenderId, {
        bidId: bid.bidId,
        ...(at === 0 ? {} : { reason: '前一名书面拒绝' }),
      }),
    );
  }

  /** Headers of a request over HTTP by somebody who has an account; the app must have been started with `http`. */
  async signIn(account: Account): Promise<{ authorization: string }> {
    const answer = await fetch(`${this.test.baseUrl}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: account.login, password: account.password }),
    });
    const token = /=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    if (!answer.ok || token === undefined) throw new Error(`Signing in answered ${answer.status}`);
    return { authorization: `Bearer ${token}` };
  }

  private next(): number {
    this.counter += 1;
    return this.counter;
  }

  /** A valid code of nobody: its organization part counts up in a range that is never issued. */
  private creditCode(prefix: string): string {
    const first17 = `${prefix}${DISTRICT}MJ${String(this.next()).padStart(7, '0')}`;
    return `${first17}${creditCodeCheckCharacter(first17)}`;
  }
}

export function tenderFile(overrides: Partial<TenderFile> = {}): TenderFile {
  return {
    title: '测试服务项目',
    requirement: '每周入户探访两次，记录情况。',
    ceiling: Money.fen(CEILING_FEN),
    priceRule: { kind: 'lowest-qualified-offer', weight: '20' },
    criteria: [
      {
        id: 'plan',
        name: { 'zh-CN': '服务方案' },
        max: '50',
        bands: [{ from: '0', to: '50', indicator: '方案覆盖采购需求条目的比例，每覆盖十分之一得五分' }],
        evidence: 'service-plan',
      },
      {
        id: 'team',
        name: { 'zh-CN': '服务团队' },
        max: '30',
        bands: [{ from: '0', to: '30', indicator: '持社会工作者职业资格证书的人数，每人五分' }],
        evidence: 'staff-list',
      },
    ],
    qualifications: ['具有独立承担民事责任的能力'],
    ...overrides,
  };
}

export function scoresFor(tender: OpenedTender): Record<string, Record<string, string>> {
  return Object.fromEntries(
    tender.bids.map(({ bidId }, at) => [bidId, { plan: String(48 - at * 8), team: String(28 - at * 4) }]),
  );
}

/** Eight at a time: more would only wait for connections. */
async function inGroups<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += 8) {
    const group = Array.from({ length: Math.min(8, count - from) }, (_, at) => make(from + at));
    made.push(...(await Promise.all(group)));
  }
  return made;
}
