import type { Money } from '#libs/kernel';
import { type PostingToMake, WHOLE_BALANCE } from './posting.js';

/**
 * What each business act writes into the ledger, as plain data. Amounts are positive; `key` is the caller's
 * idempotency key and is unique per act.
 */
type Act<Input> = (input: Input & { readonly key: string }) => PostingToMake;

interface OnTender {
  readonly lineId: string;
  readonly tenderId: string;
}
interface OnAward {
  readonly lineId: string;
  readonly awardId: string;
}

export const appropriate: Act<{ lineId: string; amount: Money; documentNumber: string }> = (input) =>
  posting('appropriate', input, { type: 'budget-document', id: input.documentNumber }, [
    { type: 'APPROPRIATE', lineId: input.lineId, amount: input.amount },
  ]);

/** `amount` may be negative: then the appropriation shrinks, and only by what is still available. */
export const adjust: Act<{ lineId: string; amount: Money; documentNumber: string; reason: string }> = (
  input,
) =>
  posting('adjust', input, { type: 'budget-document', id: input.documentNumber }, [
    {
      type: input.amount.isNegative() ? 'ADJUST_DOWN' : 'ADJUST_UP',
      lineId: input.lineId,
      amount: input.amount.abs(),
      reason: input.reason,
    },
  ]);

export const reserve: Act<OnTender & { amount: Money }> = (input) =>
  posting('reserve', input, { type: 'tender', id: input.tenderId }, [{ type: 'RESERVE', ...input }]);

export const release: Act<OnTender> = (input) =>
  posting('release', input, { type: 'tender', id: input.tenderId }, [
    { type: 'RELEASE', ...input, amount: WHOLE_BALANCE },
  ]);

/** The award takes its amount from the tender's reservation, and what is left of that becomes available. */
export const commitReserved: Act<OnTender & OnAward & { amount: Money; contractId?: string | undefined }> = (
  input,
) =>
  posting('commit', input, documentOfAward(input), [
    { type: 'COMMIT', ...input },
    { type: 'RELEASE', ...input, amount: WHOLE_BALANCE },
  ]);

/** On a line that reserves at award: reservation and commitment in one act. */
export const commitDirectly: typeof commitReserved = (input) =>
  posting('commit', input, documentOfAward(input), [
    { type: 'RESERVE', ...input },
    { type: 'COMMIT', ...input },
  ]);

export const amendUp: Act<OnAward & { amount: Money; reason: string }> = (input) =>
  posting('amend-up', input, { type: 'award', id: input.awardId }, [{ type: 'AMEND_UP', ...input }]);

export const amendDown: Act<OnAward & { amount: Money; reason: string }> = (input) =>
  posting('amend-down', input, { type: 'award', id: input.awardId }, [{ type: 'AMEND_DOWN', ...input }]);

type OnMilestone = OnAward & { readonly milestoneId: string; readonly amount: Money };

export const accrue: Act<OnMilestone> = (input) =>
  posting('accrue', input, { type: 'milestone', id: input.milestoneId }, [{ type: 'ACCRUE', ...input }]);

export const deduct: Act<OnMilestone & { reason: string }> = (input) =>
  posting('deduct', input, { type: 'milestone', id: input.milestoneId }, [{ type: 'DEDUCT', ...input }]);

export const refund: Act<OnMilestone & { reason: string }> = (input) =>
  posting('refund', input, { type: 'milestone', id: input.milestoneId }, [{ type: 'REFUND', ...input }]);

/** What the key of `payStart` answers for on a replay: the payment it created. */
export const payStart: Act<OnMilestone & { paymentId: string; request: object }> = (input) => ({
  ...posting('pay-start', input, { type: 'payment', id: input.paymentId }, [
    { type: 'PAY_START', ...ledgerPart(input) },
  ]),
  request: input.request,
  result: { paymentId: input.paymentId },
});

export const payDone: Act<OnMilestone & { paymentId: string; startTransferId: string }> = (input) =>
  posting('pay-done', input, { type: 'payment', id: input.paymentId }, [
    { type: 'PAY_DONE', ...ledgerPart(input), resolvesId: input.startTransferId },
  ]);

export const payFail: Act<OnMilestone & { paymentId: string; startTransferId: string }> = (input) =>
  posting('pay-fail', input, { type: 'payment', id: input.paymentId }, [
    { type: 'PAY_FAIL', ...ledgerPart(input), resolvesId: input.startTransferId },
  ]);

function posting(
  act: string,
  { key, ...request }: { readonly key: string },
  document: PostingToMake['document'],
  transfers: PostingToMake['transfers'],
): PostingToMake {
  return { scope: `budgets.${act}`, key, request, document, transfers };
}

function documentOfAward({ awardId, contractId }: { awardId: string; contractId?: string | undefined }) {
  return contractId === undefined ? { type: 'award', id: awardId } : { type: 'contract', id: contractId };
}

function ledgerPart({ lineId, awardId, milestoneId, amount }: OnMilestone): OnMilestone {
  return { lineId, awardId, milestoneId, amount };
}
