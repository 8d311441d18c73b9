import { Injectable } from '@nestjs/common';
import { DomainError, Money } from '#libs/kernel';
import { Figures } from '#platform';
import { mustBeLawfulMethod, type ProcurementMethod, suggestMethod } from './method-rules.js';
import type { TenderFile } from './tender.entity.js';
import { tenderingErrors } from './tendering.errors.js';

/** What the area's figures say about a method for an amount. */
@Injectable()
export class LawfulMethod {
  constructor(private readonly figures: Figures) {}

  /**
   * The wanted method when it is lawful, or the one that the amount suggests.
   * @throws DomainError procurement.threshold-not-set, method-needs-approval, method-not-supported
   */
  async choose(
    areaCode: string,
    file: Pick<TenderFile, 'ceiling' | 'method' | 'methodApproval'>,
  ): Promise<ProcurementMethod> {
    const figure = 'procurement.public-tender-threshold-fen';
    try {
      const publicTender = Money.fen(await this.figures.number(figure, areaCode));
      const method = file.method ?? suggestMethod(file.ceiling, { publicTender });
      mustBeLawfulMethod(method, file.ceiling, { publicTender }, file.methodApproval ?? null);
      return method;
    } catch (error) {
      // The general text does not say who must act; here it is the finance bureau.
      if (error instanceof DomainError && error.code === 'figures.not-set')
        throw tenderingErrors.thresholdNotSet({ figure });
      throw error;
    }
  }
}
