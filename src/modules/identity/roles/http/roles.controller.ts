import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#platform';
import { GrantRoleRequest } from './role.request.js';
import { CreatedResponse } from '../../accounts/http/account.response.js';
import { GrantRole } from '../grant-role.js';
import { PeopleReads } from '../people.read.js';
import { RevokeRole } from '../revoke-role.js';
import { rolesPermissions } from '../roles.permissions.js';
import { ListAccountsQuery } from './list-accounts.query.js';
import { AccountListResponse } from './people.response.js';

/** People as officials see them, and the roles that they hold in areas. */
@ApiTags('Accounts')
@Controller('accounts')
export class RolesController {
  constructor(
    private readonly people: PeopleReads,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
  ) {}

  /** People who hold a role in the reader's areas; personal data is masked. */
  @Get()
  @RequirePermission(rolesPermissions.read)
  list(@Query() query: ListAccountsQuery): Promise<AccountListResponse> {
    return this.people.list(query);
  }

  /** Gives a person a role in an area. */
  @Post(':id/roles')
  @RequirePermission(rolesPermissions.grant)
  async grant(
    @Param('id', ParseUUIDPipe) accountId: string,
    @Body() { role, areaCode, validFrom, validTo, reason }: GrantRoleRequest,
  ): Promise<CreatedResponse> {
    return { id: await this.grantRole.execute({ accountId, role, areaCode, validFrom, validTo, reason }) };
  }

  /** Takes a role in an area back; laying down one's own is always allowed. */
  @Delete(':id/roles/:membershipId')
  @HttpCode(204)
  @RequirePermission(rolesPermissions.grant)
  async revoke(
    @Param('id', ParseUUIDPipe) accountId: string,
    @Param('membershipId', ParseUUIDPipe) membershipId: string,
  ): Promise<void> {
    await this.revokeRole.execute({ accountId, membershipId });
  }
}
