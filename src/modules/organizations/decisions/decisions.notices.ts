import type { EventType } from '#libs/kernel';
import { type Ask, defineNotice } from '#platform';
import { OrganizationReads } from '../registry/organizations.read.js';
import { organizationApproved, organizationRegistered } from '../registry/registry.events.js';
import { registryPermissions } from '../registry/registry.permissions.js';
import {
  groupFiled,
  groupIncorporated,
  organizationReinstated,
  organizationRejected,
  organizationSuspended,
} from './decisions.events.js';
import { decisionsPermissions } from './decisions.permissions.js';

export const aboutOrganization = ({ organizationId }: { organizationId: string }) => ({
  type: 'organization',
  id: organizationId,
});
/** What every notice about an organization needs: what happened, and its name. */
export const named = async <P extends { organizationId: string }>(payload: P, ask: Ask) => ({
  ...payload,
  name: await ask(OrganizationReads).nameOf(payload.organizationId),
});

/** A decision about an organization, told to its people and to whoever registered it. */
function decision(
  event: EventType<{ organizationId: string }>,
  zh: { subject: string; body: string },
  en: { subject: string; body: string },
): void {
  defineNotice(event, {
    about: aboutOrganization,
    facts: async (payload, ask) => ({
      ...(await named(payload, ask)),
      registrant: await ask(OrganizationReads).registrant(payload.organizationId),
    }),
    tell: [
      {
        who: async ({ organizationId, registrant }, people) => [
          ...(await people.inOrganization(registryPermissions.work, organizationId)),
          ...(registrant === undefined ? [] : [registrant]),
        ],
        zh: ({ name }) => ({ subject: `${zh.subject}：${name}`, body: `“${name}”${zh.body}` }),
        en: ({ name }) => ({ subject: `${en.subject}: ${name}`, body: `"${name}" ${en.body}` }),
      },
    ],
  });
}

defineNotice(organizationRegistered, {
  about: aboutOrganization,
  facts: (payload, ask) => named(payload, ask),
  tell: [
    {
      who: ({ areaCode }, people) => people.inArea(decisionsPermissions.decide, areaCode),
      zh: ({ name }) => ({ subject: `待审核：${name}`, body: `“${name}”提交了登记，请审核。` }),
      en: ({ name }) => ({
        subject: `To be decided: ${name}`,
        body: `"${name}" has registered and waits for your decision.`,
      }),
    },
  ],
});

decision(
  organizationApproved,
  { subject: '登记已通过', body: '的登记已审核通过，现在可以使用机构功能。' },
  {
    subject: 'Registration approved',
    body: 'is approved and can now use the functions for organizations.',
  },
);

decision(
  organizationRejected,
  { subject: '登记未通过', body: '的登记未通过审核，请登录查看原因，修改后可重新提交。' },
  {
    subject: 'Registration not approved',
    body: 'was not approved; sign in to see why, correct it and send it again.',
  },
);

decision(
  organizationSuspended,
  { subject: '机构已被暂停', body: '已被暂停使用，请登录查看原因。' },
  { subject: 'Organization suspended', body: 'is suspended; sign in to see why.' },
);

decision(
  organizationReinstated,
  { subject: '机构已恢复', body: '已恢复使用。' },
  { subject: 'Organization reinstated', body: 'may act again.' },
);

defineNotice(groupFiled, {
  about: aboutOrganization,
  facts: async (payload, ask) => ({
    ...(await named(payload, ask)),
    hostName: await ask(OrganizationReads).nameOf(payload.fiscalHostId),
  }),
  tell: [
    {
      who: ({ organizationId }, people) => people.inOrganization(registryPermissions.work, organizationId),
      zh: ({ name, hostName }) => ({
        subject: `备案完成：${name}`,
        body: `“${name}”已在街道备案，资金由“${hostName}”代管。`,
      }),
      en: ({ name, hostName }) => ({
        subject: `Filed: ${name}`,
        body: `"${name}" is filed with the street; "${hostName}" handles its money.`,
      }),
    },
    {
      who: ({ fiscalHostId }, people) => people.inOrganization(registryPermissions.work, fiscalHostId),
      zh: ({ name, hostName }) => ({
        subject: `新的代管团队：${name}`,
        body: `“${name}”已在街道备案，资金由贵机构“${hostName}”代管。`,
      }),
      en: ({ name, hostName }) => ({
        subject: `A group under your care: ${name}`,
        body: `"${name}" is filed with the street; your organization "${hostName}" handles its money.`,
      }),
    },
  ],
});

defineNotice(groupIncorporated, {
  about: aboutOrganization,
  facts: (payload, ask) => named(payload, ask),
  tell: [
    {
      who: ({ organizationId }, people) => people.inOrganization(registryPermissions.work, organizationId),
      zh: ({ name }) => ({ subject: `成为独立机构：${name}`, body: `“${name}”已登记为独立机构。` }),
      en: ({ name }) => ({
        subject: `Now a body of its own: ${name}`,
        body: `"${name}" is now registered as a body of its own.`,
      }),
    },
  ],
});
