import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { IfMatch, Public, PublicCached, RequirePermission } from '#platform';
import { DescribeProject } from '../describe-project.js';
import { ProjectReads } from '../projects.read.js';
import { projectPermissions } from '../projects.permissions.js';
import { DescribeProjectRequest, ListProjectsQuery } from './project.request.js';
import { ProjectPageResponse, ProjectResponse } from './project.response.js';

@ApiTags('projects')
@Controller('projects')
export class ProjectsController {
  constructor(
    private readonly queries: ProjectReads,
    private readonly describeProject: DescribeProject,
  ) {}

  /** All projects, the newest first. */
  @Get()
  @PublicCached()
  @Public('residents see what is done with public money')
  list(@Query() query: ListProjectsQuery): Promise<ProjectPageResponse> {
    return this.queries.list(query);
  }

  @Get(':id')
  @Public('residents see what is done with public money')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<ProjectResponse> {
    return this.queries.read(id);
  }

  @Put(':id')
  @HttpCode(204)
  @RequirePermission(projectPermissions.describe)
  @ApiHeader({ name: 'If-Match', required: true, description: 'the version you saw' })
  async describe(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() request: DescribeProjectRequest,
  ): Promise<void> {
    await this.describeProject.execute(id, version, request.description);
  }
}
