import { defineErrors } from '#libs/kernel';

export const contractErrors = defineErrors('contracts', {
  milestonesDoNotSum: {
    kind: 'unprocessable',
    zh: '各里程碑金额之和为 {sumFen:yuan}，应等于合同金额 {amountFen:yuan}。',
    en: 'The milestones sum to {sumFen:yuan}; they must sum to the contract amount {amountFen:yuan}.',
  },
  termInvalid: {
    kind: 'unprocessable',
    zh: '合同终止日期必须晚于起始日期。',
    en: 'The contract must end after it starts.',
  },
  termOver: {
    kind: 'unprocessable',
    zh: '合同期限已过，不能签署；请先修改合同期限。',
    en: 'The term of the contract is over; change it before anybody signs.',
  },
  termOverOneYear: {
    kind: 'unprocessable',
    zh: '合同期限一般不超过一年；超过一年须逐项确认：预算有保障、内容固定、连续性强、价格变化小。',
    en: 'A contract runs for at most one year unless all four are confirmed: budget assured, content fixed, continuous, price stable.',
  },
  termOverThreeYears: {
    kind: 'unprocessable',
    zh: '合同期限最长不超过三年。',
    en: 'A contract runs for at most three years.',
  },
  milestoneOutsideTerm: {
    kind: 'unprocessable',
    zh: '里程碑“{title}”的日期不在合同期限内，或验收期限早于交付期限。',
    en: 'The dates of the milestone "{title}" lie outside the term, or acceptance is due before delivery.',
  },
  termsIncomplete: {
    kind: 'unprocessable',
    zh: '合同条款尚不完整：缺少 {missing}。',
    en: 'The terms are not complete: {missing} is missing.',
  },
  alreadySigned: {
    kind: 'conflict',
    zh: '本方已签署该合同。',
    en: 'This party has signed already.',
  },
  signsForBoth: {
    kind: 'unprocessable',
    zh: '同一人不得代表双方签署。',
    en: 'One person cannot sign for both parties.',
  },
  drafterMaySign: {
    kind: 'unprocessable',
    zh: '拟定条款的人不得代表采购方签署。',
    en: 'Whoever drafted the terms cannot sign for the buyer.',
  },
  notActive: {
    kind: 'conflict',
    zh: '合同尚未生效或已经终止，不能进行此操作。',
    en: 'The contract is not running: it has not begun or is over.',
  },
  opinionsRequired: {
    kind: 'unprocessable',
    zh: '公共服务项目验收须有服务对象的意见（政府采购法实施条例第四十五条）。',
    en: 'Accepting a public service needs the opinion of its users (GPLR art. 45).',
  },
  supplierAccepts: {
    kind: 'unprocessable',
    zh: '提交成果的人和承接机构的人员不得参与验收。',
    en: 'Neither whoever delivered the work nor anybody of the supplier can accept or reject it.',
  },
  acceptorPays: {
    kind: 'unprocessable',
    zh: '验收人不得申请支付。',
    en: 'Whoever accepted the work cannot request its payment.',
  },
});
