import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, DomainError, Money, newId } from '#libs/kernel';
import type { Criterion } from '#libs/evaluation';
import { AuditTrail, CLOCK, Figures, mustMatchVersion, UnitOfWork } from '#platform';
import { mustBeLawfulMethod, type ProcurementMethod, suggestMethod } from './method-rules.js';
import type { PlanItem } from '../planning/plan-item.entity.js';
import { planItemStates } from '../planning/plan-item.state.js';
import { type CriteriaVerdictView, examineCriteria, type StoredPriceRule } from './criteria-rules.js';
import { Tender } from './tender.entity.js';
import { tenderStates } from './tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { tenderingErrors } from './tendering.errors.js';
import { tenderingPermissions } from './tendering.permissions.js';
import { PlanItemRepository } from '../planning/plan-item-repository.js';
import { TenderRepository } from './tender-repository.js';

export interface TenderFile {
  readonly title: string;
  readonly requirement: string;
  readonly ceiling: Money;
  readonly method?: ProcurementMethod | undefined;
  /** Document number of the city finance bureau's approval of another method than public tender. */
  readonly methodApproval?: string | undefined;
  readonly priceRule: StoredPriceRule;
  readonly criteria: readonly Criterion[];
  readonly qualifications: readonly string[];
}

/** What the area's figures say about a method for an amount. */
@Injectable()
export class LawfulMethod {
  constructor(private readonly figures: Figures) {}

  /** The wanted method when it is lawful, or the one that the amount suggests. */
  async choose(
    areaCode: string,
    file: Pick<TenderFile, 'ceiling' | 'method' | 'methodApproval'>,
  ): Promise<ProcurementMethod> {
    const figure = 'procurement.public-tender-threshold-fen';
    try {
      const publicTender = Money.fen(await this.figures.number(figure, areaCode));
      const method = file.method ?? suggestMethod(file.ceiling, { publicTender });
      mustBeLawfulMethod(method, file.ceiling, { publicTender }, file.methodApproval ?? null);
      return method;
    } catch (error) {
      // The general text does not say who must act; here it is the finance bureau.
      if (error instanceof DomainError && error.code === 'figures.not-set')
        throw tenderingErrors.thresholdNotSet({ figure });
      throw error;
    }
  }
}

/** What every write of a draft leaves behind, and what the law says about it. */
@Injectable()
export class DraftTrail {
  constructor(
    private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  async record(tender: Tender, action: string): Promise<CriteriaVerdictView> {
    await this.audit.record({
      action,
      objectType: 'tender',
      objectId: tender.id,
      after: {
        state: tender.state,
        planItemId: tender.planItemId,
        method: tender.method,
        ceilingFen: tender.ceiling.toFen(),
        version: tender.version,
      },
    });
    return examineCriteria(tender, chinaDate(this.now()));
  }
}

/** Writes the procurement file of a plan item that is ready. Findings are shown now and stop publication later. */
@Injectable()
export class DraftTender {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly items: PlanItemRepository,
    private readonly tenders: TenderRepository,
    private readonly lawfulMethod: LawfulMethod,
    private readonly drafts: DraftTrail,
  ) {}

  /** @throws DomainError procurement.ceiling-over-budget, threshold-not-set, method-needs-approval, state.wrong-state */
  async execute(
    planItemId: string,
    file: TenderFile,
  ): Promise<{ tender: Tender; verdict: CriteriaVerdictView }> {
    return this.uow.run(async () => {
      const item = await this.items.lock(planItemId);
      this.access.official(tenderingPermissions.draft, item.areaCode);
      if (item.state === 'tendered') throw tenderingErrors.planItemAlreadyTendered();
      const state = planItemStates.next(item.state, 'tender');
      const tender = this.fromPlan(item, file, await this.lawfulMethod.choose(item.areaCode, file));
      await this.tenders.add(tender);
      await this.items.change(item, 'procurement.tender-plan-item', { state });
      return { tender, verdict: await this.drafts.record(tender, 'procurement.draft-tender') };
    });
  }

  /** Rewrites a draft. @throws DomainError platform.version-mismatch, state.wrong-state */
  async edit(
    tenderId: string,
    version: number,
    file: TenderFile,
  ): Promise<{ tender: Tender; verdict: CriteriaVerdictView }> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(tenderingPermissions.draft, tender.areaCode);
      tenderStates.next(tender.state, 'edit');
      mustMatchVersion(tender.version, version);
      const item = await this.items.lock(tender.planItemId);
      mustFitBudget(item, file.ceiling);
      const method = await this.lawfulMethod.choose(item.areaCode, file);
      const editedBy = [...new Set([...tender.editedBy, this.access.accountId])];
      await this.tenders.change(tender, { ...valuesOf(file, method), editedBy });
      return { tender, verdict: await this.drafts.record(tender, 'procurement.edit-tender') };
    });
  }

  private fromPlan(item: PlanItem, file: TenderFile, method: ProcurementMethod): Tender {
    const { buyerOrganizationId, budgetLineId } = item;
    if (buyerOrganizationId === null || budgetLineId === null)
      throw new Error('A ready plan item has a budget');
    mustFitBudget(item, file.ceiling);
    return Object.assign(new Tender(), {
      id: newId(),
      planItemId: item.id,
      areaCode: item.areaCode,
      buyerOrganizationId,
      budgetLineId,
      serviceKind: item.serviceKind,
      ...valuesOf(file, method),
      tieBreak: { then: 'joint' as const },
      state: tenderStates.initial,
      draftedBy: this.access.accountId,
      editedBy: [],
      version: 1,
      createdAt: this.drafts.now(),
    });
  }
}

function valuesOf(file: TenderFile, method: ProcurementMethod) {
  return {
    title: file.title,
    requirement: file.requirement,
    ceiling: file.ceiling,
    method,
    methodApproval: file.methodApproval ?? null,
    priceRule: file.priceRule,
    criteria: [...file.criteria],
    qualifications: [...file.qualifications],
  };
}

function mustFitBudget(item: PlanItem, ceiling: Money): void {
  if (ceiling.isGreaterThan(item.budget))
    throw tenderingErrors.ceilingOverBudget({ excessFen: ceiling.minus(item.budget).toFen() });
}
