import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContractsModule } from '#modules/contracts';
import { BeginProjectJob } from './begin-project.job.js';
import { CompleteProjectWhenContractCompleted } from './complete-project-when-contract-completed.handler.js';
import { DescribeProject } from './describe-project.js';
import { OpenProjectWhenContractSigned } from './open-project-when-contract-signed.handler.js';
import { ProjectReads } from './projects.read.js';
import { Project } from './project.entity.js';
import { ProjectsController } from './http/projects.controller.js';
import { ProjectsApi } from './projects.api.js';
import './projects.constraints.js';
import './projects.notices.js';

@Module({
  imports: [TypeOrmModule.forFeature([Project]), ContractsModule],
  controllers: [ProjectsController],
  providers: [
    ProjectsApi,
    ProjectReads,
    DescribeProject,
    OpenProjectWhenContractSigned,
    CompleteProjectWhenContractCompleted,
    BeginProjectJob,
  ],
  exports: [ProjectsApi],
})
export class ProjectsModule {}
