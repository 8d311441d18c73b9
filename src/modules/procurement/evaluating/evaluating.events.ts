import { defineEvent } from '#libs/kernel';

export const evaluatorAppointed = defineEvent<{ tenderId: string; accountId: string }>(
  'procurement.evaluator-appointed.v1',
);
export const evaluationCompleted = defineEvent<{ tenderId: string }>('procurement.evaluation-completed.v1');
