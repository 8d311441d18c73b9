import { defineStates } from '#libs/kernel';

export const evaluatorStates = defineStates({
  name: 'procurement.evaluator',
  object: { zh: '评审专家', en: 'evaluator' },
  initial: 'appointed',
  states: {
    appointed: { zh: '已聘请，待声明', en: 'appointed, to declare interests' },
    cleared: { zh: '已声明，可评分', en: 'cleared, may score' },
    recused: { zh: '已回避', en: 'recused' },
    signed: { zh: '已签名', en: 'signed' },
  },
  actions: {
    'declare-none': { zh: '声明无利害关系', en: 'declare no interest' },
    'declare-interest': { zh: '申请回避', en: 'declare an interest' },
    sign: { zh: '签署评分表', en: 'sign the score sheet' },
  },
  transitions: [
    { from: 'appointed', to: 'cleared', by: 'declare-none' },
    { from: ['appointed', 'cleared'], to: 'recused', by: 'declare-interest' },
    { from: 'cleared', to: 'signed', by: 'sign' },
  ],
});

export type EvaluatorState = (typeof evaluatorStates.states)[number];
