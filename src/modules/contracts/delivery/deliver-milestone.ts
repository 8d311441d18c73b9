import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { db, FileStore, query, Register, UnitOfWork } from '#platform';
import { ContractAccess } from '../terms/contract.access.js';
import { milestoneObject } from '../terms/contract.object.js';
import { milestoneDelivered } from './delivery.events.js';
import { deliveryPermissions } from './delivery.permissions.js';

const addDelivery = query(
  (p: { id: string; milestoneId: string; note: string; deliveredBy: string; deliveredAt: Date }) =>
    db.insertInto('contracts.delivery').values({
      id: p.id,
      milestone_id: p.milestoneId,
      note: p.note,
      delivered_by: p.deliveredBy,
      delivered_at: p.deliveredAt,
    }),
);

/** The supplier reports a milestone as done, with evidence. */
@Injectable()
export class DeliverMilestone {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: ContractAccess,
    private readonly files: FileStore,
  ) {}

  async execute(
    milestoneId: string,
    { note, fileIds }: { note: string; fileIds: readonly string[] },
  ): Promise<{ deliveryId: string }> {
    const deliveryId = newId();
    await this.register.act(milestoneObject, milestoneId, {
      allow: async (_milestone, contract) => {
        await this.access.mustBeForSupplier(contract, deliveryPermissions.deliver);
      },
      action: (_milestone, contract) => {
        contract.mustBeActive();
        return 'deliver';
      },
      apply: async ({ contractId }, act) => {
        await this.uow.all(addDelivery, {
          ...{ id: deliveryId, milestoneId, note },
          deliveredBy: act.by,
          deliveredAt: act.at,
        });
        await this.files.attach(fileIds, 'contracts.delivery', deliveryId);
        act.emit(milestoneDelivered, { contractId, milestoneId });
      },
    });
    return { deliveryId };
  }
}
