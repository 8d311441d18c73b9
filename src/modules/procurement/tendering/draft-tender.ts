import { Injectable } from '@nestjs/common';
import { chinaDate, newId } from '#libs/kernel';
import { allowedAbove, Register, UnitOfWork } from '#platform';
import { planItemObject } from '../planning/plan-item.object.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { type CriteriaVerdict, examineCriteria } from './criteria-rules.js';
import { LawfulMethod } from './lawful-method.js';
import { addOnlyLot } from './lots.js';
import { Tender, type TenderFile } from './tender.entity.js';
import { tenderObject } from './tender.object.js';
import { tenderingErrors } from './tendering.errors.js';
import { tenderingPermissions } from './tendering.permissions.js';

/** A draft and what the law says about it: findings are shown now and stop publication later. */
export interface Drafted {
  readonly tender: Tender;
  readonly verdict: CriteriaVerdict;
}

/** Writes the procurement file of a plan item that is ready. */
@Injectable()
export class DraftTender {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly lawfulMethod: LawfulMethod,
  ) {}

  /** @throws DomainError procurement.ceiling-over-budget, threshold-not-set, method-needs-approval, state.wrong-state */
  execute(planItemId: string, file: TenderFile): Promise<Drafted> {
    return this.uow.run(async () => {
      const drafted: Drafted[] = [];
      await this.register.act(planItemObject, planItemId, {
        allow: ({ areaCode }) => {
          this.access.official(tenderingPermissions.draft, areaCode);
        },
        action: ({ state }) => {
          if (state === 'tendered') throw tenderingErrors.planItemAlreadyTendered();
          return 'tender';
        },
        apply: async (item, { by }) => {
          const method = await this.lawfulMethod.choose(item.areaCode, file);
          const now = await this.uow.databaseTime();
          const tender = Tender.drafted(item, file, method, by, now);
          await this.register.add(tenderObject, [tender], { action: 'draft-tender', allow: allowedAbove });
          const lot = { id: newId(), tenderId: tender.id, ceilingFen: tender.ceiling.toFen() };
          await this.uow.all(addOnlyLot, lot);
          drafted.push({ tender, verdict: examineCriteria(tender, chinaDate(now)) });
        },
      });
      const [made] = drafted;
      if (!made) throw new Error('A plan item was tendered without a tender');
      return made;
    });
  }
}
