import { definePermissions } from '#libs/kernel';

export const biddingPermissions = definePermissions('procurement', {
  bid: {
    zh: '提交响应文件',
    en: 'Bid for the own organization',
    roles: ['organization-admin', 'organization-staff'],
  },
});
