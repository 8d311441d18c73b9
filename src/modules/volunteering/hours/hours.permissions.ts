import { definePermissions } from '#libs/kernel';

export const hoursPermissions = definePermissions('volunteering', {
  'confirm-attendance': {
    zh: '确认到岗',
    en: 'Confirm attendance',
    roles: ['organization-admin', 'organization-staff', 'community-worker'],
  },
});
