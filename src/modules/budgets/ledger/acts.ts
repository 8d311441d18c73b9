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
interface OnCommitment {
  readonly lineId: string;
  readonly commitmentId: string;
}
/** What was decided that bound the money: the document of whatever happens to the commitment as a whole. */
interface Source {
  readonly kind: string;
  readonly id: string;
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

/** What is left of a tender's reservation, on every line that has one. */
export const release: Act<{ tenderId: string; lineIds: readonly string[] }> = (input) =>
  posting(
    'release',
    input,
    { type: 'tender', id: input.tenderId },
    input.lineIds.map((lineId) => ({
      ...{ type: 'RELEASE', lineId, tenderId: input.tenderId, amount: WHOLE_BALANCE },
    })),
  );

/** A commitment takes its amount from the tender's reservation, and what is left of that becomes available. */
export const commitReserved: Act<
  OnTender & OnCommitment & { source: Source; amount: Money; contractId?: string | undefined }
> = (input) =>
  posting('commit', input, documentOf(input), [
    { type: 'COMMIT', ...input },
    { type: 'RELEASE', ...input, amount: WHOLE_BALANCE },
  ]);

/** On a line that reserves at award: reservation and commitment in one act. */
export const commitDirectly: typeof commitReserved = (input) =>
  posting('commit', input, documentOf(input), [
    { type: 'RESERVE', ...input },
    { type: 'COMMIT', ...input },
  ]);

type Amendment = OnCommitment & { source: Source; amount: Money; reason: string };

export const amendUp: Act<Amendment> = (input) =>
  posting('amend-up', input, documentOf(input), [{ type: 'AMEND_UP', ...input }]);

export const amendDown: Act<Amendment> = (input) =>
  posting('amend-down', input, documentOf(input), [{ type: 'AMEND_DOWN', ...input }]);

type OnMilestone = OnCommitment & { readonly milestoneId: string; readonly amount: Money };

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

function documentOf({ source, contractId }: { source: Source; contractId?: string | undefined }) {
  return contractId === undefined
    ? { type: source.kind, id: source.id }
    : { type: 'contract', id: contractId };
}

function ledgerPart({ lineId, commitmentId, milestoneId, amount }: OnMilestone): OnMilestone {
  return { lineId, commitmentId, milestoneId, amount };
}
