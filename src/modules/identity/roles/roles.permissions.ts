import { AREA_ROLES, type AreaRole, definePermissions } from '#libs/kernel';

const everyAreaRole = Object.keys(AREA_ROLES) as AreaRole[];

export const rolesPermissions = definePermissions('identity', {
  read: {
    zh: '查看辖区内的账号',
    en: 'See the accounts of the area',
    roles: ['platform-operator', 'civil-affairs', 'supervisor', 'auditor'],
  },
  /** Everybody with a role in an area may ask; which role may be given where is decided in `grant-rules.ts`. */
  grant: { zh: '授予或撤销角色', en: 'Grant and revoke roles', roles: everyAreaRole },
});
