import type { StateMachine } from '#libs/kernel';

/** What a state machine lets happen, one arrow a line. */
export function arrowsOf({ transitions }: StateMachine): string[] {
  return transitions.flatMap(({ from, to, by }) => [from].flat().map((state) => `${state} → ${to}: ${by}`));
}
