import { Body, Controller, Get, HttpCode, Ip, Post } from '@nestjs/common';
import { RequirePermission } from '#platform';
import { ChangePassword } from '../change-password.js';
import { OwnAccountReads } from '../../roles/own-account.read.js';
import { accountsPermissions } from '../../accounts/accounts.permissions.js';
import { CurrentSession } from './current-session.js';
import { ChangePasswordRequest } from './password.request.js';
import { OwnAccountResponse } from '../../roles/http/own-account.response.js';

@Controller('me')
export class MeController {
  constructor(
    private readonly ownAccount: OwnAccountReads,
    private readonly changePassword: ChangePassword,
  ) {}

  /** The signed-in person: own data, roles, permissions. */
  @Get()
  @RequirePermission(accountsPermissions.self)
  show(): Promise<OwnAccountResponse> {
    return this.ownAccount.read();
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
