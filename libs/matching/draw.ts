import { createHash } from 'node:crypto';

/**
 * A fair public draw in the manner of RFC 3797: first publish the hash of the sorted list of applicants
 * (commitment), and name a public number that does not exist yet; when it does (the seed), everybody can
 * compute the same order with SHA-256 and nothing else.
 */
export interface Applicant {
  readonly id: string;
  /** Priority tier; 1 goes first. Default 1. */
  readonly tier?: number;
  /** People who want to come together or not at all share a group; its name is not empty. */
  readonly group?: string;
  /** Labels that reserved places ask for. */
  readonly tags?: readonly string[];
}

export interface DrawRules {
  readonly places: number;
  /** Places set aside, in this order; what nobody with the tag takes goes to everybody. */
  readonly reserved?: readonly { readonly tag: string; readonly places: number }[];
}

export interface DrawnApplicant {
  readonly id: string;
  /** 1 .. applicants. The order of the draw and, for those without a place, of the waiting list. */
  readonly position: number;
  readonly tier: number;
  /** SHA-256 that decided the position, hex. The same for all members of a group. */
  readonly drawNumber: string;
  /** `place`, `reserved:<tag>` or `waiting`. */
  readonly outcome: string;
}

export interface DrawResult {
  readonly commitment: string;
  readonly seed: string;
  readonly order: readonly DrawnApplicant[];
}

/** Thrown when a list cannot be drawn from. `code` is stable. */
export class InvalidDraw extends Error {
  override readonly name = 'InvalidDraw';
  constructor(
    readonly code: 'duplicate-applicant' | 'bad-tier' | 'bad-group' | 'bad-places' | 'commitment-differs',
    detail: string,
  ) {
    super(`draw refused (${code}): ${detail}`);
  }
}

/** The text whose hash is published: one JSON line per applicant, sorted by id, after one line of rules. */
export function committedText(applicants: readonly Applicant[], rules: DrawRules): string {
  const reserved = (rules.reserved ?? []).map((r) => [r.tag, r.places]);
  const lines = [...applicants]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((a) => JSON.stringify([a.id, a.tier ?? 1, a.group ?? '', [...(a.tags ?? [])].sort()]));
  return [JSON.stringify([rules.places, reserved]), ...lines].join('\n');
}

/** SHA-256 of {@link committedText}, hex. Publish it before the seed can be known. */
export function commitToList(applicants: readonly Applicant[], rules: DrawRules): string {
  validate(applicants, rules);
  return sha256(committedText(applicants, rules));
}

/**
 * Draws. The draw number of a person (or group) is SHA-256 of commitment, seed and the id on three lines; the
 * order is tier, then draw number. A group has the last tier among its members, so nobody jumps a tier
 * with a friend's help, and gets all its places or none.
 *
 * @param commitment when given, the list must still have this hash
 */
export function draw(
  applicants: readonly Applicant[],
  rules: DrawRules,
  seed: string,
  commitment = commitToList(applicants, rules),
): DrawResult {
  if (commitment !== commitToList(applicants, rules)) {
    throw new InvalidDraw('commitment-differs', 'the list or the rules changed after the commitment');
  }
  const units = unitsOf(applicants, (id) => drawNumber(commitment, seed, id));
  const outcome = new Map<Unit, string>();
  let left = rules.places;
  for (const { tag, places } of rules.reserved ?? []) {
    let set = Math.min(places, left);
    for (const unit of units) {
      const fits = unit.members.length <= set && unit.members.every((m) => m.tags?.includes(tag) === true);
      if (!fits || outcome.has(unit)) continue;
      outcome.set(unit, `reserved:${tag}`);
      set -= unit.members.length;
      left -= unit.members.length;
    }
  }
  for (const unit of units) {
    if (outcome.has(unit) || unit.members.length > left) continue;
    outcome.set(unit, 'place');
    left -= unit.members.length;
  }
  const order = units.flatMap((unit) =>
    unit.members.map((m) => ({
      id: m.id,
      tier: unit.tier,
      drawNumber: unit.drawNumber,
      outcome: outcome.get(unit) ?? 'waiting',
    })),
  );
  return { commitment, seed, order: order.map((a, k) => ({ ...a, position: k + 1 })) };
}

/** SHA-256 of commitment, seed and id, each on its own line, hex. */
export function drawNumber(commitment: string, seed: string, id: string): string {
  return sha256(`${commitment}\n${seed}\n${id}`);
}

interface Unit {
  readonly members: readonly Applicant[];
  readonly tier: number;
  readonly drawNumber: string;
}

function unitsOf(applicants: readonly Applicant[], numberOf: (id: string) => string): Unit[] {
  const groups = new Map<string, Applicant[]>();
  for (const a of applicants) {
    // A prefix keeps a group named like a person from sharing that person's number.
    const key = a.group === undefined ? `person ${a.id}` : `group ${a.group}`;
    groups.set(key, [...(groups.get(key) ?? []), a]);
  }
  return [...groups]
    .map(([key, members]) => ({
      members: members.sort((a, b) => (a.id < b.id ? -1 : 1)),
      tier: Math.max(...members.map((m) => m.tier ?? 1)),
      drawNumber: numberOf(key),
    }))
    .sort((a, b) => a.tier - b.tier || (a.drawNumber < b.drawNumber ? -1 : 1));
}

function validate(applicants: readonly Applicant[], rules: DrawRules): void {
  const ids = new Set<string>();
  for (const { id, tier = 1, group } of applicants) {
    if (ids.has(id)) throw new InvalidDraw('duplicate-applicant', id);
    if (!Number.isSafeInteger(tier)) throw new InvalidDraw('bad-tier', id);
    // The committed text writes "no group" as an empty name: two different draws would share one commitment.
    if (group === '') throw new InvalidDraw('bad-group', id);
    ids.add(id);
  }
  for (const places of [rules.places, ...(rules.reserved ?? []).map((r) => r.places)]) {
    if (!Number.isSafeInteger(places) || places < 0) throw new InvalidDraw('bad-places', String(places));
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
