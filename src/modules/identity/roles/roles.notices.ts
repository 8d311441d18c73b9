import { ROLES } from '#libs/kernel';
import { type Ask, defineNotice } from '#platform';
import { aboutAccount } from '../accounts/accounts.notices.js';
import { AreaReads } from '../areas/areas.read.js';
import { type RoleChange, roleGranted, roleRevoked } from './roles.events.js';

/** Roles in an organization are told by the organization's own events, with its name. */
const inAreaOnly = ({ accountId, areaCode }: RoleChange): string[] =>
  areaCode === undefined ? [] : [accountId];

/** With the name of the area, by which people know it; absent for a role in an organization. */
async function withAreaName(change: RoleChange, ask: Ask) {
  if (change.areaCode === undefined) return change;
  return { ...change, areaName: (await ask(AreaReads).one(change.areaCode))?.name };
}

defineNotice(roleGranted, {
  about: aboutAccount,
  facts: (payload, ask): Promise<RoleChange & { areaName?: string | undefined }> =>
    withAreaName(payload, ask),
  tell: [
    {
      who: inAreaOnly,
      zh: ({ role, areaName = '您的辖区' }) => ({
        subject: `您获得了新角色：${ROLES[role].zh}`,
        body: `您在${areaName}获得角色“${ROLES[role].zh}”。`,
      }),
      en: ({ role, areaName = 'your area' }) => ({
        subject: `You have a new role: ${ROLES[role].en}`,
        body: `You now hold the role "${ROLES[role].en}" in ${areaName}.`,
      }),
    },
  ],
});

defineNotice(roleRevoked, {
  about: aboutAccount,
  facts: (payload, ask): Promise<RoleChange & { areaName?: string | undefined }> =>
    withAreaName(payload, ask),
  tell: [
    {
      who: inAreaOnly,
      zh: ({ role, areaName = '您的辖区' }) => ({
        subject: `您的角色已被撤销：${ROLES[role].zh}`,
        body: `您在${areaName}的角色“${ROLES[role].zh}”已被撤销。`,
      }),
      en: ({ role, areaName = 'your area' }) => ({
        subject: `A role of yours was taken back: ${ROLES[role].en}`,
        body: `You no longer hold the role "${ROLES[role].en}" in ${areaName}.`,
      }),
    },
  ],
});
