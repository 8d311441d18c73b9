import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { AddMember } from './members/add-member.js';
import { ApproveOrganization } from './decisions/approve-organization.js';
import { DescribeOrganization } from './registry/describe-organization.js';
import { EndMember } from './members/end-member.js';
import { FileGroup } from './decisions/file-group.js';
import { FindOrganizations } from './registry/organizations.read.js';
import { GatherGroup } from './registry/gather-group.js';
import { IncorporateGroup } from './decisions/incorporate-group.js';
import { OrganizationRegister } from './registry/organization-register.js';
import { RegisterOrganization } from './registry/register-organization.js';
import { ReinstateOrganization } from './decisions/reinstate-organization.js';
import { RejectOrganization } from './decisions/reject-organization.js';
import { ResubmitOrganization } from './registry/resubmit-organization.js';
import { SuspendOrganization } from './decisions/suspend-organization.js';
import './organizations.check.js';
import { Organization } from './registry/organization.entity.js';
import { MembersController } from './members/http/members.controller.js';
import { OrganizationDecisionsController } from './decisions/http/organization-decisions.controller.js';
import { OrganizationsController } from './registry/http/organizations.controller.js';
import { OrganizationAccess } from './registry/organization.access.js';
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
