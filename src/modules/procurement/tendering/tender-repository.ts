import { Injectable } from '@nestjs/common';
import { platformErrors, UnitOfWork } from '#platform';
import { Tender } from './tender.entity.js';

/** Loads tenders for change. Lock order of the module: tender, then plan item, then bids by id, then money. */
@Injectable()
export class TenderRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError platform.not-found */
  async find(tenderId: string): Promise<Tender> {
    const tender = await this.uow.manager.findOne(Tender, { where: { id: tenderId } });
    if (!tender) throw platformErrors.notFound();
    return tender;
  }

  /** The row is ours until the transaction ends: what is decided on it holds. */
  async lock(tenderId: string): Promise<Tender> {
    this.uow.mustBeActive('tenders.lock');
    const tender = await this.uow.manager.findOne(Tender, {
      where: { id: tenderId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!tender) throw platformErrors.notFound();
    return tender;
  }

  async add(tender: Tender): Promise<void> {
    await this.uow.manager.insert(Tender, tender);
  }

  /** Writes these fields, counts the version up, and keeps the object in step. */
  async change(tender: Tender, changes: Partial<Omit<Tender, 'id' | 'version'>>): Promise<void> {
    Object.assign(tender, changes, { version: tender.version + 1 });
    await this.uow.manager.update(Tender, { id: tender.id }, { ...changes, version: tender.version });
  }

  /** Database time: the one clock that judges deadlines. */
  async databaseTime(): Promise<Date> {
    const row = await this.uow.one<{ now: Date }>('SELECT clock_timestamp() AS now');
    if (!row) throw new Error('The database did not tell the time');
    return row.now;
  }
}
