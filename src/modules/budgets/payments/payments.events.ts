import { defineEvent } from '#libs/kernel';

export const paymentRequested = defineEvent<{
  paymentId: string;
  awardId: string;
  milestoneId: string;
  amountFen: number;
}>('budgets.payment-requested.v1');
/** The treasury paid; `voucherNumber` is its proof. */
export const paymentSettled = defineEvent<{
  paymentId: string;
  awardId: string;
  milestoneId: string;
  amountFen: number;
  voucherNumber: string;
}>('budgets.payment-settled.v1');
/** The treasury refused this attempt; finance may retry the same payment. */
export const paymentFailed = defineEvent<{
  paymentId: string;
  awardId: string;
  milestoneId: string;
  reasonCode: string;
}>('budgets.payment-failed.v1');
