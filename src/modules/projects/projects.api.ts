import { Injectable } from '@nestjs/common';
import { ProjectReads, type ProjectSummary } from './projects.read.js';

export type { ProjectSummary };

/** What other modules may ask. */
@Injectable()
export class ProjectsApi {
  constructor(private readonly projects: ProjectReads) {}

  /** @throws DomainError platform.not-found */
  project(id: string): Promise<ProjectSummary> {
    return this.projects.read(id);
  }
}
