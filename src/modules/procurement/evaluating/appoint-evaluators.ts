import { Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { AuditTrail, Outbox, UnitOfWork } from '#platform';
import type { Tender } from '../tendering/tender.entity.js';
import { tenderStates } from '../tendering/tender.state.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { evaluatorAppointed } from './evaluating.events.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { Committee, isLawfulSize, leastCommittee } from './committee.js';
import { TenderRepository } from '../tendering/tender-repository.js';

/** Separation of duties and conflicts that the records show by themselves; the rest is declared. */
@Injectable()
export class EvaluatorEligibility {
  constructor(
    private readonly committee: Committee,
    private readonly identity: IdentityApi,
  ) {}

  async mustHold(
    tender: Tender,
    accountIds: readonly string[],
    known: readonly { accountId: string }[],
  ): Promise<void> {
    const inArea = await this.identity.accountsInArea(evaluatingPermissions.evaluate, tender.areaCode);
    const staff = new Set<string>();
    for (const { organizationId } of await this.committee.bids(tender.id)) {
      for (const { accountId } of await this.identity.membersOfOrganization(organizationId))
        staff.add(accountId);
    }
    const tookPart = [tender.approvedBy, ...known.map(({ accountId }) => accountId)];
    const wrong = accountIds.find(
      (id) => !inArea.includes(id) || tookPart.includes(id) || tender.wasWrittenBy(id) || staff.has(id),
    );
    if (wrong !== undefined) throw evaluatingErrors.evaluatorNotEligible({ accountId: wrong });
  }
}

@Injectable()
export class AppointmentTrail {
  constructor(
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  async record(tenderId: string, accountIds: readonly string[], size: number): Promise<void> {
    await this.audit.record({
      action: 'procurement.appoint-evaluators',
      objectType: 'tender',
      objectId: tenderId,
      after: { appointed: accountIds, size },
    });
    await this.outbox.appendAll(
      accountIds.map((accountId) => ({ event: evaluatorAppointed, payload: { tenderId, accountId } })),
    );
  }
}

/**
 * Appoints evaluators after opening, or others in the place of those who stepped aside. Who stays must be an odd
 * number of at least three. Their names are published with the result only.
 */
@Injectable()
export class AppointEvaluators {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly tenders: TenderRepository,
    private readonly committee: Committee,
    private readonly eligibility: EvaluatorEligibility,
    private readonly trail: AppointmentTrail,
  ) {}

  /** @throws DomainError procurement.committee-size, evaluator-not-eligible, bids-sealed, state.wrong-state */
  async execute(tenderId: string, accountIds: readonly string[]): Promise<{ evaluatorCount: number }> {
    return this.uow.run(async () => {
      const tender = await this.tenders.lock(tenderId);
      this.access.official(evaluatingPermissions.appoint, tender.areaCode);
      if (tender.state === 'published') throw evaluatingErrors.bidsSealed();
      const state =
        tender.state === 'evaluating' ? tender.state : tenderStates.next(tender.state, 'begin-evaluation');
      const before = await this.committee.evaluators(tenderId);
      const staying = before.filter((entry) => entry.state !== 'recused').map(({ accountId }) => accountId);
      const fresh = [...new Set(accountIds)].filter((id) => !staying.includes(id)).sort();
      const now = await this.tenders.databaseTime();
      const size = staying.length + fresh.length;
      const required = leastCommittee(tender, now);
      if (!isLawfulSize(size, required)) throw evaluatingErrors.committeeSize({ required, size });
      await this.eligibility.mustHold(tender, fresh, before);
      if (state !== tender.state) await this.tenders.change(tender, { state });
      await this.uow.sql(
        `INSERT INTO procurement.evaluator (tender_id, account_id, state, appointed_by, appointed_at)
         SELECT $1, account_id, 'appointed', $2, $3 FROM unnest($4::uuid[]) AS a (account_id)`,
        [tenderId, this.access.accountId, now, fresh],
      );
      await this.trail.record(tenderId, fresh, size);
      return { evaluatorCount: size };
    });
  }
}
