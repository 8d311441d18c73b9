import { defineEvent } from '#libs/kernel';

export const projectOpened = defineEvent<{
  projectId: string;
  contractId: string;
  organizationId: string;
  areaCode: string;
}>('projects.project-opened.v1');

/** Completed or cancelled: nothing more happens in it. */
export const projectClosed = defineEvent<{ projectId: string; organizationId: string }>(
  'projects.project-closed.v1',
);
