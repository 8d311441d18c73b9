import { defineEvent } from '#libs/kernel';

/** The public can see that this purchase is coming. */
export const intentionPublished = defineEvent<{ planItemId: string; areaCode: string }>(
  'procurement.intention-published.v1',
);
