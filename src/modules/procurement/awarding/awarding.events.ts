import { defineEvent } from '#libs/kernel';

export const tenderAwarded = defineEvent<{
  awardId: string;
  tenderId: string;
  lotId: string;
  bidId: string;
  organizationId: string;
  amountFen: number;
}>('procurement.tender-awarded.v1');
export const bidLost = defineEvent<{
  tenderId: string;
  lotId: string;
  bidId: string;
  organizationId: string;
}>('procurement.bid-lost.v1');
