import { Money } from '#libs/kernel';
import { AppointEvaluators } from '../../src/modules/procurement/evaluating/appoint-evaluators.js';
import { ApproveTender } from '../../src/modules/procurement/tendering/approve-tender.js';
import { AssignBudget } from '../../src/modules/procurement/planning/assign-budget.js';
import { type Award, AwardTender } from '../../src/modules/procurement/awarding/award-tender.js';
import { CreatePlanItem } from '../../src/modules/procurement/planning/create-plan-item.js';
import { DecideQualification } from '../../src/modules/procurement/evaluating/decide-qualification.js';
import { DeclareInterests } from '../../src/modules/procurement/evaluating/declare-interests.js';
import { DraftTender } from '../../src/modules/procurement/tendering/draft-tender.js';
import type { TenderFile } from '../../src/modules/procurement/tendering/tender.entity.js';
import type { Receipt } from '../../src/modules/procurement/bidding/envelope-store.js';
import { MakePlanItemReady } from '../../src/modules/procurement/planning/make-plan-item-ready.js';
import { PublishIntention } from '../../src/modules/procurement/planning/publish-intention.js';
import { PublishTender } from '../../src/modules/procurement/tendering/publish-tender.js';
import { RecordOpinion } from '../../src/modules/procurement/planning/record-opinion.js';
import { SaveScoreSheet } from '../../src/modules/procurement/evaluating/save-score-sheet.js';
import { SignScoreSheet } from '../../src/modules/procurement/evaluating/sign-score-sheet.js';
import { SubmitBid } from '../../src/modules/procurement/bidding/submit-bid.js';
import { CloseAndOpenJob } from '../../src/modules/procurement/bidding/close-and-open.job.js';
import type { TestApp } from './app.js';
import { type Account, DISTRICT, GivenDistrict, type Person, type Supplier } from './given-district.js';

export { type Account, DISTRICT, type Person, type Supplier } from './given-district.js';

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

const CEILING_FEN = 20_000_000;

/**
 * What a test starts from, made through the use cases themselves, so that nothing is given that the product
 * could not have made. Cheap things are made once per `Given` and shared; ask for your own where they matter.
 */
export class Given extends GivenDistrict {
  static async in(test: TestApp): Promise<Given> {
    const given = new Given(test);
    await given.prepare();
    return given;
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
        expectedMonth: `${this.year}-12`,
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
    return this.approved(await this.draftedTender(options));
  }

  async approved(tender: GivenTender): Promise<GivenTender> {
    const { version } = await this.test.as(this.approver, () =>
      this.test.get(ApproveTender).execute(tender.tenderId, tender.version),
    );
    return { ...tender, version };
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
    // The timer's work itself, without the mail and the drafts that everything else due would bring.
    const job = this.test.get(CloseAndOpenJob);
    await inGroups(count, (at) =>
      this.test.asSystem(() => job.run({ tenderId: opened[at]?.tenderId ?? '' })),
    );
    return opened;
  }

  /** Bid for by these suppliers (three when none are named), closed at its deadline and opened. */
  async openAll(
    tender: GivenTender,
    offers?: readonly (readonly [supplier: Supplier, offerFen: number])[],
  ): Promise<OpenedTender> {
    const [a, b, c] = (await this.suppliers(3)) as [Supplier, Supplier, Supplier];
    const bids: { bidId: string; supplier: Supplier; offerFen: number }[] = [];
    for (const [supplier, offerFen] of offers ??
      ([
        [a, 18_000_000],
        [b, 17_000_000],
        [c, 16_000_000],
      ] as const)) {
      const { bidId } = await this.bid(tender.tenderId, supplier, offerFen);
      bids.push({ bidId, supplier, offerFen });
    }
    await this.deadlinePasses([tender.tenderId]);
    await this.test.asSystem(() => this.test.get(CloseAndOpenJob).run({ tenderId: tender.tenderId }));
    return { ...tender, bids };
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
