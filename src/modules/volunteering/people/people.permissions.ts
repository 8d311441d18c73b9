import { definePermissions } from '#libs/kernel';

export const peoplePermissions = definePermissions('volunteering', {
  volunteer: { zh: '参加志愿服务', en: 'Volunteer', roles: ['member'] },
});
