import { chinaDate, type DomainError } from '#libs/kernel';
import { peopleErrors } from '../people/people.errors.js';
import { shiftsErrors } from '../shifts/shifts.errors.js';
import { seatsErrors } from './seats.errors.js';
import { ADULT_YEARS, LEAST_YEARS, yearsBetween } from '../people/age.js';

/** A shift and the seats of its role, as they stand under their locks. */
export interface ShiftSeats {
  readonly id: string;
  readonly roleId: string;
  /** Not called off; it may be over all the same. */
  readonly open: boolean;
  readonly projectRuns: boolean;
  readonly startsAt: number;
  readonly endsAt: number;
  /** From here on nobody moves up any more: they could neither come nor decline in time. */
  readonly queueEndsAt: number;
  readonly capacity: number;
  readonly taken: number;
  readonly waiting: number;
  readonly nextPosition: number;
  readonly needsRiskAcknowledged: boolean;
  readonly dangerous: boolean;
}

/** A volunteer as they stand under their lock. */
export interface Applicant {
  readonly volunteerId: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly guardianConsented: boolean;
  /** Times at which they hold a seat, [start, end) in ms. */
  readonly busy: readonly (readonly [start: number, end: number])[];
  /** Shifts for which they have a sign-up that is not cancelled. */
  readonly signedUpFor: ReadonlySet<string>;
}

export interface SignUpWish {
  readonly shiftId: string;
  readonly accountId: string;
  readonly riskAcknowledged: boolean;
}

export type SignUpVerdict =
  | { readonly kind: 'confirmed' }
  /** `position`: so many are served up to and including this one. `number`: what orders the queue in the table. */
  | { readonly kind: 'waiting'; readonly position: number; readonly number: number }
  | { readonly kind: 'refused'; readonly error: DomainError };

/**
 * Decides wishes in the order in which they arrived: first come, first served, each on its own.
 *
 * A free seat goes to the queue before it goes to a newcomer, so as long as anybody waits a new wish waits too.
 * Once nobody moves up any more, whoever still comes by themselves may have it. Back-to-back shifts do not clash: times are half-open.
 * Age and consent are judged for the day of service, in China: an adult by then needs nobody's consent.
 * @param applicants by account
 * @returns a verdict per wish, in the same order
 */
export function decideSignUps(
  wishes: readonly SignUpWish[],
  shifts: ReadonlyMap<string, ShiftSeats>,
  applicants: ReadonlyMap<string, Applicant>,
  notFound: () => DomainError,
  now: Date,
): SignUpVerdict[] {
  const taken = new Map([...shifts.values()].map((shift) => [shift.id, shift.taken]));
  const next = new Map([...shifts.values()].map((shift) => [shift.id, shift.nextPosition]));
  const waiting = new Map([...shifts.values()].map((shift) => [shift.id, shift.waiting]));
  const busy = new Map([...applicants].map(([account, person]) => [account, [...person.busy]]));
  const signedUp = new Map(
    [...applicants].map(([account, person]) => [account, new Set(person.signedUpFor)]),
  );

  return wishes.map((wish) => {
    const shift = shifts.get(wish.shiftId);
    if (!shift) return { kind: 'refused', error: notFound() };
    const person = applicants.get(wish.accountId);
    const held = { signedUpFor: signedUp.get(wish.accountId), busy: busy.get(wish.accountId) };
    const error = refusal(wish, shift, person, held, now);
    if (error) return { kind: 'refused', error };
    const seats = taken.get(shift.id) ?? 0;
    const queueIsServed = now.getTime() < shift.queueEndsAt;
    const isFree = seats < shift.capacity && (waiting.get(shift.id) === 0 || !queueIsServed);
    signedUp.get(wish.accountId)?.add(shift.id);
    if (isFree) {
      taken.set(shift.id, seats + 1);
      busy.get(wish.accountId)?.push([shift.startsAt, shift.endsAt]);
      return { kind: 'confirmed' };
    }
    const number = next.get(shift.id) ?? 1;
    const position = (waiting.get(shift.id) ?? 0) + 1;
    next.set(shift.id, number + 1);
    waiting.set(shift.id, position);
    return { kind: 'waiting', position, number };
  });
}

function refusal(
  wish: SignUpWish,
  shift: ShiftSeats,
  person: Applicant | undefined,
  held: {
    readonly signedUpFor: ReadonlySet<string> | undefined;
    readonly busy: Applicant['busy'] | undefined;
  },
  now: Date,
): DomainError | undefined {
  if (!person) return peopleErrors.profileRequired();
  if (!shift.open) return shiftsErrors.shiftNotOpen();
  if (shift.endsAt <= now.getTime()) return shiftsErrors.shiftOver();
  if (!shift.projectRuns) return shiftsErrors.projectNotRunning();
  const unfit = ageRefusal(person, shift);
  if (unfit) return unfit;
  if (shift.needsRiskAcknowledged && !wish.riskAcknowledged) return seatsErrors.riskNotAcknowledged();
  if (held.signedUpFor?.has(shift.id)) return seatsErrors.alreadySignedUp();
  return isBusy(held.busy ?? [], shift) ? seatsErrors.doubleBooked() : undefined;
}

/** May a person be promoted from the waiting list? Everything that can have changed since they signed up. */
export function mayBePromoted(person: Applicant | undefined, shift: ShiftSeats): boolean {
  return person !== undefined && !ageRefusal(person, shift) && !isBusy(person.busy, shift);
}

function ageRefusal(person: Applicant, shift: ShiftSeats): DomainError | undefined {
  const age = yearsBetween(person.birthDate, chinaDate(new Date(shift.startsAt)));
  if (age < LEAST_YEARS) return peopleErrors.tooYoung();
  if (age >= ADULT_YEARS) return undefined;
  if (shift.dangerous) return peopleErrors.tooYoungForDanger();
  return person.guardianConsented ? undefined : peopleErrors.guardianConsentRequired();
}

function isBusy(busy: readonly (readonly [number, number])[], shift: ShiftSeats): boolean {
  return busy.some(([start, end]) => start < shift.endsAt && shift.startsAt < end);
}
