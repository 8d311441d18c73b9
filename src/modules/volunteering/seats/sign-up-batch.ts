import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, type DomainError, newId } from '#libs/kernel';
import {
  AuditTrail,
  type Authorship,
  CLOCK,
  type ClaimVerdict,
  IdempotencyStore,
  Outbox,
  platformErrors,
  type StoredAnswer,
  UnitOfWork,
} from '#platform';
import { decideSignUps, type SignUpVerdict } from './decide-sign-ups.js';
import { signUpConfirmed, signUpWaitlisted } from './seats.events.js';
import { SeatLocks } from './seat-locks.js';

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
  readonly signUpId: string;
}

/**
 * Decides many sign-ups in one transaction, one statement per table, each request with its own answer,
 * idempotency key, audit row and event. One bad request never fails its neighbours.
 *
 * What limits a rush for seats is not the check but one commit per request while everybody waits for the same
 * row; measured figures are in the design notes and in `npm run bench -- smoke`.
 * Lock order: volunteers by id, then shifts by id.
 */
@Injectable()
export class SignUpBatch {
  constructor(
    private readonly uow: UnitOfWork,
    protected readonly reads: SeatLocks,
    private readonly idempotency: IdempotencyStore,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
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
    const applicants = await this.reads.lockApplicants(requests, now);
    const shifts = await this.reads.lockShifts(requests, now);
    const verdicts = decideSignUps(
      requests,
      shifts,
      applicants,
      () => platformErrors.notFound(),
      chinaDate(now),
    );
    const decided = requests.map((request, index) => ({
      request,
      verdict: verdicts[index] ?? { kind: 'refused' as const, error: platformErrors.notFound() },
      signUpId: newId(),
    }));
    const accepted = decided.filter(({ verdict }) => verdict.kind !== 'refused');
    const refused = decided.filter(({ verdict }) => verdict.kind === 'refused');
    await this.write(accepted, now);
    await this.idempotency.forgetAll(
      refused.map(({ request }) => ({ scope: request.by.actorId, key: request.idempotencyKey })),
    );
    return decided;
  }

  private async write(accepted: readonly Decided[], now: Date): Promise<void> {
    if (accepted.length === 0) return;
    await this.uow.sql(
      `INSERT INTO volunteering.sign_up
         (id, shift_id, account_id, state, position, occupied, risk_acknowledged_at, created_at)
       SELECT w.id, w.shift_id, w.account_id, w.state, w.position, tstzrange(s.starts_at, s.ends_at),
              CASE WHEN w.acknowledged THEN $7::timestamptz END, $7
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::boolean[])
         AS w (id, shift_id, account_id, state, position, acknowledged)
       JOIN volunteering.shift s ON s.id = w.shift_id`,
      [
        accepted.map(({ signUpId }) => signUpId),
        accepted.map(({ request }) => request.shiftId),
        accepted.map(({ request }) => request.accountId),
        accepted.map(({ verdict }) => verdict.kind),
        accepted.map(({ verdict }) => (verdict.kind === 'waiting' ? verdict.position : null)),
        accepted.map(({ request }) => request.riskAcknowledged),
        now,
      ],
    );
    await this.uow.sql(
      `UPDATE volunteering.shift s
       SET taken = s.taken + c.confirmed, waiting = s.waiting + c.waiting, next_position = s.next_position + c.waiting
       FROM (SELECT shift_id, count(*) FILTER (WHERE kind = 'confirmed')::int AS confirmed,
                    count(*) FILTER (WHERE kind = 'waiting')::int AS waiting
             FROM unnest($1::uuid[], $2::text[]) AS d (shift_id, kind) GROUP BY shift_id) c
       WHERE s.id = c.shift_id`,
      [accepted.map(({ request }) => request.shiftId), accepted.map(({ verdict }) => verdict.kind)],
    );
    await this.outbox.appendAll(accepted.map(eventOf));
    await this.audit.recordAll(
      accepted.map(({ request, verdict, signUpId }) => ({
        action: 'volunteering.sign-up',
        objectType: 'sign-up',
        objectId: signUpId,
        after: { shiftId: request.shiftId, state: verdict.kind },
        by: request.by,
      })),
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

function eventOf({ request, verdict, signUpId }: Decided) {
  return {
    event: verdict.kind === 'confirmed' ? signUpConfirmed : signUpWaitlisted,
    payload: { shiftId: request.shiftId, signUpId, accountId: request.accountId },
    by: request.by,
  };
}

function answerOf({ request, verdict, signUpId }: Decided): SignUpAnswer {
  return {
    signUpId,
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
