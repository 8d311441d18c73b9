import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Ip,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
} from '@nestjs/common';
import { Public, RequirePermission } from '#platform';
import { CreateAccount } from '../../accounts/create-account.js';
import { GrantRole } from '../grant-role.js';
import { ListAccounts } from '../people.read.js';
import { LoginThrottle } from '../../accounts/login-throttle.js';
import { RevokeRole } from '../revoke-role.js';
import { identityPermissions } from '../../identity.permissions.js';
import { GrantRoleRequest, RegisterAccountRequest } from '../../accounts/http/account.request.js';
import { AccountListResponse, CreatedResponse } from '../../accounts/http/account.response.js';
import { ListAccountsQuery } from './list-accounts.query.js';

@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly createAccount: CreateAccount,
    private readonly listAccounts: ListAccounts,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly throttle: LoginThrottle,
  ) {}

  /** Registers a person, who is then a member without further roles. */
  @Post()
  @Public('registering as a member')
  async register(@Body() body: RegisterAccountRequest, @Ip() address: string): Promise<CreatedResponse> {
    await this.throttle.countRegistration(address);
    return { id: await this.createAccount.execute(body) };
  }

  /** People who hold a role in the reader's areas; personal data is masked. */
  @Get()
  @RequirePermission(identityPermissions.read)
  async list(@Query() query: ListAccountsQuery): Promise<AccountListResponse> {
    const { items, nextCursor } = await this.listAccounts.execute(query);
    return { items: items.map((account) => ({ ...account, roles: [...account.roles] })), nextCursor };
  }

  /** Gives a person a role in an area. */
  @Post(':id/roles')
  @RequirePermission(identityPermissions.grant)
  async grant(
    @Param('id', ParseUUIDPipe) accountId: string,
    @Body() body: GrantRoleRequest,
  ): Promise<CreatedResponse> {
    return {
      id: await this.grantRole.execute({
        accountId,
        role: body.role,
        areaCode: body.areaCode,
        validFrom: body.validFrom,
        validTo: body.validTo,
        reason: body.reason,
      }),
    };
  }

  /** Takes a role in an area back; laying down one's own is always allowed. */
  @Delete(':id/roles/:membershipId')
  @HttpCode(204)
  @RequirePermission(identityPermissions.grant)
  async revoke(
    @Param('id', ParseUUIDPipe) accountId: string,
    @Param('membershipId', ParseUUIDPipe) membershipId: string,
  ): Promise<void> {
    await this.revokeRole.execute({ accountId, membershipId });
  }
}
