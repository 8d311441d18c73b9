import type { FundNature, IndicatorSource, PaymentMethod, ReservationStage } from '../indicator-elements.js';

export class CreatedLineResponse {
  id: string;
}

export class BudgetLineItemResponse {
  id: string;
  fiscalYear: number;
  /** The last year in which its money may be used; null: its own. */
  carriesOverTo: number | null;
  areaCode: string;
  documentNumber: string;
  projectCode: string;
  name: string;
  buyerOrganizationId: string;
  reservationStage: ReservationStage;
  status: 'open' | 'closed';
  appropriatedFen: number;
  availableFen: number;
}

export class BudgetLinePageResponse {
  items: BudgetLineItemResponse[];
  nextCursor: string | null;
}

/** Sums over the line's accounts; `appropriatedFen` equals the sum of all the others. */
export class BudgetBalancesResponse {
  appropriatedFen: number;
  availableFen: number;
  reservedFen: number;
  encumberedFen: number;
  accruedFen: number;
  inPaymentFen: number;
  paidFen: number;
  carriedFen: number;
  lapsedFen: number;
}

export class BudgetLineResponse {
  id: string;
  fiscalYear: number;
  /** The last year in which its money may be used; null: its own. */
  carriesOverTo: number | null;
  areaCode: string;
  documentNumber: string;
  projectCode: string;
  name: string;
  buyerOrganizationId: string;
  unitCode: string;
  fundNature: FundNature;
  functionalClass: string;
  governmentEconomicClass: string;
  departmentEconomicClass: string;
  source: IndicatorSource;
  isGovernmentProcurement: boolean;
  paymentMethod: PaymentMethod;
  reservationStage: ReservationStage;
  status: 'open' | 'closed';
  version: number;
  balances: BudgetBalancesResponse;
}
