import { Injectable } from '@nestjs/common';
import { startOfChinaDay } from '#libs/kernel';
import { ProcurementApi } from '#modules/procurement';
import { type Act, Deadlines, Timers } from '#platform';
import type { Contract } from '../terms/contract.entity.js';
import { termsErrors } from '../terms/terms.errors.js';
import { ACTIVATE } from './activate-contract.job.js';
import { contractSigned } from './signing.events.js';

/** What follows from the second signature: event, legal clocks, the start of the term. */
@Injectable()
export class SigningOutcome {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly timers: Timers,
    private readonly procurement: ProcurementApi,
  ) {}

  async follow(contract: Contract, act: Act): Promise<void> {
    if (contract.state !== 'signed') return;
    const { id: contractId, awardId, supplierOrganizationId, areaCode, startsOn, endsOn } = contract;
    if (startsOn === null || endsOn === null) throw termsErrors.termInvalid();
    const subject = { type: 'contract', id: contractId, areaCode };
    await this.procurement.markContracted(contract.tenderId);
    await this.deadlines.meet('contracts.sign', subject);
    await this.deadlines.start('contracts.publish', subject);
    await this.deadlines.start('contracts.file-with-finance', subject);
    const begins = startOfChinaDay(startsOn);
    await this.timers.schedule(ACTIVATE, contractId, begins > act.at ? begins : act.at, { contractId });
    act.emit(contractSigned, { contractId, awardId, supplierOrganizationId, areaCode, startsOn, endsOn });
  }
}
