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

  /**
   * The project, kept as it is until the transaction ends: what is planned in it commits before it closes, and is
   * seen by whoever closes it. @throws DomainError platform.not-found
   */
  held(id: string): Promise<ProjectSummary> {
    return this.projects.held(id);
  }
}
