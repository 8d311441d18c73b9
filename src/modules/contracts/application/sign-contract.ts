import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, startOfChinaDay } from '#libs/kernel';
import { ProcurementApi } from '#modules/procurement';
import { AuditTrail, CLOCK, Deadlines, mustMatchVersion, Outbox, Timers, UnitOfWork } from '#platform';
import { ContractAccess, type Side } from '../contracts.access.js';
import { contractErrors } from '../contracts.errors.js';
import { contractSigned } from '../contracts.events.js';
import { contractPermissions } from '../contracts.permissions.js';
import { checkComplete, checkTerms, termsHash, type TermTexts } from '../domain/contract-terms.js';
import type { Contract, Milestone } from '../domain/contract.entity.js';
import { contractStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';

export const ACTIVATE = 'contracts.activate-contract';

/**
 * One party signs exactly the terms it saw. With the second signature the contract binds and the legal clocks
 * of publication and filing start. This is a platform signature, not a 可靠电子签名 in the sense of the
 * Electronic Signature Law art. 13.
 */
@Injectable()
export class SignContract {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly access: ContractAccess,
    private readonly outcome: SigningOutcome,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(contractId: string, seenVersion: number): Promise<{ side: Side; state: Contract['state'] }> {
    return this.uow.run(async () => {
      const contract = await this.contracts.lock(contractId);
      const side = this.access.side(contract, contractPermissions.sign);
      const milestones = await this.contracts.milestonesOf(contractId);
      const signed = await this.uow.sql<{ side: Side; account_id: string }>(
        'SELECT side, account_id FROM contracts.signature WHERE contract_id = $1',
        [contractId],
      );
      if (signed.some((signature) => signature.side === side)) throw contractErrors.alreadySigned();
      mustMatchVersion(contract.version, seenVersion);
      if (signed.some((signature) => signature.account_id === this.access.accountId))
        throw contractErrors.signsForBoth();
      if (side === 'buyer' && contract.draftedBy === this.access.accountId)
        throw contractErrors.drafterMaySign();
      contract.state = contractStates.next(
        contract.state,
        signed.length === 0 ? 'sign-first' : 'sign-second',
      );
      mustBeSignable(contract, milestones);
      await this.contracts.saveContract(contract);
      await this.uow.sql('INSERT INTO contracts.signature VALUES ($1, $2, $3, $4, $5)', [
        contractId,
        side,
        this.access.accountId,
        this.clock.now(),
        termsHash(agreedOn(contract, milestones)),
      ]);
      await this.outcome.record(contract, side);
      return { side, state: contract.state };
    });
  }
}

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

function mustBeSignable(contract: Contract, milestones: readonly Milestone[]): void {
  checkComplete(contract.texts);
  checkTerms(
    {
      startsOn: contract.startsOn ?? '',
      endsOn: contract.endsOn ?? '',
      multiYearConditionsMet: contract.multiYearConditionsMet,
      texts: contract.texts as TermTexts,
      milestones: milestones.map(({ title, amount, dueOn, acceptanceDueOn }) => ({
        title,
        amount,
        dueOn: dueOn ?? '',
        acceptanceDueOn: acceptanceDueOn ?? '',
      })),
    },
    contract.amount,
  );
}

/** Everything the parties agree on, in the form that is hashed. */
export function agreedOn(contract: Contract, milestones: readonly Milestone[]): object {
  return {
    contractId: contract.id,
    awardId: contract.awardId,
    buyerOrganizationId: contract.buyerOrganizationId,
    supplierOrganizationId: contract.supplierOrganizationId,
    amountFen: contract.amount.toFen(),
    startsOn: contract.startsOn,
    endsOn: contract.endsOn,
    texts: contract.texts,
    milestones: milestones.map(({ position, title, amount, dueOn, acceptanceDueOn }) => ({
      position,
      title,
      amountFen: amount.toFen(),
      dueOn,
      acceptanceDueOn,
    })),
  };
}
