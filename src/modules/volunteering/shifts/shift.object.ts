import { defineObject } from '#platform';
import { Shift } from './shift.entity.js';
import { shiftStates } from './shift.state.js';

export const shiftObject = defineObject({
  name: 'volunteering.shift',
  entity: Shift,
  machines: { state: shiftStates },
  acts: { 'create-shift': { zh: '安排班次', en: 'planned' } },
  traced: ['projectId', 'startsAt', 'endsAt'],
});
