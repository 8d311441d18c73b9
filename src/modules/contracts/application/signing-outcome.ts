import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, startOfChinaDay } from '#libs/kernel';
import { ProcurementApi } from '#modules/procurement';
import { AuditTrail, CLOCK, Deadlines, Outbox, Timers } from '#platform';
import type { Side } from '../contracts.access.js';
import { contractErrors } from '../contracts.errors.js';
import { contractSigned } from '../contracts.events.js';
import type { Contract } from '../domain/contract.entity.js';

/** Timer that makes a signed contract active on the first day of its term. */
export const ACTIVATE = 'contracts.activate-contract';

/** What follows from a signature: trail, and with the second one event, clocks and the start of the term. */
@Injectable()
export class SigningOutcome {
  constructor(
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
    private readonly timers: Timers,
    private readonly procurement: ProcurementApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(contract: Contract, side: Side): Promise<void> {
    await this.audit.record({
      action: 'contracts.sign',
      objectType: 'contract',
      objectId: contract.id,
      after: { side, state: contract.state },
    });
    if (contract.state !== 'signed') return;
    const { startsOn, endsOn } = contract;
    if (startsOn === null || endsOn === null) throw contractErrors.termInvalid();
    const subject = { type: 'contract', id: contract.id, areaCode: contract.areaCode };
    await this.procurement.markContracted(contract.tenderId);
    await this.deadlines.meet('contracts.sign', subject);
    await this.deadlines.start('contracts.publish', subject);
    await this.deadlines.start('contracts.file-with-finance', subject);
    const today = chinaDate(this.clock.now());
    await this.timers.schedule(
      ACTIVATE,
      contract.id,
      startsOn <= today ? this.clock.now() : startOfChinaDay(startsOn),
      {
        contractId: contract.id,
      },
    );
    await this.outbox.append(contractSigned, {
      contractId: contract.id,
      awardId: contract.awardId,
      supplierOrganizationId: contract.supplierOrganizationId,
      areaCode: contract.areaCode,
      startsOn,
      endsOn,
    });
  }
}
