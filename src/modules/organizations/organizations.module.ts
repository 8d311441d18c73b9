import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { ApproveOrganization } from './decisions/approve-organization.js';
import { DecisionAccess } from './decisions/decision.access.js';
import './decisions/decisions.notices.js';
import { FileGroup } from './decisions/file-group.js';
import { OrganizationDecisionsController } from './decisions/http/organization-decisions.controller.js';
import { IncorporateGroup } from './decisions/incorporate-group.js';
import { ReinstateOrganization } from './decisions/reinstate-organization.js';
import { RejectOrganization } from './decisions/reject-organization.js';
import { SuspendOrganization } from './decisions/suspend-organization.js';
import { AddMember } from './members/add-member.js';
import { EndMember } from './members/end-member.js';
import { MembersController } from './members/http/members.controller.js';
import { MemberAccess } from './members/member.access.js';
import './members/members.check.js';
import './members/members.notices.js';
import { MemberReads } from './members/members.read.js';
import { OrganizationsApi } from './organizations.api.js';
import { DescribeOrganization } from './registry/describe-organization.js';
import { GatherGroup } from './registry/gather-group.js';
import { OrganizationsController } from './registry/http/organizations.controller.js';
import { MarketClassReads } from './registry/market-classes.read.js';
import { OrganizationAccess } from './registry/organization.access.js';
import { Organization } from './registry/organization.entity.js';
import { OrganizationReads } from './registry/organizations.read.js';
import { RegisterOrganization } from './registry/register-organization.js';
import './registry/registry.check.js';
import './registry/registry.constraints.js';
import { ResubmitOrganization } from './registry/resubmit-organization.js';

const registry = [
  ...[OrganizationAccess, OrganizationReads, MarketClassReads],
  ...[RegisterOrganization, GatherGroup, ResubmitOrganization, DescribeOrganization],
];
const decisions = [
  ...[DecisionAccess, ApproveOrganization, RejectOrganization, SuspendOrganization],
  ...[ReinstateOrganization, FileGroup, IncorporateGroup],
];
const members = [MemberAccess, MemberReads, AddMember, EndMember];

/** Buyers, suppliers and groups: who may take part in the market, and who acts for them. */
@Module({
  imports: [IdentityModule, TypeOrmModule.forFeature([Organization])],
  controllers: [OrganizationsController, OrganizationDecisionsController, MembersController],
  providers: [OrganizationsApi, ...registry, ...decisions, ...members],
  exports: [OrganizationsApi, RegisterOrganization, GatherGroup, ApproveOrganization, FileGroup, AddMember],
})
export class OrganizationsModule {}
