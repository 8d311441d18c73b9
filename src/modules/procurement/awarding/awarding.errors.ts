import { defineErrors } from '#libs/kernel';

export const awardingErrors = defineErrors('procurement', {
  alreadyAwarded: {
    code: 'procurement.already-awarded',
    kind: 'conflict',
    zh: '该项目已确定成交供应商。',
    en: 'The tender has been awarded already.',
  },
  notTheFirst: {
    code: 'procurement.not-the-first',
    kind: 'unprocessable',
    zh: '只能按顺序确定排名第一的供应商；前一名拒绝的，须说明理由。',
    en: 'Only the first in rank can be awarded; after a refusal the next one, with the reason.',
  },
  bidNotRanked: {
    code: 'procurement.bid-not-ranked',
    kind: 'unprocessable',
    zh: '该响应文件不在本项目的评审排名中。',
    en: 'The bid is not in the ranking of this tender.',
  },
  awarderTookPart: {
    code: 'procurement.awarder-took-part',
    kind: 'forbidden',
    zh: '编制采购文件的人和评审专家不得确定成交结果。',
    en: 'Who drafted the tender or evaluated its bids may not award it.',
  },
});
