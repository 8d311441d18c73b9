import { definePermissions } from '#libs/kernel';

export const volunteeringPermissions = definePermissions('volunteering', {
  volunteer: { zh: '参加志愿服务', en: 'Volunteer', roles: ['member'] },
  organize: {
    zh: '组织志愿服务',
    en: 'Organize shifts',
    roles: ['organization-admin', 'organization-staff'],
  },
  'confirm-attendance': {
    zh: '确认到岗',
    en: 'Confirm attendance',
    roles: ['organization-admin', 'organization-staff', 'community-worker'],
  },
});
