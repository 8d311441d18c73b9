import { Injectable } from '@nestjs/common';
import { Keyset, type Page, platformErrors, UnitOfWork } from '#platform';
import type { ProjectState } from './project.state.js';

export interface ProjectRow {
  readonly id: string;
  readonly contractId: string | null;
  readonly organizationId: string;
  readonly areaCode: string;
  readonly title: string;
  readonly description: string;
  readonly state: ProjectState;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly version: number;
}

const COLUMNS = `p.id, p.contract_id AS "contractId", p.organization_id AS "organizationId",
  p.area_code AS "areaCode", p.title, p.description, p.state, p.starts_on::text AS "startsOn",
  p.ends_on::text AS "endsOn", p.version`;

const newestFirst = new Keyset(
  '-createdAt',
  [
    { sql: 'p.created_at', cast: 'timestamptz' },
    { sql: 'p.id', cast: 'uuid' },
  ],
  'desc',
);

/** Projects are public: residents see what is done with public money. */
@Injectable()
export class ProjectReads {
  constructor(private readonly uow: UnitOfWork) {}

  async list(filter: {
    limit: number;
    cursor?: string | undefined;
    areaCode?: string | undefined;
    organizationId?: string | undefined;
  }): Promise<Page<ProjectRow>> {
    const parameters: unknown[] = [];
    const conditions = [newestFirst.after(filter.cursor, parameters)];
    if (filter.areaCode !== undefined)
      conditions.push(`p.area_code LIKE $${parameters.push(`${filter.areaCode}%`)}`);
    if (filter.organizationId !== undefined) {
      conditions.push(`p.organization_id = $${parameters.push(filter.organizationId)}`);
    }
    const rows = await this.uow.sql<ProjectRow & { key: string }>(
      `SELECT ${COLUMNS}, p.created_at::text AS key FROM projects.project p
       WHERE ${conditions.join(' AND ')} ${newestFirst.orderBy} LIMIT ${filter.limit + 1}`,
      parameters,
    );
    return newestFirst.page(
      rows,
      filter.limit,
      (row) => [row.key, row.id],
      ({ key: _key, ...row }) => row,
    );
  }

  /** @throws DomainError platform.not-found */
  async read(projectId: string): Promise<ProjectRow> {
    const project = await this.uow.one<ProjectRow>(
      `SELECT ${COLUMNS} FROM projects.project p WHERE p.id = $1`,
      [projectId],
    );
    if (!project) throw platformErrors.notFound();
    return project;
  }
}
