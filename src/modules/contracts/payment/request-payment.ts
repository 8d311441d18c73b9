import { Injectable } from '@nestjs/common';
import { BudgetsApi } from '#modules/budgets';
import { Register } from '#platform';
import { ContractAccess } from '../terms/contract.access.js';
import { milestoneObject } from '../terms/contract.object.js';
import { paymentErrors } from './payment.errors.js';
import { paymentPermissions } from './payment.permissions.js';

/**
 * A finance officer, who is not the person that accepted, requests the payment of an accepted milestone. The
 * worker settles it with the treasury; the platform itself never moves money.
 */
@Injectable()
export class RequestPayment {
  constructor(
    private readonly register: Register,
    private readonly access: ContractAccess,
    private readonly budgets: BudgetsApi,
  ) {}

  /** @throws DomainError contracts.acceptor-pays and what budgets refuses */
  async execute(milestoneId: string): Promise<{ paymentId: string }> {
    let paymentId = '';
    await this.register.act(milestoneObject, milestoneId, {
      action: 'request-payment',
      allow: (_milestone, contract) => {
        this.access.mustBeForBuyer(contract, paymentPermissions['request-payment']);
      },
      apply: async ({ acceptedBy, amount }, act, contract) => {
        if (acceptedBy === null || acceptedBy === act.by) throw paymentErrors.acceptorPays();
        const payment = await this.budgets.requestPayment({
          ...{ milestoneId, amount, acceptedBy, commitmentId: contract.commitmentId },
          payeeOrganizationId: contract.supplierOrganizationId,
          key: `contracts.pay:${milestoneId}`,
        });
        paymentId = payment.paymentId;
      },
    });
    return { paymentId };
  }
}
