import { defineStates } from '#libs/kernel';

/** A closed account opens nothing and is told nothing; its rows stay for whom it dealt with (PIPL art. 47). */
export const accountStates = defineStates({
  name: 'identity.account',
  object: { zh: '账号', en: 'account' },
  initial: 'active',
  states: {
    active: { zh: '有效', en: 'open' },
    closed: { zh: '已注销', en: 'closed' },
  },
  actions: { close: { zh: '注销', en: 'close' } },
  transitions: [{ from: 'active', to: 'closed', by: 'close' }],
});

export type AccountStatus = (typeof accountStates.states)[number];
