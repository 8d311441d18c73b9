import { Injectable } from '@nestjs/common';
import type { ProjectResponse } from './http/project.response.js';
import { ProjectReads } from './projects.read.js';

/** A project as notices and the modules above need it. */
export type ProjectSummary = ProjectResponse;

/** What other modules may ask. */
@Injectable()
export class ProjectsApi {
  constructor(private readonly projects: ProjectReads) {}

  /** @throws DomainError platform.not-found */
  project(id: string): Promise<ProjectSummary> {
    return this.projects.read(id);
  }
}
