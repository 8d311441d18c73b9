import type { TieBreak } from '#libs/evaluation';

/** What a procurement file may say about bids that the statutory rules leave tied. */
export const TIE_BREAKS = ['draw', 'technical-then-draw'] as const;
export type TieBreakChoice = (typeof TIE_BREAKS)[number];

/**
 * In the end tied bids are drawn, so that no ranking leaves the choice to a person (财政部令第87号 第六十八条: by the
 * rule of the file, else by lot).
 */
export type FileTieBreak = Extract<TieBreak, { then: 'draw' }>;

export function tieBreakOf(choice: TieBreakChoice = 'draw'): FileTieBreak {
  return choice === 'draw' ? { then: 'draw' } : { by: ['technical'], then: 'draw' };
}

export function choiceOf({ by }: FileTieBreak): TieBreakChoice {
  return by?.includes('technical') === true ? 'technical-then-draw' : 'draw';
}
