/**
 * The roles of the product. A role is held in an area (and so in everything below it) or in an
 * organization. Code never asks for a role: it asks for a permission, and each module declares in its
 * `*.permissions.ts` which roles carry it.
 */
export const AREA_ROLES = {
  'platform-operator': { zh: '平台运维', en: 'Platform operator' },
  purchaser: { zh: '采购经办', en: 'Purchasing officer' },
  approver: { zh: '采购审批', en: 'Approving officer' },
  acceptor: { zh: '验收人员', en: 'Acceptance officer' },
  finance: { zh: '财务人员', en: 'Finance officer' },
  'civil-affairs': { zh: '民政管理', en: 'Civil affairs officer' },
  evaluator: { zh: '评审专家', en: 'Evaluator' },
  'community-worker': { zh: '社区工作者', en: 'Community worker' },
  supervisor: { zh: '监督人员', en: 'Supervisor' },
  auditor: { zh: '审计人员', en: 'Auditor' },
} as const;

export const ORGANIZATION_ROLES = {
  'organization-admin': { zh: '机构负责人', en: 'Organization administrator' },
  'organization-staff': { zh: '机构工作人员', en: 'Organization staff' },
} as const;

/** Everybody who has an account; the person is the object (their own profile, sign-ups, messages). */
export const PERSON_ROLES = { member: { zh: '注册用户', en: 'Registered person' } } as const;

export type AreaRole = keyof typeof AREA_ROLES;
export type OrganizationRole = keyof typeof ORGANIZATION_ROLES;
export type Role = AreaRole | OrganizationRole | keyof typeof PERSON_ROLES;

export const ROLES: Readonly<Record<Role, { zh: string; en: string }>> = {
  ...AREA_ROLES,
  ...ORGANIZATION_ROLES,
  ...PERSON_ROLES,
};

/** A role held in an area (valid in everything below it) or in an organization. */
export type Membership =
  | { readonly role: AreaRole; readonly areaCode: string }
  | { readonly role: OrganizationRole; readonly organizationId: string };
