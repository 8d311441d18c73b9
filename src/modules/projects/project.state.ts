import { defineStates } from '#libs/kernel';

/** planned = the contract is signed and its term has not begun. */
export const projectStates = defineStates({
  name: 'projects.project',
  object: { zh: '服务项目', en: 'project' },
  initial: 'planned',
  states: {
    planned: { zh: '未开始', en: 'planned' },
    active: { zh: '进行中', en: 'running' },
    completed: { zh: '已完成', en: 'completed' },
    cancelled: { zh: '已取消', en: 'cancelled' },
  },
  actions: {
    begin: { zh: '开始', en: 'begin' },
    complete: { zh: '完成', en: 'complete' },
    cancel: { zh: '取消', en: 'cancel' },
  },
  transitions: [
    { from: 'planned', to: 'active', by: 'begin' },
    { from: 'active', to: 'completed', by: 'complete' },
    { from: ['planned', 'active'], to: 'cancelled', by: 'cancel' },
  ],
});

export type ProjectState = (typeof projectStates.states)[number];
