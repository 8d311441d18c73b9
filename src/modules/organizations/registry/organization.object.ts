import { defineObject } from '#platform';
import { Organization } from './organization.entity.js';
import { organizationStage, organizationStatus } from './organization.state.js';

/** Filing moves both the status and the stage. */
export const organizationObject = defineObject({
  name: 'organizations.organization',
  entity: Organization,
  machines: { status: organizationStatus, stage: organizationStage },
  acts: {
    register: { zh: '登记', en: 'register' },
    gather: { zh: '发起团队', en: 'gather the group' },
    describe: { zh: '修改简介', en: 'describe' },
  },
  traced: ['kind', 'areaCode', 'fiscalHostId'],
});
