import { Injectable } from '@nestjs/common';
import { appropriate } from '../ledger/acts.js';
import { type Appropriation, LineFunding } from './line-funding.js';

/** Puts money on a budget line (下达). */
@Injectable()
export class AppropriateLine {
  constructor(private readonly funding: LineFunding) {}

  /** @throws DomainError platform.not-found, budgets.amount-not-positive, line-closed, key-reused */
  execute(input: Appropriation): Promise<void> {
    return this.funding.post(input, appropriate(input));
  }
}
