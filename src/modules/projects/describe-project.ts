import { Injectable } from '@nestjs/common';
import { Access, Register } from '#platform';
import { projectObject } from './project.object.js';
import { projectPermissions } from './projects.permissions.js';

/** The organization tells residents and volunteers what the project is about. */
@Injectable()
export class DescribeProject {
  constructor(
    private readonly register: Register,
    private readonly access: Access,
  ) {}

  async execute(projectId: string, version: number, description: string): Promise<void> {
    await this.register.act(projectObject, projectId, {
      action: 'describe',
      version,
      allow: ({ organizationId }) => {
        this.access.inOrganization(projectPermissions.describe, organizationId);
      },
      apply: (project) => {
        project.description = description;
      },
    });
  }
}
