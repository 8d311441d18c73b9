import { defineErrors } from '#libs/kernel';

export const evaluatingErrors = defineErrors('procurement', {
  bidsSealed: {
    code: 'procurement.bids-sealed',
    kind: 'conflict',
    zh: '响应文件尚未开启。',
    en: 'The bids are sealed until the opening.',
  },
  committeeSize: {
    code: 'procurement.committee-size',
    kind: 'unprocessable',
    zh: '评审小组须为不少于 {required} 人的单数，目前为 {size} 人。',
    en: 'The committee must be an odd number of at least {required}; it would be {size}.',
  },
  evaluatorNotEligible: {
    code: 'procurement.evaluator-not-eligible',
    kind: 'unprocessable',
    zh: '账号 {accountId} 在本地区不是评审专家，或参与了本项目的编制、审批，或属于参加本项目的机构。',
    en: 'The account {accountId} is no evaluator in this area, took part in drafting or approving the tender, or belongs to a bidder.',
  },
  declarationMissing: {
    code: 'procurement.declaration-missing',
    kind: 'conflict',
    zh: '请先声明是否存在利害关系。',
    en: 'Declare your interests first.',
  },
  declarationMadeAlready: {
    code: 'procurement.declaration-made-already',
    kind: 'conflict',
    zh: '您已作出利害关系声明。',
    en: 'You have declared your interests already.',
  },
  evaluatorRecused: {
    code: 'procurement.evaluator-recused',
    kind: 'forbidden',
    zh: '您已回避本项目，不能评审。',
    en: 'You stepped aside from this tender and cannot score it.',
  },
  qualificationPending: {
    code: 'procurement.qualification-pending',
    kind: 'conflict',
    zh: '资格审查尚未完成。',
    en: 'The qualification of the bids is not decided yet.',
  },
  scoringBegan: {
    code: 'procurement.scoring-began',
    kind: 'conflict',
    zh: '评分已经开始，不能再更改。',
    en: 'Scoring has begun; this can no longer be changed.',
  },
  bidCannotQualify: {
    code: 'procurement.bid-cannot-qualify',
    kind: 'unprocessable',
    zh: '该响应文件无法读取或报价超过最高限价，不能通过审查。',
    en: 'The bid cannot be read or is above the ceiling: it cannot pass.',
  },
  sheetInvalid: {
    code: 'procurement.sheet-invalid',
    kind: 'unprocessable',
    zh: '评分表有 {count} 处问题，详见 details.problems。',
    en: 'The score sheet has {count} problems; see details.problems.',
  },
  sheetSigned: {
    code: 'procurement.sheet-signed',
    kind: 'conflict',
    zh: '评分表已签署，不能再修改。',
    en: 'The score sheet is signed and final.',
  },
  resultNotPublic: {
    code: 'procurement.result-not-public',
    kind: 'not-found',
    zh: '评审结果尚未公布。',
    en: 'The result of the evaluation is not public yet.',
  },
});
