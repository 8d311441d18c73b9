import { Injectable } from '@nestjs/common';
import { db, Keyset, type Page, pageOf, platformErrors, query, UnitOfWork } from '#platform';
import type { ProjectResponse } from './http/project.response.js';

const newestFirst = new Keyset(
  '-createdAt',
  [
    { sql: 'p.created_at', cast: 'timestamptz' },
    { sql: 'p.id', cast: 'uuid' },
  ],
  'desc',
);

const projects = () =>
  db
    .selectFrom('projects.project as p')
    .select([
      'p.id',
      'p.contract_id as contractId',
      'p.organization_id as organizationId',
      'p.area_code as areaCode',
      'p.title',
      'p.description',
      'p.state',
      'p.starts_on as startsOn',
      'p.ends_on as endsOn',
      'p.version',
    ]);

const projectById = query((p: { projectId: string }) => projects().where('p.id', '=', p.projectId));

const heldById = query((p: { projectId: string }) => projects().where('p.id', '=', p.projectId).forShare());

/** A project as notices and the modules above need it. */
export type ProjectSummary = ProjectResponse;

/** Projects are public: residents see what is done with public money. */
@Injectable()
export class ProjectReads {
  constructor(private readonly uow: UnitOfWork) {}

  list(filter: {
    limit: number;
    cursor?: string | undefined;
    areaCode?: string | undefined;
    organizationId?: string | undefined;
  }): Promise<Page<ProjectResponse>> {
    const { areaCode, organizationId } = filter;
    const wanted = projects()
      .$if(areaCode !== undefined, (list) => list.where('p.area_code', 'like', `${String(areaCode)}%`))
      .$if(organizationId !== undefined, (list) =>
        list.where('p.organization_id', '=', String(organizationId)),
      );
    return pageOf(this.uow, newestFirst, filter, wanted);
  }

  /** @throws DomainError platform.not-found */
  async read(projectId: string): Promise<ProjectResponse> {
    const project = await this.uow.first(projectById, { projectId });
    if (!project) throw platformErrors.notFound();
    return project;
  }

  /** As it stays until the transaction ends. @throws DomainError platform.not-found */
  async held(projectId: string): Promise<ProjectResponse> {
    this.uow.mustBeActive('projects.held');
    const project = await this.uow.first(heldById, { projectId });
    if (!project) throw platformErrors.notFound();
    return project;
  }
}
