import { Injectable } from '@nestjs/common';
import { chinaDate } from '#libs/kernel';
import { OrganizationsApi } from '#modules/organizations';
import { db, query, Register, UnitOfWork } from '#platform';
import { agreedOn } from '../terms/agreed-on.js';
import { checkComplete, checkTerms, termsHash, type TermTexts } from '../terms/contract-terms.js';
import { ContractAccess } from '../terms/contract.access.js';
import { ContractParties, type Party, type Side } from '../terms/contract-parties.js';
import { type Contract, Milestone } from '../terms/contract.entity.js';
import { contractObject } from '../terms/contract.object.js';
import type { ContractState } from '../terms/contract.state.js';
import { signingErrors } from './signing.errors.js';
import { signingPermissions } from './signing.permissions.js';
import { SigningOutcome } from './signing-outcome.js';

const signaturesOf = query((p: { contractId: string }) =>
  db
    .selectFrom('contracts.signature')
    .select(['organization_id as organizationId', 'account_id as accountId'])
    .where('contract_id', '=', p.contractId),
);

const addSignature = query(
  (p: {
    contractId: string;
    organizationId: string;
    side: Side;
    accountId: string;
    signedAt: Date;
    termsHash: string;
  }) =>
    db.insertInto('contracts.signature').values({
      contract_id: p.contractId,
      organization_id: p.organizationId,
      side: p.side,
      account_id: p.accountId,
      signed_at: p.signedAt,
      terms_hash: p.termsHash,
    }),
);

/**
 * One party signs exactly the terms it saw. With the second signature the contract binds and the legal clocks
 * of publication and filing start. This is a platform signature, not a 可靠电子签名 in the sense of the
 * Electronic Signature Law art. 13.
 */
@Injectable()
export class SignContract {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: ContractAccess,
    private readonly parties: ContractParties,
    private readonly organizations: OrganizationsApi,
    private readonly outcome: SigningOutcome,
  ) {}

  /** @throws DomainError contracts.already-signed, signs-for-both, drafter-may-sign, term-over, terms-incomplete */
  async execute(contractId: string, version: number): Promise<{ side: Side; state: ContractState }> {
    let party: Party | undefined;
    const contract = await this.register.act(contractObject, contractId, {
      allow: async (seen) => {
        party = await this.access.party(seen, signingPermissions.sign);
      },
      action: async () => {
        const signatures = await this.uow.all(signaturesOf, { contractId });
        if (signatures.some(({ organizationId }) => organizationId === party?.organizationId))
          throw signingErrors.alreadySigned();
        if (signatures.some(({ accountId }) => accountId === this.access.accountId))
          throw signingErrors.signsForBoth();
        return signatures.length === 0 ? 'sign-first' : 'sign-second';
      },
      version,
      apply: async (signed, act) => {
        const { organizationId, role: side } = knownOf(party);
        if (side === 'buyer' && signed.draftedBy === act.by) throw signingErrors.drafterMaySign();
        const milestones = await this.milestonesOf(contractId);
        mustBeSignable(signed, milestones);
        if ((signed.endsOn ?? '') < chinaDate(act.at)) throw signingErrors.termOver();
        // Suspended or struck off since the award.
        for (const supplier of await this.parties.suppliers(contractId))
          await this.organizations.mustBeSupplier(supplier);
        await this.uow.all(addSignature, {
          ...{ contractId, organizationId, side },
          accountId: act.by,
          signedAt: act.at,
          termsHash: termsHash(agreedOn(signed, milestones)),
        });
        act.note({ side });
        await this.outcome.follow(signed, act);
      },
    });
    return { side: knownOf(party).role, state: contract.state };
  }

  private milestonesOf(contractId: string): Promise<Milestone[]> {
    return this.uow.manager.find(Milestone, { where: { contractId }, order: { position: 'ASC' } });
  }
}

/** The register asks whose object it is before anything else. */
function knownOf(party: Party | undefined): Party {
  if (party === undefined) throw new Error('Nobody has asked for whom the person signs');
  return party;
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
