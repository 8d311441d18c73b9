import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { RequirePermission } from '#platform';
import { AddMember } from '../add-member.js';
import { EndMember } from '../end-member.js';
import { MemberReads } from '../members.read.js';
import { registryPermissions } from '../../registry/registry.permissions.js';
import { MemberRoleQuery } from './member-role.query.js';
import { AddMemberRequest } from './member.request.js';
import { MemberAddedResponse, MemberListResponse } from './member.response.js';

/** The people of an organization. Every route is open to members as such; the object decides. */
@Controller('organizations/:id/members')
export class MembersController {
  constructor(
    private readonly members: MemberReads,
    private readonly addMember: AddMember,
    private readonly endMember: EndMember,
  ) {}

  /** For the organization's own people and the officials of its area. */
  @Get()
  @RequirePermission(registryPermissions.register)
  async list(@Param('id', ParseUUIDPipe) organizationId: string): Promise<MemberListResponse> {
    return { items: await this.members.list(organizationId) };
  }

  /** Adds a person who has an account. */
  @Post()
  @RequirePermission(registryPermissions.register)
  async add(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @Body() { login, role }: AddMemberRequest,
  ): Promise<MemberAddedResponse> {
    return { accountId: await this.addMember.execute({ organizationId, login, role }) };
  }

  /** Ends a role; one's own can always be laid down, except by the last administrator. */
  @Delete(':accountId')
  @HttpCode(204)
  @RequirePermission(registryPermissions.register)
  async end(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Query() { role }: MemberRoleQuery,
  ): Promise<void> {
    await this.endMember.execute({ organizationId, accountId, role });
  }
}
