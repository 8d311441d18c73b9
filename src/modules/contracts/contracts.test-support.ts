import { addCalendarDays, chinaDate, Money } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Given, type Person, type Supplier } from '../../../test/support/given.js';
import type { OpenedOptions } from '../../../test/support/given.js';
import { DataChecks } from '../../platform/checks/data-check.js';
import { AcceptMilestone } from './delivery/accept-milestone.js';
import { DeliverMilestone } from './delivery/deliver-milestone.js';
import type { UserOpinion } from './delivery/delivery-decisions.js';
import { RejectMilestone } from './delivery/reject-milestone.js';
import { RequestPayment } from './payment/request-payment.js';
import { SignContract } from './signing/sign-contract.js';
import type { ContractTerms } from './terms/contract-terms.js';
import { ContractReads } from './terms/contracts.read.js';
import { SetTerms } from './terms/set-terms.js';

export const AMOUNT_FEN = 18_000_000;
export const HALF_FEN = AMOUNT_FEN / 2;

export interface GivenContract {
  readonly id: string;
  readonly tenderId: string;
  readonly awardId: string;
  readonly lineId: string;
  readonly supplier: Supplier;
}
export interface ActiveContract extends GivenContract {
  readonly milestoneIds: readonly [string, string, ...string[]];
}

/** A district that awards, and what people do with the contracts. */
export class ContractWorld {
  readonly today = chinaDate(new Date());
  readonly acceptor: Person;

  private constructor(
    readonly test: TestApp,
    readonly given: Given,
  ) {
    this.acceptor = given.official('acceptor');
  }

  static async begin(): Promise<ContractWorld> {
    const test = await startTestApp();
    return new ContractWorld(test, await Given.in(test));
  }

  /** @returns the data checks of all modules that found something */
  async end(): Promise<string[]> {
    const results = await this.test.get(DataChecks).runAll();
    await this.test.stop();
    return results.flatMap(({ name, offending }) => (offending.length > 0 ? [name] : []));
  }

  /** From today on for a hundred days, in two halves. */
  terms(changes: Partial<ContractTerms> = {}): ContractTerms {
    return {
      startsOn: this.today,
      endsOn: this.day(100),
      multiYearConditionsMet: false,
      texts: {
        content: '每周探访',
        quantity: '三百人',
        quality: '满意率九成',
        settlement: '分两期',
        rightsAndDuties: '按采购文件',
        breach: '按法律规定',
      },
      milestones: this.parts(2),
      ...changes,
    };
  }

  /** The amount in so many equal parts. */
  parts(count: number): ContractTerms['milestones'] {
    return Array.from({ length: count }, (_, index) => ({
      title: `第${index + 1}期`,
      amount: Money.fen(AMOUNT_FEN / count),
      dueOn: this.day(10 + index),
      acceptanceDueOn: this.day(15 + index),
    }));
  }

  /** So many days from today, in China. */
  day(days: number): string {
    return addCalendarDays(this.today, days);
  }

  async draft(options?: OpenedOptions): Promise<GivenContract> {
    const tender = await this.given.awardedTender(options);
    await this.test.settle();
    const [contract] = await this.test.sql<{ id: string }>(
      'SELECT id FROM contracts.contract WHERE award_id = $1',
      [tender.award.awardId],
    );
    const winner = tender.bids.find(({ bidId }) => bidId === tender.award.bidId);
    if (!contract || !winner) throw new Error('The award left no contract');
    const { tenderId, lineId } = tender;
    return { id: contract.id, tenderId, awardId: tender.award.awardId, lineId, supplier: winner.supplier };
  }

  async active(terms?: Partial<ContractTerms>, options?: OpenedOptions): Promise<ActiveContract> {
    const contract = await this.draft(options);
    await this.setTerms(contract.id, terms);
    await this.sign(contract.id, this.given.approver);
    await this.sign(contract.id, contract.supplier.admin);
    await this.test.settle();
    const ids = (await this.read(contract.id)).milestones.map(({ id }) => id);
    return { ...contract, milestoneIds: ids as [string, string, ...string[]] };
  }

  read(id: string, by: Person = this.given.purchaser) {
    return this.test.as(by, () => this.test.get(ContractReads).read(id));
  }

  async setTerms(id: string, changes?: Partial<ContractTerms>, by: Person = this.given.purchaser) {
    const { version } = await this.read(id);
    return this.test.as(by, () => this.test.get(SetTerms).execute(id, version, this.terms(changes)));
  }

  async sign(id: string, by: Person) {
    const { version } = await this.read(id);
    return this.test.as(by, () => this.test.get(SignContract).execute(id, version));
  }

  deliver(milestoneId: string, by: Person, fileIds: readonly string[] = []) {
    return this.test.as(by, () =>
      this.test.get(DeliverMilestone).execute(milestoneId, { note: '已完成', fileIds }),
    );
  }

  accept(
    milestoneId: string,
    by: Person = this.acceptor,
    { deliveryId, opinions = [{ satisfied: true }] }: { deliveryId?: string; opinions?: UserOpinion[] } = {},
  ) {
    return this.test.as(by, () =>
      this.test.get(AcceptMilestone).execute(milestoneId, { note: '合格', opinions, deliveryId }),
    );
  }

  reject(milestoneId: string, by: Person = this.acceptor, deliveryId?: string) {
    return this.test.as(by, () =>
      this.test.get(RejectMilestone).execute(milestoneId, { reason: '材料不全', deliveryId }),
    );
  }

  pay(milestoneId: string, by: Person = this.given.finance) {
    return this.test.as(by, () => this.test.get(RequestPayment).execute(milestoneId));
  }

  async statesOf(id: string): Promise<string[]> {
    const { state, milestones } = await this.read(id);
    return [state, ...milestones.map((milestone) => milestone.state)];
  }

  /** What was written down about an object: by whom, and the state that it left. */
  async trailOf(objectId: string): Promise<string[]> {
    const rows = await this.test.sql<{ action: string; state: string | null }>(
      "SELECT action, after->>'state' AS state FROM platform.audit_entry WHERE object_id = $1 ORDER BY at, id",
      [objectId],
    );
    return rows.map(({ action, state }) => `${action} ${state ?? ''}`.trim());
  }

  /** The kinds of events whose payload names this id under this key, in their order. */
  async eventsOf(key: 'contractId' | 'milestoneId', id: string): Promise<string[]> {
    const rows = await this.test.sql<{ type: string }>(
      `SELECT type FROM platform.outbox_event WHERE type LIKE 'contracts.%' AND payload->>$1 = $2 ORDER BY xid, seq`,
      [key, id],
    );
    return rows.map(({ type }) => type);
  }

  /** Legal clocks of an object: which run, and which were met. */
  async clocksOf(subjectId: string): Promise<{ rule: string; started: Date; isMet: boolean }[]> {
    return this.test.sql(
      `SELECT rule_code AS rule, started_at AS started, met_at IS NOT NULL AS "isMet"
       FROM platform.deadline WHERE subject_id = $1 ORDER BY rule_code`,
      [subjectId],
    );
  }
}
