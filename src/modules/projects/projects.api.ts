import { Injectable } from '@nestjs/common';
import { ProjectReads, type ProjectRow } from './projects.read.js';

/** What other modules may ask. */
@Injectable()
export class ProjectsApi {
  constructor(private readonly queries: ProjectReads) {}

  /** @throws DomainError platform.not-found */
  project(id: string): Promise<ProjectRow> {
    return this.queries.read(id);
  }
}
