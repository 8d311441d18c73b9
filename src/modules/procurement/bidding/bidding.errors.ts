import { defineErrors } from '#libs/kernel';

export const biddingErrors = defineErrors('procurement', {
  biddingClosed: {
    code: 'procurement.bidding-closed',
    kind: 'conflict',
    zh: '该项目当前不接受响应文件（未发布或已截止）。',
    en: 'The tender takes no bids now: it is not published or its deadline is over.',
  },
  bidOverCeiling: {
    code: 'procurement.bid-over-ceiling',
    kind: 'unprocessable',
    zh: '报价超过最高限价 {ceilingFen:yuan}。',
    en: 'The offer is above the ceiling of {ceilingFen:yuan}.',
  },
  bidNotFixedPrice: {
    code: 'procurement.bid-not-fixed-price',
    kind: 'unprocessable',
    zh: '本项目为固定价格，报价须等于 {priceFen:yuan}。',
    en: 'The price is fixed: the offer must be {priceFen:yuan}.',
  },
  bidResponsesIncomplete: {
    code: 'procurement.bid-responses-incomplete',
    kind: 'unprocessable',
    zh: '响应内容与评审因素不一致：{criterionId}。',
    en: 'The responses do not fit the criteria: {criterionId}.',
  },
  bidTooLarge: {
    code: 'procurement.bid-too-large',
    kind: 'too-large',
    zh: '响应文件内容超过 {maxBytes} 字节，请精简文字，材料以附件上传。',
    en: 'The bid has more than {maxBytes} bytes: shorten its texts and attach documents instead.',
  },
  organizationAmbiguous: {
    code: 'procurement.organization-ambiguous',
    kind: 'unprocessable',
    zh: '您属于多个机构，请指明以哪个机构提交。',
    en: 'You belong to several organizations: say for which one you bid.',
  },
  buyerMayNotBid: {
    code: 'procurement.buyer-may-not-bid',
    kind: 'forbidden',
    zh: '采购人不得参加自己的采购项目。',
    en: 'The buyer may not bid in its own tender.',
  },
});
