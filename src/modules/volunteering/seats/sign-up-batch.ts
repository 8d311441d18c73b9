import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type DomainError } from '#libs/kernel';
import {
  allowedAbove,
  type Authorship,
  CLOCK,
  type ClaimVerdict,
  IdempotencyStore,
  platformErrors,
  Register,
  type StoredAnswer,
  UnitOfWork,
} from '#platform';
import { decideSignUps, type SignUpVerdict } from './decide-sign-ups.js';
import { SeatCounts } from './seat-counts.js';
import { SeatLocks } from './seat-locks.js';
import { signUpConfirmed, signUpWaitlisted } from './seats.events.js';
import { SignUp } from './sign-up.entity.js';
import { signUpObject } from './sign-up.object.js';

export interface SignUpRequest {
  readonly shiftId: string;
  readonly accountId: string;
  readonly riskAcknowledged: boolean;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
  readonly by: Authorship;
}

export interface SignUpAnswer {
  readonly signUpId: string;
  readonly shiftId: string;
  readonly state: 'confirmed' | 'waiting';
  /** Place on the waiting list, from 1; null for a confirmed seat. */
  readonly waitingPosition: number | null;
}

export type SignUpResult =
  | { readonly ok: true; readonly answer: SignUpAnswer; readonly replayed: boolean }
  | { readonly ok: false; readonly error: DomainError };

interface Decided {
  readonly request: SignUpRequest;
  readonly verdict: SignUpVerdict;
  /** Absent when it was refused. */
  readonly signUp?: SignUp | undefined;
}

/**
 * Decides many sign-ups in one transaction, one statement per table, each request with its own answer,
 * idempotency key, audit row and event. One bad request never fails its neighbours.
 *
 * What limits a rush for seats is not the check but one commit per request while everybody waits for the same
 * row; measured figures are in the design notes and in `npm run bench -- smoke`.
 * Lock order: volunteers by id, then shifts by id, each before its role.
 */
@Injectable()
export class SignUpBatch {
  constructor(
    private readonly uow: UnitOfWork,
    protected readonly locks: SeatLocks,
    private readonly counts: SeatCounts,
    private readonly idempotency: IdempotencyStore,
    private readonly register: Register,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns a result per request, in the same order */
  execute(requests: readonly SignUpRequest[]): Promise<SignUpResult[]> {
    return this.uow.run(async () => {
      const firstOfKey = firstIndexOfEachKey(requests);
      const claimed = requests.filter((_, index) => firstOfKey[index] === index);
      const verdicts = await this.idempotency.claimAll(
        claimed.map(({ by, idempotencyKey, requestHash }) => ({
          scope: by.actorId,
          key: idempotencyKey,
          hash: requestHash,
        })),
      );
      const fresh = claimed.filter((_, index) => verdicts[index]?.kind === 'new');
      const decided = fresh.length === 0 ? [] : await this.decide(fresh);
      const results = new Map(
        claimed.map((request, index) => [request, resultOf(request, verdicts[index], decided)]),
      );
      return requests.map((request, index) => {
        const first = requests[firstOfKey[index] ?? index];
        return resultForTwin(request, first, first === undefined ? undefined : results.get(first));
      });
    });
  }

  private async decide(requests: readonly SignUpRequest[]): Promise<Decided[]> {
    const now = this.clock.now();
    const applicants = await this.locks.lockApplicants(requests, now);
    const shifts = await this.locks.lockShifts(requests);
    const verdicts = decideSignUps(requests, shifts, applicants, () => platformErrors.notFound(), now);
    const decided = requests.map((request, index): Decided => {
      const verdict = verdicts[index] ?? { kind: 'refused', error: platformErrors.notFound() };
      const shift = shifts.get(request.shiftId);
      const volunteerId = applicants.get(request.accountId)?.volunteerId;
      if (verdict.kind === 'refused' || shift === undefined || volunteerId === undefined)
        return { request, verdict };
      const { accountId, riskAcknowledged } = request;
      const position = verdict.kind === 'waiting' ? verdict.number : null;
      const decision = { shift, volunteerId, accountId, state: verdict.kind, position, riskAcknowledged };
      return { request, verdict, signUp: SignUp.decided(decision, now) };
    });
    await this.write(decided.filter(({ signUp }) => signUp !== undefined));
    await this.idempotency.forgetAll(
      decided
        .filter(({ verdict }) => verdict.kind === 'refused')
        .map(({ request }) => ({ scope: request.by.actorId, key: request.idempotencyKey })),
    );
    return decided;
  }

  private async write(accepted: readonly Decided[]): Promise<void> {
    const requests = new Map(accepted.map(({ request, signUp }) => [signUp, request]));
    const by = (signUp: SignUp) => requests.get(signUp)?.by ?? noRequest();
    const signUps = [...requests.keys()].filter((signUp) => signUp !== undefined);
    await this.register.add(signUpObject, signUps, {
      action: 'sign-up',
      by,
      // Everybody signs up for themselves: the account comes from the session.
      allow: allowedAbove,
      apply: ({ shiftId, id, accountId, state }, act) => {
        const event = state === 'confirmed' ? signUpConfirmed : signUpWaitlisted;
        act.emit(event, { shiftId, signUpId: id, accountId });
      },
    });
    await this.counts.change(
      signUps.map(({ roleId, state }) => {
        const waiting = state === 'waiting' ? 1 : 0;
        return { roleId, taken: 1 - waiting, waiting, numbered: waiting };
      }),
    );
    await this.idempotency.keepAll(
      accepted.map((one) => ({
        scope: one.request.by.actorId,
        key: one.request.idempotencyKey,
        answer: { status: 201, body: answerOf(one) },
      })),
    );
  }
}

function noRequest(): never {
  throw new Error('A sign-up was decided that nobody asked for');
}

function answerOf({ request, verdict, signUp }: Decided): SignUpAnswer {
  return {
    signUpId: signUp?.id ?? noRequest(),
    shiftId: request.shiftId,
    state: verdict.kind === 'confirmed' ? 'confirmed' : 'waiting',
    waitingPosition: verdict.kind === 'waiting' ? verdict.position : null,
  };
}

function resultOf(
  request: SignUpRequest,
  claim: ClaimVerdict | undefined,
  decided: readonly Decided[],
): SignUpResult {
  if (claim?.kind === 'replay') return replay(claim.answer);
  const own = decided.find((one) => one.request === request);
  if (claim?.kind !== 'new' || own === undefined)
    return { ok: false, error: platformErrors.idempotencyKeyReused() };
  if (own.verdict.kind === 'refused') return { ok: false, error: own.verdict.error };
  return { ok: true, answer: answerOf(own), replayed: false };
}

function replay(stored: StoredAnswer): SignUpResult {
  return { ok: true, answer: stored.body as SignUpAnswer, replayed: true };
}

/** For each request the index of the first one in the list with the same person and key. */
function firstIndexOfEachKey(requests: readonly SignUpRequest[]): number[] {
  const first = new Map<string, number>();
  return requests.map(({ by, idempotencyKey }, index) => {
    const name = `${by.actorId} ${idempotencyKey}`;
    const known = first.get(name) ?? index;
    first.set(name, known);
    return known;
  });
}

/** A request that came twice in one batch gets the answer of its twin. */
function resultForTwin(
  request: SignUpRequest,
  first: SignUpRequest | undefined,
  result: SignUpResult | undefined,
): SignUpResult {
  if (first === undefined || result === undefined || !first.requestHash.equals(request.requestHash)) {
    return { ok: false, error: platformErrors.idempotencyKeyReused() };
  }
  return first === request || !result.ok ? result : { ...result, replayed: true };
}
