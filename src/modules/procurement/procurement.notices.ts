import { type EventType } from '#libs/kernel';
import { BudgetsApi, lineAppropriated } from '#modules/budgets';
import { type Ask, beijingTime, defineNotice, yuanEn, yuanZh } from '#platform';
import { ProcurementApi } from './procurement.api.js';
import { bidLost, tenderAwarded } from './awarding/awarding.events.js';
import { bidsOpened } from './bidding/bidding.events.js';
import { evaluationCompleted, evaluatorAppointed } from './evaluating/evaluating.events.js';
import { intentionPublished } from './planning/planning.events.js';
import { tenderCancelled, tenderFailed, tenderPublished } from './tendering/tendering.events.js';
import { planningPermissions } from './planning/planning.permissions.js';
import { tenderingPermissions } from './tendering/tendering.permissions.js';
import { biddingPermissions } from './bidding/bidding.permissions.js';
import { evaluatingPermissions } from './evaluating/evaluating.permissions.js';
import { awardingPermissions } from './awarding/awarding.permissions.js';

const aboutTender = ({ tenderId }: { tenderId: string }) => ({ type: 'tender', id: tenderId });
const tenderOf = async <P extends { tenderId: string }>(payload: P, ask: Ask) => ({
  ...payload,
  tender: await ask(ProcurementApi).tender(payload.tenderId),
});
/** Bidders are known here only once their bids were opened; before, the list is empty by construction. */
const withBidders = async <P extends { tenderId: string }>(payload: P, ask: Ask) => ({
  ...(await tenderOf(payload, ask)),
  bidders: await ask(ProcurementApi).openedBidders(payload.tenderId),
});

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
          body: `“${tender.title}”${zh.verb}（${reasonCode}）。`,
        }),
        en: ({ tender, reasonCode }) => ({
          subject: `${en.subject}: ${tender.title}`,
          body: `"${tender.title}" ${en.verb} (${reasonCode}).`,
        }),
      },
    ],
  });
}

defineNotice(intentionPublished, {
  about: ({ planItemId }) => ({ type: 'plan-item', id: planItemId }),
  facts: async (payload, ask) => ({
    ...payload,
    title: await ask(ProcurementApi).planItemTitle(payload.planItemId),
  }),
  tell: [
    {
      who: ({ areaCode }, people) => people.followersOf(areaCode),
      zh: ({ title }) => ({
        subject: `采购意向公开：${title}`,
        body: `您关注的辖区公开了采购意向“${title}”。`,
      }),
      en: ({ title }) => ({
        subject: `A purchase is coming: ${title}`,
        body: `In an area you follow, the intention to buy "${title}" was published.`,
      }),
    },
  ],
});

defineNotice(tenderPublished, {
  about: aboutTender,
  facts: (payload, ask) => tenderOf(payload, ask),
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
  facts: (payload, ask) => tenderOf(payload, ask),
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

defineNotice(evaluationCompleted, {
  about: aboutTender,
  facts: (payload, ask) => tenderOf(payload, ask),
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
  facts: (payload, ask) => tenderOf(payload, ask),
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
  facts: (payload, ask) => tenderOf(payload, ask),
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

defineNotice(lineAppropriated, {
  about: ({ lineId }) => ({ type: 'budget-line', id: lineId }),
  facts: async (payload, ask) => ({ ...payload, line: await ask(BudgetsApi).line(payload.lineId) }),
  tell: [
    {
      who: ({ line }, people) => people.inArea(planningPermissions.plan, line.areaCode),
      zh: ({ line, amountFen }) => ({
        subject: `预算下达或调整：${line.name}`,
        body: `${line.fiscalYear} 年预算指标“${line.name}”变动 ${yuanZh(amountFen)}。`,
      }),
      en: ({ line, amountFen }) => ({
        subject: `Budget appropriated or adjusted: ${line.name}`,
        body: `The ${line.fiscalYear} budget line "${line.name}" changed by ${yuanEn(amountFen)}.`,
      }),
    },
  ],
});
