import { Injectable } from '@nestjs/common';
import { ProjectQueries, type ProjectRow } from './application/projects.query.js';

/** What other modules may ask. */
@Injectable()
export class ProjectsApi {
  constructor(private readonly queries: ProjectQueries) {}

  /** @throws DomainError platform.not-found */
  project(id: string): Promise<ProjectRow> {
    return this.queries.read(id);
  }
}
