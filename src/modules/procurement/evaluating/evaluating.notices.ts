import { defineNotice } from '#platform';
import { bidsOpened } from '../bidding/bidding.events.js';
import { withBidders } from '../bidding/bidding.notices.js';
import { biddingPermissions } from '../bidding/bidding.permissions.js';
import { aboutTender, withTender } from '../tendering/tendering.notices.js';
import { evaluatorAppointed } from './evaluating.events.js';
import { evaluatingPermissions } from './evaluating.permissions.js';

defineNotice(bidsOpened, {
  about: aboutTender,
  facts: (payload, ask) => withBidders(payload, ask),
  tell: [
    {
      who: ({ tender }, people) => people.inArea(evaluatingPermissions.appoint, tender.areaCode),
      zh: ({ tender, bidCount }) => ({
        subject: `响应文件已开启：${tender.title}`,
        body: `共开启 ${bidCount} 份响应文件，请组织资格审查和评审。`,
      }),
      en: ({ tender, bidCount }) => ({
        subject: `Bids opened: ${tender.title}`,
        body: `${bidCount} bids were opened; qualification and evaluation come next.`,
      }),
    },
    {
      who: ({ bidders }, people) => people.inOrganizations(biddingPermissions.bid, bidders),
      zh: ({ tender }) => ({
        subject: `响应文件已开启：${tender.title}`,
        body: `贵机构提交的“${tender.title}”响应文件已开启，进入评审。`,
      }),
      en: ({ tender }) => ({
        subject: `Your bid was opened: ${tender.title}`,
        body: `The bid of your organization for "${tender.title}" was opened and goes to evaluation.`,
      }),
    },
  ],
});

defineNotice(evaluatorAppointed, {
  about: aboutTender,
  facts: (payload, ask) => withTender(payload, ask),
  tell: [
    {
      who: ({ accountId }) => [accountId],
      zh: ({ tender }) => ({
        subject: `您被选为评审人员：${tender.title}`,
        body: '请先登录申报利害关系，再开始评审。评审内容请勿外传。',
      }),
      en: ({ tender }) => ({
        subject: `You are appointed as an evaluator: ${tender.title}`,
        body: 'Sign in and declare your interests before you score. Keep what you see to yourself.',
      }),
    },
  ],
});
