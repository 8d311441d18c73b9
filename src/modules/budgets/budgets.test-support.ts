import { type Clock, creditCodeCheckCharacter, Money, newId } from '#libs/kernel';
import { DEMO_DISTRICT, SeedDemoAreas } from '#modules/identity';
import { RegisterOrganization } from '#modules/organizations';
import { type Actor, CLOCK, sqlState, violatedConstraint } from '#platform';
import { DataChecks } from '../../platform/checks/data-check.js';
import type { TestApp } from '../../../test/support/app.js';
import type { LineElements } from './lines/budget-line.entity.js';
import { BudgetsApi } from './budgets.api.js';
import { fiscalYearOf } from './lines/fiscal-year.js';
import { givenLine, givenMoney, lineElements } from './lines/lines.given.js';

export { DEMO_DISTRICT };
export const ANOTHER_DISTRICT = '990102';

export const financeOfficer = (areaCode: string = DEMO_DISTRICT) => ({
  accountId: newId(),
  memberships: [{ role: 'finance' as const, areaCode }],
});

/** Builders that go through the use cases. */
export class BudgetsGiven {
  readonly officer = financeOfficer();
  buyerId = '';
  payeeId = '';

  constructor(readonly app: TestApp) {}

  /** The areas, a buyer and a payee that everything else refers to. */
  async district(): Promise<void> {
    await this.app.asSystem(() => this.app.get(SeedDemoAreas).execute());
    this.buyerId = await this.organization('11');
    this.payeeId = await this.organization('52');
  }

  /** @param prefix of the credit code: `11` for a state organ, `52` for a private non-enterprise unit */
  organization(prefix: '11' | '52'): Promise<string> {
    const first17 = `${prefix}${DEMO_DISTRICT}${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
    const official = { memberships: [{ role: 'approver' as const, areaCode: DEMO_DISTRICT }] };
    return this.app.as(official, () =>
      this.app.get(RegisterOrganization).execute({
        name: `${prefix === '11' ? '采购人' : '服务中心'}${newId().slice(-12)}（虚构）`,
        creditCode: first17 + creditCodeCheckCharacter(first17),
        areaCode: DEMO_DISTRICT,
        purpose: '社区服务',
        claimsSmallEnterprise: false,
      }),
    );
  }

  /** An open line with this much money on it. */
  async line(appropriatedFen: number, overrides: Partial<LineElements> = {}): Promise<string> {
    const fiscalYear = fiscalYearOf(this.app.get<Clock>(CLOCK).now());
    const elements = lineElements(this.buyerId, { fiscalYear, ...overrides });
    const lineId = await givenLine(this.app, this.officer, elements);
    if (appropriatedFen > 0) await this.fund(lineId, appropriatedFen);
    return lineId;
  }

  /** More money on a line. */
  fund(lineId: string, amountFen: number): Promise<void> {
    return givenMoney(this.app, this.officer, lineId, amountFen);
  }

  /** An award with its money committed and one milestone over the whole amount accrued. */
  async accruedMilestone(amountFen: number, lineId?: string): Promise<AccruedMilestone> {
    const api = this.app.get(BudgetsApi);
    const on = lineId ?? (await this.line(amountFen, { reservationStage: 'award' }));
    const award = { awardId: newId(), milestoneId: newId(), lineId: on };
    const amount = Money.fen(amountFen);
    await this.app.asSystem(async () => {
      await api.commit({ ...award, tenderId: newId(), amount, key: `commit-${award.awardId}` });
      await api.accrue({ ...award, amount, key: `accrue-${award.milestoneId}` });
    });
    return award;
  }

  /** Requests the payment of an accrued milestone as somebody who did not accept it. */
  async payment(
    milestone: AccruedMilestone,
    amountFen: number,
    payer: Actor | object = this.officer,
    more: { acceptedBy?: string; dueOn?: string } = {},
  ): Promise<string> {
    const api = this.app.get(BudgetsApi);
    const { paymentId } = await this.app.as(payer, () =>
      api.requestPayment({
        awardId: milestone.awardId,
        milestoneId: milestone.milestoneId,
        payeeOrganizationId: this.payeeId,
        amount: Money.fen(amountFen),
        acceptedBy: newId(),
        key: `pay-${newId()}`,
        ...more,
      }),
    );
    return paymentId;
  }

  /** Balances as plain numbers of fen, the zero ones left out. */
  async balances(lineId: string): Promise<Record<string, number>> {
    const balances = await this.app.get(BudgetsApi).balances(lineId);
    return Object.fromEntries(
      Object.entries(balances as unknown as Record<string, Money>)
        .map(([name, amount]) => [name, amount.toFen()] as const)
        .filter(([, fen]) => fen !== 0),
    );
  }

  /** The names of the checks of this module that found something. */
  async brokenInvariants(): Promise<string[]> {
    const results = await this.app.get(DataChecks).runAll();
    return results
      .filter(({ name, offending }) => name.startsWith('budgets.') && offending.length > 0)
      .map(({ name }) => name);
  }
}

export interface AccruedMilestone {
  readonly awardId: string;
  readonly milestoneId: string;
  readonly lineId: string;
}

/** The code of the refusal that `work` ends in. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'accepted';
}

/** What Postgres says when the transaction of `work` ends, by the name of the constraint or by state. */
export async function answerTo(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return violatedConstraint(error) ?? sqlState(error) ?? String(error);
  }
  return 'accepted';
}
