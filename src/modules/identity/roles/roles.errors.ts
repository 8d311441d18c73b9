import { defineErrors } from '#libs/kernel';

export const rolesErrors = defineErrors('identity', {
  placeMissing: {
    code: 'identity.place-missing',
    kind: 'unprocessable',
    zh: '区域角色要有区划代码，机构角色要有机构，二者只能有其一。',
    en: 'A role in an area needs an area code, a role in an organization an organization; never both.',
  },
  grantToOneself: {
    code: 'identity.grant-to-oneself',
    kind: 'forbidden',
    zh: '不能给自己授予角色。',
    en: 'Nobody grants a role to themselves.',
  },
  grantBeyondOwnRole: {
    code: 'identity.grant-beyond-own-role',
    kind: 'forbidden',
    zh: '您不能在该区域授予或撤销这个角色。',
    en: 'You may not grant or revoke this role in this area.',
  },
  organizationRoleElsewhere: {
    code: 'identity.organization-role-elsewhere',
    kind: 'unprocessable',
    zh: '机构角色请在机构的成员页面管理。',
    en: "Roles in an organization are kept on the organization's page of members.",
  },
  roleAlreadyHeld: {
    code: 'identity.role-already-held',
    kind: 'conflict',
    zh: '该账号在此处已有这个角色。',
    en: 'The account already holds this role there.',
  },
  membershipNotFound: {
    code: 'identity.membership-not-found',
    kind: 'not-found',
    zh: '没有找到该角色授予记录。',
    en: 'There is no such grant.',
  },
  validityWrong: {
    code: 'identity.validity-wrong',
    kind: 'unprocessable',
    zh: '有效期的结束必须晚于开始。',
    en: 'The validity must end after it begins.',
  },
  validityOver: {
    code: 'identity.validity-over',
    kind: 'unprocessable',
    zh: '有效期已经结束，授予不会生效。',
    en: 'The validity is over already: the role would never be held.',
  },
});
