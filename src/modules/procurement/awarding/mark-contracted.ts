import { Injectable } from '@nestjs/common';
import { allowedAbove, Register, UnitOfWork } from '#platform';
import { tenderObject } from '../tendering/tender.object.js';

/** The contract was signed by both sides: the tender is done. Called by the contracts module, which judges access. */
@Injectable()
export class MarkContracted {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
  ) {}

  /** Again does nothing. @throws DomainError state.wrong-state before the award */
  async execute(tenderId: string): Promise<void> {
    await this.uow.run(async () => {
      const { state } = await this.register.locked(tenderObject, tenderId, allowedAbove);
      if (state === 'contracted') return;
      await this.register.act(tenderObject, tenderId, { action: 'contract', allow: allowedAbove });
    });
  }
}
