import { Injectable } from '@nestjs/common';
import { Register } from '#platform';
import { organizationObject } from '../registry/organization.object.js';
import { DecisionAccess } from './decision.access.js';
import { groupIncorporated } from './decisions.events.js';

/** The civil-affairs officer records that a filed group was registered and has a credit code of its own. */
@Injectable()
export class IncorporateGroup {
  constructor(
    private readonly register: Register,
    private readonly access: DecisionAccess,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, organizations.not-filed,
   *   organizations.registration-code-wrong-kind, organizations.credit-code-taken, kernel.credit-code-*
   */
  async execute(input: {
    organizationId: string;
    creditCode: string;
    version?: number | undefined;
  }): Promise<void> {
    await this.register.act(organizationObject, input.organizationId, {
      action: (group) => {
        group.mustBeFiled();
        return 'incorporate';
      },
      version: input.version,
      allow: (group) => {
        this.access.mustMayDecide(group);
      },
      apply: (group, act) => {
        group.incorporate(input.creditCode);
        act.emit(groupIncorporated, { organizationId: group.id, areaCode: group.areaCode });
      },
    });
  }
}
