import { defineNotice, tellNobody } from '#platform';
import { ProjectsApi } from './projects.api.js';
import { projectClosed, projectOpened } from './projects.events.js';
import { projectPermissions } from './projects.permissions.js';

defineNotice(projectOpened, {
  about: ({ projectId }) => ({ type: 'project', id: projectId }),
  facts: async (payload, ask) => ({
    ...payload,
    project: await ask(ProjectsApi).project(payload.projectId),
  }),
  tell: [
    {
      who: ({ organizationId }, people) => people.inOrganization(projectPermissions.describe, organizationId),
      zh: ({ project }) => ({
        subject: `项目已建立：${project.title}`,
        body: '请完善项目介绍，可以开始安排志愿班次。',
      }),
      en: ({ project }) => ({
        subject: `Project opened: ${project.title}`,
        body: 'Describe it for the residents; shifts can be planned from now on.',
      }),
    },
  ],
});

tellNobody(
  projectClosed,
  'its organization knows of the completed contract; volunteers are told of each shift',
);
