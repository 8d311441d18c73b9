import { defineEvent } from '#libs/kernel';

export const projectOpened = defineEvent<{
  projectId: string;
  contractId: string;
  organizationId: string;
  areaCode: string;
}>('projects.project-opened.v1');
