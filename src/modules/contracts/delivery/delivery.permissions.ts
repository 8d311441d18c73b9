import { definePermissions } from '#libs/kernel';

export const deliveryPermissions = definePermissions('contracts', {
  deliver: {
    zh: '提交履约成果',
    en: 'Deliver a milestone',
    roles: ['organization-admin', 'organization-staff'],
  },
  accept: { zh: '验收', en: 'Accept or reject a delivery', roles: ['acceptor'] },
});
