import { defineEvent } from '#libs/kernel';

/** The first moment at which anybody but the bidders learns that there are bids. */
export const bidsOpened = defineEvent<{ tenderId: string; bidCount: number }>('procurement.bids-opened.v1');
