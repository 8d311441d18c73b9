/** The accounts of a budget line, from appropriation to payment. */
export const ACCOUNT_KINDS = [
  'appropriated',
  'available',
  'reserved',
  'encumbered',
  'accrued',
  'in-payment',
  'paid',
  'carried',
  'lapsed',
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Whose sub-account on the line it is: the line's own, one per tender, or one per commitment. */
export type SubjectKind = 'line' | 'tender' | 'commitment';
export const SUBJECT_OF: Readonly<Record<AccountKind, SubjectKind>> = {
  appropriated: 'line',
  available: 'line',
  reserved: 'tender',
  encumbered: 'commitment',
  accrued: 'commitment',
  'in-payment': 'commitment',
  paid: 'commitment',
  carried: 'line',
  lapsed: 'line',
};

export interface TransferRule {
  /** The account that grows (a debit is positive; `appropriated` is the contra account and runs negative). */
  readonly debit: AccountKind;
  readonly credit: AccountKind;
  readonly needsReason?: true;
  readonly needsMilestone?: true;
  /** May be undone by REVERSE. The others have a business operation that undoes them. */
  readonly reversible?: true;
}

/**
 * The only ways in which money moves in the ledger. The database holds the same table
 * (`budgets.transfer_allowed`) and refuses everything else.
 */
export const TRANSFER_RULES = {
  APPROPRIATE: { debit: 'available', credit: 'appropriated', reversible: true },
  ADJUST_UP: { debit: 'available', credit: 'appropriated', needsReason: true, reversible: true },
  ADJUST_DOWN: { debit: 'appropriated', credit: 'available', needsReason: true, reversible: true },
  RESERVE: { debit: 'reserved', credit: 'available' },
  RELEASE: { debit: 'available', credit: 'reserved' },
  COMMIT: { debit: 'encumbered', credit: 'reserved' },
  AMEND_UP: { debit: 'encumbered', credit: 'available', needsReason: true, reversible: true },
  AMEND_DOWN: { debit: 'available', credit: 'encumbered', needsReason: true, reversible: true },
  ACCRUE: { debit: 'accrued', credit: 'encumbered', needsMilestone: true },
  DEDUCT: {
    debit: 'available',
    credit: 'accrued',
    needsReason: true,
    needsMilestone: true,
    reversible: true,
  },
  PAY_START: { debit: 'in-payment', credit: 'accrued', needsMilestone: true },
  PAY_DONE: { debit: 'paid', credit: 'in-payment' },
  PAY_FAIL: { debit: 'accrued', credit: 'in-payment' },
  REFUND: { debit: 'available', credit: 'paid', needsReason: true, reversible: true },
  CARRY: { debit: 'carried', credit: 'available', reversible: true },
  LAPSE: { debit: 'lapsed', credit: 'available', needsReason: true, reversible: true },
} as const satisfies Readonly<Record<string, TransferRule>>;

export type PlainTransferType = keyof typeof TRANSFER_RULES;
export type TransferType = PlainTransferType | 'REVERSE';
export const TRANSFER_TYPES: readonly TransferType[] = [
  ...(Object.keys(TRANSFER_RULES) as PlainTransferType[]),
  'REVERSE',
];

/** Types that a REVERSE may name. */
export const REVERSIBLE_TYPES = (Object.keys(TRANSFER_RULES) as PlainTransferType[]).filter(isReversible);

export function isReversible(type: TransferType): type is PlainTransferType {
  return type !== 'REVERSE' && (TRANSFER_RULES[type] as TransferRule).reversible === true;
}

/** The rule of a reversal: the original's accounts change sides. */
export function reversalRule(of: PlainTransferType): TransferRule {
  const { debit, credit } = TRANSFER_RULES[of];
  return { debit: credit, credit: debit, needsReason: true };
}

/** Whether the ledger accepts this type between these accounts; the database function answers the same. */
export function isAllowed(type: TransferType, debit: AccountKind, credit: AccountKind): boolean {
  const rules: readonly TransferRule[] =
    type === 'REVERSE' ? REVERSIBLE_TYPES.map(reversalRule) : [TRANSFER_RULES[type]];
  return rules.some((rule) => rule.debit === debit && rule.credit === credit);
}

/** `appropriated` may only be at or below zero, every other account only at or above it. */
export function isWithinSign(kind: AccountKind, balanceFen: bigint): boolean {
  return kind === 'appropriated' ? balanceFen <= 0n : balanceFen >= 0n;
}
