import { Injectable } from '@nestjs/common';
import { allowedAbove, Register } from '#platform';
import { ProcurementAccess } from '../planning/procurement.access.js';
import { tenderObject } from '../tendering/tender.object.js';
import { Committee, isLawfulSize, leastCommittee } from './committee.js';
import { evaluatingErrors } from './evaluating.errors.js';
import { evaluatorAppointed } from './evaluating.events.js';
import { evaluatingPermissions } from './evaluating.permissions.js';
import { EvaluatorEligibility } from './evaluator-eligibility.js';
import { Evaluator } from './evaluator.entity.js';
import { evaluatorObject } from './evaluator.object.js';

/**
 * Appoints evaluators after opening, or others in the place of those who stepped aside. Who stays must be an odd
 * number of at least three. Their names are published with the result only.
 */
@Injectable()
export class AppointEvaluators {
  constructor(
    private readonly register: Register,
    private readonly access: ProcurementAccess,
    private readonly committee: Committee,
    private readonly eligibility: EvaluatorEligibility,
  ) {}

  /** @throws DomainError procurement.committee-size, evaluator-not-eligible, bids-sealed, state.wrong-state */
  async execute(tenderId: string, accountIds: readonly string[]): Promise<{ evaluatorCount: number }> {
    let size = 0;
    await this.register.act(tenderObject, tenderId, {
      allow: ({ areaCode }) => {
        this.access.official(evaluatingPermissions.appoint, areaCode);
      },
      action: ({ state }) => {
        if (state === 'published') throw evaluatingErrors.bidsSealed();
        return state === 'evaluating' ? 'appoint-evaluators' : 'begin-evaluation';
      },
      apply: async (tender, { at, by, note }) => {
        const before = await this.committee.evaluators(tenderId);
        const staying = before.filter(({ state }) => state !== 'recused').map(({ accountId }) => accountId);
        const fresh = [...new Set(accountIds)].filter((id) => !staying.includes(id)).sort();
        size = staying.length + fresh.length;
        const required = leastCommittee(tender, at);
        if (!isLawfulSize(size, required)) throw evaluatingErrors.committeeSize({ required, size });
        await this.eligibility.mustHold(tender, fresh, before);
        const evaluators = fresh.map((accountId) => Evaluator.appointed(tenderId, accountId, by, at));
        await this.register.add(evaluatorObject, evaluators, {
          action: 'appoint',
          allow: allowedAbove,
          apply: ({ accountId }, { emit }) => {
            emit(evaluatorAppointed, { tenderId, accountId });
          },
        });
        note({ appointed: fresh, size });
      },
    });
    return { evaluatorCount: size };
  }
}
