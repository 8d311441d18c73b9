import { defineStates } from '#libs/kernel';

/** A shift is over when its time is: that is no state. */
export const shiftStates = defineStates({
  name: 'volunteering.shift',
  object: { zh: '班次', en: 'shift' },
  initial: 'open',
  states: {
    open: { zh: '开放', en: 'open' },
    cancelled: { zh: '已取消', en: 'called off' },
  },
  actions: {
    'cancel-shift': { zh: '取消班次', en: 'call the shift off' },
  },
  transitions: [{ from: 'open', to: 'cancelled', by: 'cancel-shift' }],
});

export type ShiftState = (typeof shiftStates.states)[number];
