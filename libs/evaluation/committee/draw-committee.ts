import { createHash } from 'node:crypto';
import type { ChinaDate } from '#libs/kernel';
import { evaluationErrors } from '../errors.js';
import { type CommitteeCase, DEFAULT_FIGURES, type Figure, figureOn } from '../figures.js';
import type { Source } from '../types.js';

/** Names the rule of the draw; the hash starts with it, so another version draws other lots. */
export const DRAW_FORMAT = 'linqiao-committee-draw/1';

export interface CommitteeNeeds {
  readonly procedure: 'tender' | 'consultation' | 'negotiation';
  readonly budgetFen: bigint;
  /** Technically complex, or with a high social impact: a tender then needs the larger committee. */
  readonly complex: boolean;
  readonly on: ChinaDate;
}

/** 1000 万元 in fen: from here on a tender needs seven (87 第四十七条 · B). */
export const LARGE_TENDER_FEN = 1_000_000_000n;

export interface CommitteeRule {
  readonly minimumSize: number;
  readonly source: Source;
}

/** How many members at least. Throws `evaluation.figure-not-in-force` for a day without a rule. */
export function committeeRule(
  needs: CommitteeNeeds,
  figures: readonly Figure[] = DEFAULT_FIGURES,
): CommitteeRule {
  const large = needs.budgetFen >= LARGE_TENDER_FEN || needs.complex;
  const which: CommitteeCase =
    needs.procedure === 'tender' ? (large ? 'tender-large' : 'tender') : needs.procedure;
  const row = figureOn(figures, `committee-size.${which}`, needs.on);
  return { minimumSize: Number(row.min), source: row.source };
}

export interface Expert {
  readonly expertId: string;
  /** Declared conflicts (回避情形); any of them keeps the expert out of the draw. */
  readonly interests: readonly string[];
}

/** All that the draw follows from; published with the result. */
export interface CommitteeDraw {
  readonly format: typeof DRAW_FORMAT;
  /** Public, and fixed before anybody can know what it draws. */
  readonly seed: string;
  /** Odd, at least the rule's minimum. */
  readonly size: number;
  /** Members the buyer sends (采购人代表): at most a third, so that experts are at least two thirds. */
  readonly buyerRepresentatives: number;
  readonly pool: readonly Expert[];
  /** Experts who stepped aside after the draw, in any order; each is replaced by the next lot. */
  readonly recusals: readonly string[];
}

export interface DrawnExpert {
  readonly expertId: string;
  /** SHA-256, hex; smallest first. */
  readonly lot: string;
  readonly standing: 'member' | 'recused' | 'reserve' | 'excluded';
}

export interface CommitteeResult {
  /** In lot order. */
  readonly members: readonly string[];
  /** The whole pool in lot order. */
  readonly order: readonly DrawnExpert[];
  /** Who took whose place. */
  readonly replacements: readonly { readonly recused: string; readonly replacedBy: string }[];
}

/** The lot of an expert: SHA-256, lower-case hex, of UTF-8 `format ⏎ seed ⏎ expertId`. */
function lotOf(seed: string, expertId: string): string {
  return createHash('sha256').update(`${DRAW_FORMAT}\n${seed}\n${expertId}`, 'utf8').digest('hex');
}

/** A control character in an id would make the hashed text ambiguous. */
const CONTROL = /[\u0000-\u001f\u007f]/;

function checkDraw(draw: CommitteeDraw, minimumSize: number): void {
  const ids = draw.pool.map((expert) => expert.expertId);
  const known = new Set(ids);
  const problems = [
    [draw.size % 2 === 1, `size ${draw.size} is not odd`],
    [draw.size >= minimumSize, `size ${draw.size} is below the minimum ${minimumSize}`],
    [
      draw.buyerRepresentatives >= 0 && Number.isInteger(draw.buyerRepresentatives),
      'representatives not counted',
    ],
    [draw.buyerRepresentatives * 3 <= draw.size, 'experts are fewer than two thirds'],
    [draw.seed !== '' && !CONTROL.test(draw.seed), 'the seed is empty or contains a control character'],
    [known.size === ids.length, 'an expert is twice in the pool'],
    [
      ids.every((id) => id !== '' && !CONTROL.test(id)),
      'an expert id is empty or contains a control character',
    ],
    [draw.recusals.every((id) => known.has(id)), 'a recusal names nobody in the pool'],
  ] as const;
  for (const [holds, problem] of problems) if (!holds) throw evaluationErrors.committeeUnlawful({ problem });
}

/**
 * Draws the experts of a committee: every expert of the pool gets a lot from the seed, the eligible ones
 * with the smallest lots sit. A lot depends on the seed and the id alone, so the order of the pool is
 * irrelevant, and a recusal moves nobody but the next in line.
 *
 * Throws `evaluation.committee-unlawful` (even or too small, too few experts, malformed) and
 * `evaluation.pool-exhausted`.
 */
export function drawCommittee(draw: CommitteeDraw, rule: CommitteeRule): CommitteeResult {
  checkDraw(draw, rule.minimumSize);
  const needed = draw.size - draw.buyerRepresentatives;
  const recused = new Set(draw.recusals);
  const lots = draw.pool
    .map((expert) => ({ ...expert, lot: lotOf(draw.seed, expert.expertId) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1));
  const eligible = lots.filter((expert) => expert.interests.length === 0);
  const willing = eligible.filter((expert) => !recused.has(expert.expertId));
  if (willing.length < needed) {
    throw evaluationErrors.poolExhausted({ available: willing.length, needed });
  }
  const members = willing.slice(0, needed).map((expert) => expert.expertId);
  const sitting = new Set(members);
  const order = lots.map(({ expertId, lot, interests }): DrawnExpert => {
    const standing =
      interests.length > 0
        ? 'excluded'
        : recused.has(expertId)
          ? 'recused'
          : sitting.has(expertId)
            ? 'member'
            : 'reserve';
    return { expertId, lot, standing };
  });
  const firstDrawn = eligible.slice(0, needed).map((expert) => expert.expertId);
  const steppedIn = members.filter((id) => !firstDrawn.includes(id));
  const steppedOut = firstDrawn.filter((id) => !sitting.has(id));
  const replacements = steppedOut.map((id, at) => ({ recused: id, replacedBy: steppedIn[at] ?? '' }));
  return { members, order, replacements };
}

/** Published before the seed is, so that the seed cannot be chosen for its outcome: SHA-256 of it, hex. */
export function commitSeed(seed: string): string {
  return createHash('sha256').update(`linqiao-seed/1\n${seed}`, 'utf8').digest('hex');
}
