import { type Ask, beijingTime, defineNotice } from '#platform';
import { tenderPublished } from './tendering.events.js';
import { TenderReads } from './tenders.read.js';

export const aboutTender = ({ tenderId }: { tenderId: string }) => ({ type: 'tender', id: tenderId });

/** What every notice about a tender needs: what happened, and to which tender. */
export async function withTender<P extends { tenderId: string }>(payload: P, ask: Ask) {
  return { ...payload, tender: await ask(TenderReads).summary(payload.tenderId) };
}

defineNotice(tenderPublished, {
  about: aboutTender,
  facts: (payload, ask) => withTender(payload, ask),
  tell: [
    {
      who: ({ areaCode }, people) => people.followersOf(areaCode),
      zh: ({ tender, bidDeadline }) => ({
        subject: `采购公告：${tender.title}`,
        body: `“${tender.title}”已公告，响应文件提交截止 ${beijingTime(bidDeadline)}（北京时间）。`,
      }),
      en: ({ tender, bidDeadline }) => ({
        subject: `Open for bids: ${tender.title}`,
        body: `"${tender.title}" is published; bids are due by ${beijingTime(bidDeadline)} (Beijing).`,
      }),
    },
  ],
});
