import { Injectable } from '@nestjs/common';
import { db, FileStore, instant, platformErrors, query, UnitOfWork } from '#platform';
import { ContractReads } from '../terms/contracts.read.js';
import type { DeliveryResponse } from './http/delivery.response.js';

const SHOWN = 200;

const deliveriesOf = query((p: { contractId: string }) =>
  db
    .selectFrom('contracts.delivery as d')
    .innerJoin('contracts.milestone as m', 'm.id', 'd.milestone_id')
    .leftJoin('contracts.acceptance as a', 'a.delivery_id', 'd.id')
    .select([
      'd.id',
      'd.milestone_id as milestoneId',
      'd.note',
      'a.outcome',
      'a.note as outcomeNote',
      'a.opinions',
    ])
    .select((eb) => instant(eb.ref('d.delivered_at')).as('deliveredAt'))
    .where('m.contract_id', '=', p.contractId)
    .orderBy('d.delivered_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(SHOWN),
);

const deliveryOfContract = query((p: { contractId: string; deliveryId: string }) =>
  db
    .selectFrom('contracts.delivery as d')
    .innerJoin('contracts.milestone as m', 'm.id', 'd.milestone_id')
    .select('d.id')
    .where('d.id', '=', p.deliveryId)
    .where('m.contract_id', '=', p.contractId),
);

/** What was delivered under a contract, for whoever may see the contract. */
@Injectable()
export class DeliveryReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractReads,
    private readonly files: FileStore,
  ) {}

  /** In the order in which they came; the newest 200. */
  async list(contractId: string): Promise<DeliveryResponse[]> {
    await this.contracts.visible(contractId);
    const deliveries = await this.uow.all(deliveriesOf, { contractId });
    const ids = deliveries.map(({ id }) => id);
    const files = await this.files.attachedTo('contracts.delivery', ids);
    return deliveries.toReversed().map((delivery) => ({
      ...delivery,
      opinions: (delivery.opinions ?? []) as unknown as DeliveryResponse['opinions'],
      files: files
        .filter(({ objectId }) => objectId === delivery.id)
        .map(({ objectId: _objectId, ...file }) => file),
    }));
  }

  /** An attachment of a delivery. @throws DomainError platform.not-found */
  async openEvidence(contractId: string, deliveryId: string, fileId: string) {
    await this.contracts.visible(contractId);
    const belongs = await this.uow.first(deliveryOfContract, { contractId, deliveryId });
    if (!belongs) throw platformErrors.notFound();
    return this.files.openAttached('contracts.delivery', deliveryId, fileId);
  }
}
