import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { allowedAbove, Register, UnitOfWork } from '#platform';
import { planItemObject } from '../planning/plan-item.object.js';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { examineCriteria } from './criteria-rules.js';
import type { Drafted } from './draft-tender.js';
import { LawfulMethod } from './lawful-method.js';
import type { TenderFile } from './tender.entity.js';
import { tenderObject } from './tender.object.js';
import { tenderingPermissions } from './tendering.permissions.js';

/** Rewrites the procurement file while it is a draft. */
@Injectable()
export class EditTender {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: ProcurementAccess,
    private readonly lawfulMethod: LawfulMethod,
  ) {}

  /** @throws DomainError procurement.ceiling-over-budget, platform.version-mismatch, state.wrong-state */
  async execute(tenderId: string, version: number, file: TenderFile): Promise<Drafted> {
    const tender = await this.register.act(tenderObject, tenderId, {
      action: 'edit',
      version,
      allow: ({ areaCode }) => {
        this.access.official(tenderingPermissions.draft, areaCode);
      },
      apply: async (draft, { by }) => {
        const { budget, areaCode } = await this.register.locked(
          planItemObject,
          draft.planItemId,
          allowedAbove,
        );
        draft.write(file, await this.lawfulMethod.choose(areaCode, file), budget);
        draft.editedBy = [...new Set([...draft.editedBy, by])];
      },
    });
    return { tender, verdict: examineCriteria(tender, chinaDate(await this.uow.databaseTime())) };
  }
}
