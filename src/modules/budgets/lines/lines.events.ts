import { defineEvent } from '#libs/kernel';

/** Money was appropriated to a line, or its appropriation adjusted (then `amountFen` may be negative). */
export const lineAppropriated = defineEvent<{ lineId: string; amountFen: number }>(
  'budgets.line-appropriated.v1',
);
