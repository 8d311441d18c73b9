import { Injectable } from '@nestjs/common';
import { Access, AuditTrail, mustMatchVersion, platformErrors, UnitOfWork } from '#platform';
import { Project } from './project.entity.js';
import { projectPermissions } from './projects.permissions.js';

/** The organization tells residents and volunteers what the project is about. */
@Injectable()
export class DescribeProject {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  execute(projectId: string, seenVersion: number, description: string): Promise<void> {
    return this.uow.run(async () => {
      const project = await this.uow.manager.findOne(Project, {
        where: { id: projectId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!project) throw platformErrors.notFound();
      this.access.inOrganization(projectPermissions.describe, project.organizationId);
      mustMatchVersion(project.version, seenVersion);
      project.description = description;
      project.version += 1;
      await this.uow.manager.save(project);
      await this.audit.record({
        action: 'projects.describe',
        objectType: 'project',
        objectId: projectId,
        after: { version: project.version },
      });
    });
  }
}
