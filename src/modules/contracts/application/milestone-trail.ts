import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#platform';

/** Audit rows of milestones, all of one form. */
@Injectable()
export class MilestoneTrail {
  constructor(private readonly audit: AuditTrail) {}

  async record(
    action: string,
    milestone: { id: string; contractId: string; state: string },
    before: string,
  ): Promise<void> {
    await this.audit.record({
      action,
      objectType: 'milestone',
      objectId: milestone.id,
      before: { state: before },
      after: { state: milestone.state, contractId: milestone.contractId },
    });
  }
}
