import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock } from '#libs/kernel';
import { OrganizationsApi } from '#modules/organizations';
import { CLOCK, mustMatchVersion, UnitOfWork } from '#platform';
import { ContractAccess, type Side } from '../contracts.access.js';
import { contractErrors } from '../contracts.errors.js';
import { contractPermissions } from '../contracts.permissions.js';
import { checkComplete, checkTerms, termsHash, type TermTexts } from '../domain/contract-terms.js';
import type { Contract, Milestone } from '../domain/contract.entity.js';
import { contractStates } from '../domain/contract.state.js';
import { ContractRepository } from './contract-repository.js';
import { SigningOutcome } from './signing-outcome.js';

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
    private readonly organizations: OrganizationsApi,
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
      if ((contract.endsOn ?? '') < chinaDate(this.clock.now())) throw contractErrors.termOver();
      // Suspended or struck off since the award.
      await this.organizations.mustBeSupplier(contract.supplierOrganizationId);
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
    title: contract.title,
    serviceKind: contract.serviceKind,
    amountFen: contract.amount.toFen(),
    multiYearConditionsMet: contract.multiYearConditionsMet,
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
