import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { AddMember } from './application/add-member.js';
import { ApproveOrganization } from './application/approve-organization.js';
import { DescribeOrganization } from './application/describe-organization.js';
import { EndMember } from './application/end-member.js';
import { FileGroup } from './application/file-group.js';
import { FindOrganizations } from './application/find-organizations.query.js';
import { GatherGroup } from './application/gather-group.js';
import { IncorporateGroup } from './application/incorporate-group.js';
import { OrganizationRegister } from './application/organization-register.js';
import { RegisterOrganization } from './application/register-organization.js';
import { ReinstateOrganization } from './application/reinstate-organization.js';
import { RejectOrganization } from './application/reject-organization.js';
import { ResubmitOrganization } from './application/resubmit-organization.js';
import { SuspendOrganization } from './application/suspend-organization.js';
import './checks/organizations.checks.js';
import { Organization } from './domain/organization.entity.js';
import { MembersController } from './http/members.controller.js';
import { OrganizationDecisionsController } from './http/organization-decisions.controller.js';
import { OrganizationsController } from './http/organizations.controller.js';
import { OrganizationAccess } from './organizations.access.js';
import { OrganizationsApi } from './organizations.api.js';

/** Buyers, suppliers and groups: who may take part in the market, and who acts for them. */
import './organizations.constraints.js';
import './organizations.notices.js';

@Module({
  imports: [IdentityModule, TypeOrmModule.forFeature([Organization])],
  controllers: [OrganizationsController, OrganizationDecisionsController, MembersController],
  providers: [
    ...[OrganizationsApi, OrganizationAccess, OrganizationRegister, FindOrganizations],
    ...[RegisterOrganization, GatherGroup, ResubmitOrganization, DescribeOrganization],
    ...[ApproveOrganization, RejectOrganization, SuspendOrganization, ReinstateOrganization],
    ...[FileGroup, IncorporateGroup, AddMember, EndMember],
  ],
  exports: [OrganizationsApi, RegisterOrganization, GatherGroup, ApproveOrganization, FileGroup, AddMember],
})
export class OrganizationsModule {}
