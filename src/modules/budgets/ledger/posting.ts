import type { Money } from '#libs/kernel';
import {
  type AccountKind,
  type PlainTransferType,
  reversalRule,
  SUBJECT_OF,
  TRANSFER_RULES,
  type TransferRule,
  type TransferType,
} from './transfer-rules.js';

/** Moves whatever the credited account still holds when the transfer's turn comes; nothing if it is empty. */
export const WHOLE_BALANCE = 'whole-balance';

interface TransferSubjects {
  readonly lineId: string;
  readonly amount: Money | typeof WHOLE_BALANCE;
  /** Needed where the type touches the tender's or the commitment's sub-account. */
  readonly tenderId?: string | undefined;
  readonly commitmentId?: string | undefined;
  readonly milestoneId?: string | undefined;
  readonly reason?: string | undefined;
}

/** One typed transfer. Its accounts follow from the type; nobody names an account. */
export type TransferToPost = TransferSubjects &
  (
    | { readonly type: PlainTransferType; readonly resolvesId?: string }
    | {
        readonly type: 'REVERSE';
        readonly reverses: { readonly id: string; readonly type: PlainTransferType };
      }
  );

/** One business act: its transfers stand or fall together, and its key is good once. */
export interface PostingToMake {
  /** Names the kind of act, e.g. `budgets.commit`; keys are unique within it. */
  readonly scope: string;
  readonly key: string;
  /** What was asked. The same key with the same request replays, with another one it is refused. */
  readonly request: object;
  /** Kept with the posting and given back on a replay. */
  readonly result?: object;
  readonly document: { readonly type: string; readonly id: string };
  readonly transfers: readonly TransferToPost[];
}

export interface Posted {
  readonly postingId: string;
  /** In the order of the transfers that were posted; one whose whole balance was zero is left out. */
  readonly transferIds: readonly string[];
  readonly result: object;
  /** True when the key was used before and nothing was posted now. */
  readonly replayed: boolean;
}

/** The account a transfer touches, before it has a row. */
export interface AccountRef {
  readonly lineId: string;
  readonly kind: AccountKind;
  readonly subjectId: string;
}

export interface TransferSides {
  readonly rule: TransferRule;
  readonly debit: AccountRef;
  readonly credit: AccountRef;
}

export function sidesOf(transfer: TransferToPost): TransferSides {
  const rule: TransferRule =
    transfer.type === 'REVERSE' ? reversalRule(transfer.reverses.type) : TRANSFER_RULES[transfer.type];
  return { rule, debit: refOf(transfer, rule.debit), credit: refOf(transfer, rule.credit) };
}

export function accountName(ref: AccountRef): string {
  return `${ref.lineId} ${ref.kind} ${ref.subjectId}`;
}

function refOf(transfer: TransferToPost, kind: AccountKind): AccountRef {
  return { lineId: transfer.lineId, kind, subjectId: subjectOf(transfer, kind) };
}

function subjectOf(transfer: TransferToPost, kind: AccountKind): string {
  const { lineId: line, tenderId: tender, commitmentId: commitment } = transfer;
  const subjectId = { line, tender, commitment }[SUBJECT_OF[kind]];
  // A caller inside this module forgot it: a bug, not a refusal.
  if (subjectId === undefined)
    throw new Error(`${transfer.type satisfies TransferType} needs the subject of ${kind}`);
  return subjectId;
}
