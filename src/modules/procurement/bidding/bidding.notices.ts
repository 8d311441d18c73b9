import type { EventType } from '#libs/kernel';
import { type Ask, defineNotice } from '#platform';
import { endReasonWords } from '../tendering/end-reasons.js';
import { tenderCancelled, tenderFailed } from '../tendering/tendering.events.js';
import { aboutTender, withTender } from '../tendering/tendering.notices.js';
import { tenderingPermissions } from '../tendering/tendering.permissions.js';
import { biddingPermissions } from './bidding.permissions.js';
import { BidReads } from './bids.read.js';

/** Bidders are known here only once their bids were opened; before, the list is empty by construction. */
export async function withBidders<P extends { tenderId: string }>(payload: P, ask: Ask) {
  const bidders = await ask(BidReads).bidders(payload.tenderId);
  return { ...(await withTender(payload, ask)), bidders };
}

/** A tender that ends without an award: officials, opened bidders and, once it was public, its area's followers. */
function endedWithout(
  event: EventType<{ tenderId: string; reasonCode: string }>,
  zh: { subject: string; verb: string },
  en: { subject: string; verb: string },
): void {
  defineNotice(event, {
    about: aboutTender,
    facts: (payload, ask) => withBidders(payload, ask),
    tell: [
      {
        who: async ({ tender, bidders }, people) => [
          ...(await people.inArea(tenderingPermissions.publish, tender.areaCode)),
          ...(await people.inArea(tenderingPermissions.approve, tender.areaCode)),
          ...(await people.inOrganizations(biddingPermissions.bid, bidders)),
          ...(tender.isPublished ? await people.followersOf(tender.areaCode) : []),
        ],
        zh: ({ tender, reasonCode }) => ({
          subject: `${zh.subject}：${tender.title}`,
          body: `“${tender.title}”${zh.verb}（${endReasonWords(reasonCode).zh}）。`,
        }),
        en: ({ tender, reasonCode }) => ({
          subject: `${en.subject}: ${tender.title}`,
          body: `"${tender.title}" ${en.verb} (${endReasonWords(reasonCode).en}).`,
        }),
      },
    ],
  });
}

endedWithout(
  tenderFailed,
  { subject: '采购失败', verb: '采购失败' },
  { subject: 'Tender failed', verb: 'failed' },
);

endedWithout(
  tenderCancelled,
  { subject: '采购终止', verb: '已终止' },
  { subject: 'Tender cancelled', verb: 'was cancelled' },
);
