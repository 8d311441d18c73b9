import { Injectable } from '@nestjs/common';
import { adjust } from '../ledger/acts.js';
import { type Appropriation, LineFunding } from './line-funding.js';

/** Adjusts what was put on a budget line (调整). */
@Injectable()
export class AdjustLine {
  constructor(private readonly funding: LineFunding) {}

  /**
   * @param input.amount may be negative, at most by what is still available
   * @throws DomainError platform.not-found, budgets.overspent, reason-required, line-closed, key-reused
   */
  execute(input: Appropriation & { readonly reason: string }): Promise<void> {
    return this.funding.post(input, adjust(input));
  }
}
