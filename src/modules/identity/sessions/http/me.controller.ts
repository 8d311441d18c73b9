import { Body, Controller, Get, HttpCode, Ip, Post, Query } from '@nestjs/common';
import { PageQuery, RefusalReads, RequirePermission } from '#platform';
import { ChangePassword } from '../change-password.js';
import { OwnAccountReads } from '../../roles/own-account.read.js';
import { accountsPermissions } from '../../accounts/accounts.permissions.js';
import { CurrentSession } from './current-session.js';
import { OwnRefusalPageResponse } from './own-refusal.response.js';
import { ChangePasswordRequest } from './password.request.js';
import { OwnAccountResponse } from '../../roles/http/own-account.response.js';

@Controller('me')
export class MeController {
  constructor(
    private readonly ownAccount: OwnAccountReads,
    private readonly changePassword: ChangePassword,
    private readonly refusals: RefusalReads,
  ) {}

  /** The signed-in person: own data, roles, permissions. */
  @Get()
  @RequirePermission(accountsPermissions.self)
  show(): Promise<OwnAccountResponse> {
    return this.ownAccount.read();
  }

  /** What the person was refused in the last six months and why, the newest first: acts that have consequences. */
  @Get('refusals')
  @RequirePermission(accountsPermissions.self)
  ownRefusals(@Query() query: PageQuery): Promise<OwnRefusalPageResponse> {
    return this.refusals.own(query);
  }

  /** Changes the password and ends the person's other sessions. */
  @Post('password')
  @HttpCode(204)
  @RequirePermission(accountsPermissions.self)
  async setPassword(
    @Body() body: ChangePasswordRequest,
    @CurrentSession() sessionId: string | undefined,
    @Ip() address: string,
  ): Promise<void> {
    await this.changePassword.execute({
      current: body.currentPassword,
      next: body.newPassword,
      sessionId,
      address,
    });
  }
}
