import { defineErrors } from '#libs/kernel';

/** What the organization itself refuses: its rules are in the entity, whichever room asks. */
export const registryErrors = defineErrors('organizations', {
  nameLength: {
    code: 'organizations.name-length',
    kind: 'unprocessable',
    zh: '机构名称应为 2–120 个字符。',
    en: 'The name of an organization has 2 to 120 characters.',
  },
  creditCodeTaken: {
    code: 'organizations.credit-code-taken',
    kind: 'conflict',
    zh: '该统一社会信用代码已登记。',
    en: 'This unified social credit code is registered already.',
  },
  filingNumberTaken: {
    code: 'organizations.filing-number-taken',
    kind: 'conflict',
    zh: '该备案编号在本街道已被使用。',
    en: 'This filing number is in use in the street.',
  },
  classUnknown: {
    code: 'organizations.class-unknown',
    kind: 'unprocessable',
    zh: '该类机构须说明类别，可选：{allowed}。',
    en: 'A body of this kind has to name its class, one of: {allowed}.',
  },
  kindNotOnMarket: {
    code: 'organizations.kind-not-on-market',
    kind: 'unprocessable',
    zh: '该类机构既不能承接也不能购买政府服务，不能登记。',
    en: 'A body of this class may neither supply nor buy public services and cannot be registered.',
  },
  organNeedsOfficial: {
    code: 'organizations.organ-needs-official',
    kind: 'forbidden',
    zh: '购买主体由平台运维或采购审批人员录入。',
    en: 'A buyer is entered by the platform operator or an approving officer.',
  },
  smallEnterpriseNotEntitled: {
    code: 'organizations.small-enterprise-not-entitled',
    kind: 'unprocessable',
    zh: '只有企业、个体工商户和残疾人福利性单位可以享受小微企业政策。',
    en: 'Only enterprises, sole traders and welfare units for disabled people can claim the small-enterprise preference.',
  },
  decidedByRegistrant: {
    code: 'organizations.decided-by-registrant',
    kind: 'forbidden',
    zh: '登记人不能审核自己登记的机构。',
    en: 'Who registered an organization cannot decide on it.',
  },
  notFiledInStreet: {
    code: 'organizations.not-filed-in-street',
    kind: 'unprocessable',
    zh: '团队应在街道（乡镇）或社区备案。',
    en: 'A group is filed in a street (town) or community.',
  },
  alreadyFiled: {
    code: 'organizations.already-filed',
    kind: 'conflict',
    zh: '该团队已备案或登记。',
    en: 'The group is filed or registered already.',
  },
  notFiled: {
    code: 'organizations.not-filed',
    kind: 'conflict',
    zh: '该团队尚未备案。',
    en: 'The group is not filed yet.',
  },
  hostNotSuitable: {
    code: 'organizations.host-not-suitable',
    kind: 'unprocessable',
    zh: '财务托管方须是已审核通过、可承接政府服务的登记机构。',
    en: 'The fiscal host has to be an approved, registered body that may supply services.',
  },
  registrationCodeWrongKind: {
    code: 'organizations.registration-code-wrong-kind',
    kind: 'unprocessable',
    zh: '团队只能登记为社会团体、民办非企业单位或基金会。',
    en: 'A group can become a social group, a private non-enterprise unit or a foundation.',
  },
  notASupplier: {
    code: 'organizations.not-a-supplier',
    kind: 'conflict',
    zh: '该机构不能承接政府购买服务：须已登记、审核通过且属于允许的类别。',
    en: 'The organization may not supply: it has to be registered, approved and of an admitted class.',
  },
  notABuyer: {
    code: 'organizations.not-a-buyer',
    kind: 'conflict',
    zh: '该机构不能作为购买主体：须是审核通过的国家机关或参照执行的组织。',
    en: 'The organization may not buy: it has to be an approved state organ or one treated as such.',
  },
});
