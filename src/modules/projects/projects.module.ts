import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContractsModule } from '#modules/contracts';
import { BeginProjectJob } from './application/begin-project.job.js';
import { CompleteProjectWhenContractCompleted } from './application/complete-project-when-contract-completed.handler.js';
import { DescribeProject } from './application/describe-project.js';
import { OpenProjectWhenContractSigned } from './application/open-project-when-contract-signed.handler.js';
import { ProjectQueries } from './application/projects.query.js';
import { Project } from './domain/project.entity.js';
import { ProjectsController } from './http/projects.controller.js';
import { ProjectsApi } from './projects.api.js';
import './projects.notices.js';

@Module({
  imports: [TypeOrmModule.forFeature([Project]), ContractsModule],
  controllers: [ProjectsController],
  providers: [
    ProjectsApi,
    ProjectQueries,
    DescribeProject,
    OpenProjectWhenContractSigned,
    CompleteProjectWhenContractCompleted,
    BeginProjectJob,
  ],
  exports: [ProjectsApi],
})
export class ProjectsModule {}
