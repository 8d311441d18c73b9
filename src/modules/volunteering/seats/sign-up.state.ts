import { defineStates } from '#libs/kernel';

/** A sign-up begins as confirmed or, when no seat is left, as waiting. */
export const signUpStates = defineStates({
  name: 'volunteering.sign-up',
  object: { zh: '报名', en: 'sign-up' },
  initial: ['confirmed', 'waiting'],
  states: {
    confirmed: { zh: '已确认', en: 'confirmed' },
    waiting: { zh: '候补中', en: 'on the waiting list' },
    cancelled: { zh: '已取消', en: 'cancelled' },
    'checked-in': { zh: '已签到', en: 'checked in' },
    'checked-out': { zh: '已签退，待确认', en: 'checked out, to be confirmed' },
    attended: { zh: '已完成', en: 'attended' },
    'no-show': { zh: '缺席', en: 'did not come' },
  },
  actions: {
    promote: { zh: '候补转正', en: 'give a free seat' },
    'cancel-sign-up': { zh: '取消报名', en: 'give the place back' },
    'call-off': { zh: '随班次取消', en: 'call off with the shift' },
    'check-in': { zh: '签到', en: 'check in' },
    'check-out': { zh: '签退', en: 'check out' },
    'confirm-attendance': { zh: '确认出勤', en: 'confirm the attendance' },
    'enter-attendance': { zh: '补录出勤', en: 'enter the attendance later' },
    'record-no-show': { zh: '记为缺席', en: 'record the absence' },
    'reverse-no-show': { zh: '撤销缺席记录', en: 'take the absence back' },
  },
  transitions: [
    { from: 'waiting', to: 'confirmed', by: 'promote' },
    { from: ['waiting', 'confirmed'], to: 'cancelled', by: 'cancel-sign-up' },
    { from: ['waiting', 'confirmed'], to: 'cancelled', by: 'call-off' },
    { from: 'confirmed', to: 'checked-in', by: 'check-in' },
    { from: 'checked-in', to: 'checked-out', by: 'check-out' },
    { from: 'checked-out', to: 'attended', by: 'confirm-attendance' },
    { from: ['confirmed', 'checked-in'], to: 'checked-out', by: 'enter-attendance' },
    { from: 'confirmed', to: 'no-show', by: 'record-no-show' },
    { from: 'no-show', to: 'confirmed', by: 'reverse-no-show' },
  ],
});

export type SignUpState = (typeof signUpStates.states)[number];

/** In these states the person holds a seat and the time. */
export const HOLDS_A_SEAT: readonly SignUpState[] = ['confirmed', 'checked-in', 'checked-out', 'attended'];
