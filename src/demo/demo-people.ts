import { type AreaRole } from '#libs/kernel';

/** An account of the fictional demo district. Nobody behind it exists: it is named by what it does. */
export interface DemoPerson {
  readonly login: string;
  readonly zh: string;
  readonly en: string;
  readonly roles: readonly AreaRole[];
  /** Index of the demo supplier whose administrator this is. */
  readonly administers?: number;
  readonly volunteer?: true;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { login: 'operator', zh: '平台运维', en: 'Platform operator', roles: ['platform-operator'] },
  { login: 'purchaser', zh: '采购经办', en: 'Purchasing officer', roles: ['purchaser'] },
  { login: 'approver', zh: '采购审批', en: 'Approving officer', roles: ['approver'] },
  { login: 'acceptor', zh: '验收人员', en: 'Acceptance officer', roles: ['acceptor'] },
  { login: 'finance', zh: '财务人员', en: 'Finance officer', roles: ['finance'] },
  { login: 'civil-affairs', zh: '民政管理', en: 'Civil affairs officer', roles: ['civil-affairs'] },
  { login: 'community', zh: '社区工作者', en: 'Community worker', roles: ['community-worker'] },
  { login: 'supervisor', zh: '监督人员', en: 'Supervisor', roles: ['supervisor'] },
  { login: 'auditor', zh: '审计人员', en: 'Auditor', roles: ['auditor'] },
  { login: 'evaluator-1', zh: '评审专家一', en: 'Evaluator 1', roles: ['evaluator'] },
  { login: 'evaluator-2', zh: '评审专家二', en: 'Evaluator 2', roles: ['evaluator'] },
  { login: 'evaluator-3', zh: '评审专家三', en: 'Evaluator 3', roles: ['evaluator'] },
  {
    login: 'supplier-1',
    zh: '社会组织一 负责人',
    en: 'Supplier 1, administrator',
    roles: [],
    administers: 0,
  },
  {
    login: 'supplier-2',
    zh: '社会组织二 负责人',
    en: 'Supplier 2, administrator',
    roles: [],
    administers: 1,
  },
  {
    login: 'supplier-3',
    zh: '社会组织三 负责人',
    en: 'Supplier 3, administrator',
    roles: [],
    administers: 2,
  },
  { login: 'volunteer-1', zh: '志愿者一', en: 'Volunteer 1', roles: [], volunteer: true },
  { login: 'volunteer-2', zh: '志愿者二', en: 'Volunteer 2', roles: [], volunteer: true },
  { login: 'volunteer-3', zh: '志愿者三', en: 'Volunteer 3', roles: [], volunteer: true },
];

/** Organization codes 9–17 of the credit codes; registrar, class, division and check character are added. */
export const DEMO_BUYER = { name: '云桥区民政局（虚构）', prefix: '11', body: 'MD0000001' };
export const DEMO_SUPPLIERS = [
  {
    name: '邻里守望社会工作服务中心（虚构）',
    prefix: '52',
    body: 'MD0000101',
    purpose: '为老年人提供探访、陪伴和紧急支援',
  },
  {
    name: '同心社区服务促进会（虚构）',
    prefix: '51',
    body: 'MD0000102',
    purpose: '培育社区社会组织，组织邻里活动',
  },
  { name: '青禾助老服务中心（虚构）', prefix: '52', body: 'MD0000103', purpose: '为独居老人提供上门服务' },
] as const;

/** The district's plan, with budgets in 万元 and months without a day, as intentions are published. */
export const DEMO_PLAN: readonly (readonly [title: string, summary: string, budgetWan: string])[] = [
  ['独居老人探访关爱服务', '为约三百名独居老人提供每周探访、电话问候和紧急情况转介', '24.80'],
  ['社区音乐课堂', '每周两次面向居民的音乐课，每次八十个名额', '9.60'],
  ['社区志愿服务队伍培育', '招募、培训和管理社区志愿者，建立服务时长记录', '15.00'],
];

/** What every budget line of the demonstration has in common: purchased community services, paid by the treasury. */
export const DEMO_LINE = {
  unitCode: '000001',
  fundNature: 'general-public-budget',
  functionalClass: '2080299',
  governmentEconomicClass: '50299',
  departmentEconomicClass: '30227',
  source: 'annual-budget',
  isGovernmentProcurement: true,
  paymentMethod: 'treasury-direct',
  reservationStage: 'publication',
} as const;
