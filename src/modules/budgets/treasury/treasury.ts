import type { Money } from '#libs/kernel';

export interface PaymentOrder {
  /** The treasury pays at most once per key, however often it is told to. */
  readonly key: string;
  readonly payeeOrganizationId: string;
  readonly amount: Money;
}

/** What the treasury says about an order, as one message with an id of its own. */
export interface TreasuryAnswer {
  readonly answerId: string;
  readonly key: string;
  readonly outcome: 'paid' | 'refused';
  /** Present exactly when paid. */
  readonly voucherNumber: string | undefined;
  /** Present exactly when refused. */
  readonly reasonCode: string | undefined;
  readonly answeredAt: Date;
}

export type OrderStatus =
  /** The treasury has no such order. */
  | { readonly state: 'unknown' }
  /** It has the order and has not decided yet; the answer comes later. */
  | { readonly state: 'undecided' }
  | { readonly state: 'decided'; readonly answer: TreasuryAnswer };

/** No answer came. The order may have been accepted all the same: ask before sending it again. */
export class TreasuryUnreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('The treasury gave no answer', options);
    this.name = 'TreasuryUnreachable';
  }
}

/**
 * The way to the treasury. The product orders payments and records vouchers; it never moves money itself
 * (rules §2.6). An adapter is an outside system: it never joins our transaction.
 */
export abstract class Treasury {
  /** @throws TreasuryUnreachable */
  abstract pay(order: PaymentOrder): Promise<OrderStatus>;

  /** @throws TreasuryUnreachable */
  abstract status(key: string): Promise<OrderStatus>;

  /**
   * Answers in the treasury's own order, like the lines of a statement; the same answer may come again.
   * @param position where the last call ended; undefined from the beginning
   * @throws TreasuryUnreachable
   */
  abstract answersAfter(
    position: string | undefined,
    limit: number,
  ): Promise<{ readonly answers: readonly TreasuryAnswer[]; readonly position: string | undefined }>;
}
