import { Readable } from 'node:stream';
import pg from 'pg';
import { type AreaRole, type Clock, type Membership, newId, type OrganizationRole } from '#libs/kernel';
import { SeedDemoAreas } from '#modules/identity';
import { CLOCK, FileStore } from '#platform';
import { fiscalYearOf } from '../../src/modules/budgets/lines/fiscal-year.js';
import { givenLine, givenMoney, lineElements } from '../../src/modules/budgets/lines/lines.given.js';
import { givenAccount } from '../../src/modules/identity/accounts/accounts.given.js';
import { givenRole } from '../../src/modules/identity/roles/roles.given.js';
import { givenApprovedOrganization } from '../../src/modules/organizations/decisions/decisions.given.js';
import { creditCodeFor, givenOrganization } from '../../src/modules/organizations/registry/registry.given.js';
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

/** The fictional district of the demonstration; every test of the modules above identity happens there. */
export const DISTRICT = '999901';

/** The district of a test: its officials, buyer, suppliers, evaluators and money. */
export class GivenDistrict {
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

  constructor(protected readonly test: TestApp) {}

  /** The district with its streets, and the figures that its finance bureau would enter. */
  protected async prepare(): Promise<void> {
    await this.test.asSystem(() => this.test.get(SeedDemoAreas).execute());
    await this.figure('procurement.public-tender-threshold-fen', 400_000_000);
    await this.figure('procurement.consultation-min-days', 0);
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
    const account = await givenAccount(this.test, `测试人员${this.next()}`);
    const memberships = roles.map(({ role, areaCode = DISTRICT }) => ({ role, areaCode }));
    for (const membership of memberships) await givenRole(this.test, account.accountId, membership);
    return { ...account, memberships };
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
    await givenRole(this.test, accountId, { role, organizationId });
  }

  /** The buyer shared by the tenders of this `Given`. @returns its organization id */
  buyer(): Promise<string> {
    this.shared.buyer ??= this.newBuyer('测试街道办事处');
    return this.shared.buyer;
  }

  /** @returns the organization id of another state organ that may buy */
  newBuyer(name = `测试购买主体${this.next()}`): Promise<string> {
    return givenOrganization(this.test, this.approver, {
      name,
      creditCode: this.creditCode('11'),
      areaCode: DISTRICT,
    });
  }

  /** A registered and approved social organization with its administrator. */
  async approvedSupplier(
    options: { name?: string; kind?: '52' | '91'; claimsSmallEnterprise?: boolean } = {},
  ): Promise<Supplier> {
    const admin = await this.account();
    const organizationId = await givenApprovedOrganization(
      this.test,
      { registrant: admin, officer: this.civilAffairs },
      {
        name: options.name ?? `测试服务机构${this.next()}`,
        creditCode: this.creditCode(options.kind ?? '52'),
        areaCode: DISTRICT,
        claimsSmallEnterprise: options.claimsSmallEnterprise ?? false,
      },
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

  /** The fiscal year that the product is in. */
  get year(): number {
    return fiscalYearOf(this.test.get<Clock>(CLOCK).now());
  }

  /** A budget line of the shared buyer with money on it. @returns its id */
  async budgetLine({
    years,
    ...options
  }: {
    amountFen?: number;
    reservationStage?: 'publication' | 'award';
    areaCode?: string;
    years?: { fiscalYear: number; carriesOverTo: number | null };
  } = {}): Promise<string> {
    const number = this.next();
    const buyerOrganizationId = await this.buyer();
    const fiscalYear = this.year;
    const elements = lineElements(buyerOrganizationId, {
      fiscalYear,
      ...years,
      areaCode: options.areaCode ?? DISTRICT,
      documentNumber: `测财预〔2026〕${number}号`,
      projectCode: `P${number}`,
      name: `测试预算指标${number}`,
      reservationStage: options.reservationStage ?? 'publication',
    });
    const lineId = await givenLine(this.test, this.finance, elements);
    await givenMoney(this.test, this.finance, lineId, options.amountFen ?? 1_000_000_000);
    return lineId;
  }

  /** A text that somebody uploaded and attached to nothing yet. @returns its id */
  async upload(by: Person, text = 'evidence'): Promise<string> {
    const { id } = await this.test.as(by, () =>
      this.test.get(FileStore).upload('evidence.txt', Readable.from([Buffer.from(text)])),
    );
    return id;
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

  /**
   * Switches a guard of the database off for the time of `work`, and on again whatever comes of it: a test that fails
   * in the middle leaves nothing behind for the next one.
   */
  async withoutGuard<T>(guard: { off: string; on: string }, work: () => Promise<T>): Promise<T> {
    await this.asDatabaseAdministrator(guard.off);
    try {
      return await work();
    } finally {
      await this.asDatabaseAdministrator(guard.on);
    }
  }

  /** Another figure of the district for the time of `work`; undefined: nobody has entered one. */
  async withFigure<T>(code: string, value: number | undefined, work: () => Promise<T>): Promise<T> {
    const take = () =>
      this.test.sql<{ value: string }>(
        'DELETE FROM platform.figure WHERE code = $1 AND area_code = $2 RETURNING value::text',
        [code, DISTRICT],
      );
    const [before] = await take();
    if (value !== undefined) await this.figure(code, value);
    try {
      return await work();
    } finally {
      await take();
      if (before) await this.figure(code, Number(before.value));
    }
  }

  protected next(): number {
    this.counter += 1;
    return this.counter;
  }

  /** A valid code of nobody: its organization part counts up in a range that is never issued. */
  private creditCode(prefix: string): string {
    return creditCodeFor(prefix, this.next());
  }
}
