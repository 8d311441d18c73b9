import { DomainError, hasVisibleText, Money, newId } from '#libs/kernel';
import { ledgerErrors } from './ledger.errors.js';
import { isWithinSign, type AccountKind } from './transfer-rules.js';
import { accountName, type PostingToMake, sidesOf, type TransferToPost, WHOLE_BALANCE } from './posting.js';

/** A locked balance row, or the zero of an account that has no row yet. */
export interface AccountState {
  readonly lineId: string;
  readonly kind: AccountKind;
  readonly subjectId: string;
  readonly balanceFen: bigint;
  readonly entryCount: bigint;
}

export interface PlannedEntry {
  /** Name of the account. */
  readonly account: string;
  readonly seq: bigint;
  readonly side: 'debit' | 'credit';
  readonly amountFen: bigint;
  readonly previousFen: bigint;
  readonly balanceFen: bigint;
}

export interface PlannedTransfer {
  readonly id: string;
  readonly transfer: TransferToPost;
  readonly amountFen: bigint;
  readonly debit: AccountState;
  readonly credit: AccountState;
  readonly entries: readonly PlannedEntry[];
}

export interface PlannedPosting {
  readonly id: string;
  readonly posting: PostingToMake;
  readonly transfers: readonly PlannedTransfer[];
}

/** The running balances of one batch, by account name. */
export type Balances = Map<string, AccountState>;

/**
 * Works out the entries of one posting on the balances as they are, and moves `balances` on. An account that
 * is missing from `balances` has no row yet and holds nothing.
 * On a refusal `balances` stays as it was, so that a batch can go on with the next posting.
 *
 * @throws DomainError budgets.overspent, amount-not-positive, reason-required
 */
export function planPosting(posting: PostingToMake, balances: Balances): PlannedPosting {
  const moved: Balances = new Map();
  const current = (name: string) => moved.get(name) ?? balances.get(name);
  const transfers: PlannedTransfer[] = [];
  for (const transfer of posting.transfers) {
    const planned = planTransfer(transfer, current);
    if (planned === undefined) continue;
    transfers.push(planned.transfer);
    for (const state of planned.after) moved.set(accountName(state), state);
  }
  for (const [name, state] of moved) balances.set(name, state);
  return { id: newId(), posting, transfers };
}

function planTransfer(transfer: TransferToPost, current: (name: string) => AccountState | undefined) {
  const sides = sidesOf(transfer);
  const [debit, credit] = [sides.debit, sides.credit].map(
    (ref) => current(accountName(ref)) ?? { ...ref, balanceFen: 0n, entryCount: 0n },
  ) as [AccountState, AccountState];
  const amountFen = transfer.amount === WHOLE_BALANCE ? credit.balanceFen : transfer.amount.toBigInt();
  if (transfer.amount === WHOLE_BALANCE && amountFen === 0n) return undefined;
  if (amountFen <= 0n) throw ledgerErrors.amountNotPositive();
  if (sides.rule.needsReason && !isReason(transfer.reason)) throw ledgerErrors.reasonRequired();
  if (sides.rule.needsMilestone && transfer.milestoneId === undefined) {
    throw new Error(`${transfer.type} needs a milestone`);
  }
  const entries = [entryOf(debit, 'debit', amountFen), entryOf(credit, 'credit', -amountFen)] as const;
  // The credited account first: where money is missing, that is the one to name.
  const after = [advance(credit, entries[1]), advance(debit, entries[0])];
  for (const state of after) mustStayWithinSign(state);
  return { transfer: { id: newId(), transfer, amountFen, debit, credit, entries }, after };
}

function entryOf(account: AccountState, side: 'debit' | 'credit', amountFen: bigint): PlannedEntry {
  return {
    account: accountName(account),
    seq: account.entryCount + 1n,
    side,
    amountFen,
    previousFen: account.balanceFen,
    balanceFen: account.balanceFen + amountFen,
  };
}

function advance(account: AccountState, entry: PlannedEntry): AccountState {
  return { ...account, balanceFen: entry.balanceFen, entryCount: entry.seq };
}

function mustStayWithinSign(state: AccountState): void {
  if (isWithinSign(state.kind, state.balanceFen)) return;
  const missing = state.balanceFen < 0n ? -state.balanceFen : state.balanceFen;
  throw ledgerErrors.overspent({ account: state.kind, missingFen: Money.fen(missing).toFen() });
}

function isReason(reason: string | undefined): boolean {
  return reason !== undefined && hasVisibleText(reason) && reason.trim().length <= 500;
}

export function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError;
}
