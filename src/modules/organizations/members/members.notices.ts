import { ROLES } from '#libs/kernel';
import { defineNotice } from '#platform';
import { aboutOrganization, named } from '../decisions/decisions.notices.js';
import { memberAdded, memberEnded } from './members.events.js';

defineNotice(memberAdded, {
  about: aboutOrganization,
  facts: (payload, ask) => named(payload, ask),
  tell: [
    {
      who: ({ accountId }) => [accountId],
      zh: ({ name, role }) => ({
        subject: `您已加入：${name}`,
        body: `您已成为“${name}”的${ROLES[role].zh}。`,
      }),
      en: ({ name, role }) => ({
        subject: `You have joined ${name}`,
        body: `You are now with "${name}" (${ROLES[role].en}).`,
      }),
    },
  ],
});

defineNotice(memberEnded, {
  about: aboutOrganization,
  facts: (payload, ask) => named(payload, ask),
  tell: [
    {
      who: ({ accountId }) => [accountId],
      zh: ({ name, role }) => ({
        subject: `您已离开：${name}`,
        body: `您不再是“${name}”的${ROLES[role].zh}。`,
      }),
      en: ({ name, role }) => ({
        subject: `You have left ${name}`,
        body: `You are no longer with "${name}" (${ROLES[role].en}).`,
      }),
    },
  ],
});
