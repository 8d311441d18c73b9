import { defineObject } from '#platform';
import { Volunteer } from './volunteer.entity.js';

export const volunteerObject = defineObject({
  name: 'volunteering.volunteer',
  entity: Volunteer,
  machines: {},
  acts: { 'save-profile': { zh: '保存志愿者资料', en: 'saved the profile' } },
  traced: ['areaCode'],
});
