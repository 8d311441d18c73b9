import { defineNotice, yuanEn, yuanZh } from '#platform';
import { biddingPermissions } from '../bidding/bidding.permissions.js';
import { evaluationCompleted } from '../evaluating/evaluating.events.js';
import { aboutTender, withTender } from '../tendering/tendering.notices.js';
import { bidLost, tenderAwarded } from './awarding.events.js';
import { awardingPermissions } from './awarding.permissions.js';

defineNotice(evaluationCompleted, {
  about: aboutTender,
  facts: (payload, ask) => withTender(payload, ask),
  tell: [
    {
      who: ({ tender }, people) => people.inArea(awardingPermissions.award, tender.areaCode),
      zh: ({ tender }) => ({
        subject: `评审完成，待定标：${tender.title}`,
        body: '请在法定期限内确定成交供应商。',
      }),
      en: ({ tender }) => ({
        subject: `Evaluated, to be awarded: ${tender.title}`,
        body: 'Please fix the winner within the legal period.',
      }),
    },
  ],
});

defineNotice(tenderAwarded, {
  about: aboutTender,
  facts: (payload, ask) => withTender(payload, ask),
  tell: [
    {
      who: ({ organizationId }, people) => people.inOrganization(biddingPermissions.bid, organizationId),
      zh: ({ tender, amountFen }) => ({
        subject: `成交通知：${tender.title}`,
        body: `贵机构成为“${tender.title}”的成交供应商，成交金额 ${yuanZh(amountFen)}。`,
      }),
      en: ({ tender, amountFen }) => ({
        subject: `Your bid has won: ${tender.title}`,
        body: `Your organization was awarded "${tender.title}" for ${yuanEn(amountFen)}.`,
      }),
    },
  ],
});

defineNotice(bidLost, {
  about: aboutTender,
  facts: (payload, ask) => withTender(payload, ask),
  tell: [
    {
      who: ({ organizationId }, people) => people.inOrganization(biddingPermissions.bid, organizationId),
      zh: ({ tender }) => ({
        subject: `结果通知：${tender.title}`,
        body: `“${tender.title}”已确定成交供应商，贵机构本次未成交。可登录查看结果和质疑的途径与期限。`,
      }),
      en: ({ tender }) => ({
        subject: `Result: ${tender.title}`,
        body: `"${tender.title}" was awarded to another bidder. Sign in for the result and how and until when to challenge it.`,
      }),
    },
  ],
});
