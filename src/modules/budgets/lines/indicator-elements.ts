/**
 * Elements of a budget indicator (预算指标要素) that take one of a few values. The names follow the national
 * budget-management standard; the values that a bureau adds belong here and in the CHECK of the table.
 */
export const FUND_NATURES = [
  'general-public-budget',
  'government-fund',
  'state-capital',
  'special-account',
  'unit-funds',
] as const;
export type FundNature = (typeof FUND_NATURES)[number];

export const INDICATOR_SOURCES = [
  'annual-budget',
  'supplementary',
  'higher-level-transfer',
  'carried-over',
  'adjusted',
] as const;
export type IndicatorSource = (typeof INDICATOR_SOURCES)[number];

export const PAYMENT_METHODS = ['treasury-direct', 'treasury-authorized', 'fiscal-account'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** When a tender's money is set aside: at publication of the tender, or only at the award. */
export const RESERVATION_STAGES = ['publication', 'award'] as const;
export type ReservationStage = (typeof RESERVATION_STAGES)[number];
