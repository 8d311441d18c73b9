import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import { BiddingAccess } from './bidding.access.js';
import { EnvelopeStore, type Receipt } from './envelope-store.js';

/** Takes the own bid back before the deadline. It may be handed in again. */
@Injectable()
export class WithdrawBid {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: BiddingAccess,
    private readonly envelopes: EnvelopeStore,
  ) {}

  /** @throws DomainError procurement.bidding-closed; platform.not-found when the organization has no bid */
  async execute(tenderId: string, input: { organizationId?: string | undefined }): Promise<Receipt> {
    const organizationId = this.access.biddingOrganization(input.organizationId);
    return this.uow.run(async () => {
      const { accountId } = this.access;
      const receipt = await this.envelopes.withdraw({ tenderId, organizationId, accountId });
      if (!receipt) throw platformErrors.notFound();
      const { bidId, action, revision, sha256, at } = receipt;
      return { bidId, action, revision, sha256, at };
    });
  }
}
