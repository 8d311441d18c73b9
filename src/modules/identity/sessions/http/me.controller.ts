import { Body, Controller, Get, HttpCode, Ip, Post } from '@nestjs/common';
import { RequirePermission } from '#platform';
import { ChangePassword } from '../change-password.js';
import { GetOwnAccount } from '../../roles/own-account.read.js';
import { identityPermissions } from '../../identity.permissions.js';
import { CurrentSession } from './current-session.js';
import { ChangePasswordRequest } from '../../accounts/http/account.request.js';
import { OwnAccountResponse } from '../../accounts/http/account.response.js';

@Controller('me')
export class MeController {
  constructor(
    private readonly getOwnAccount: GetOwnAccount,
    private readonly changePassword: ChangePassword,
  ) {}

  /** The signed-in person: own data, roles, permissions. */
  @Get()
  @RequirePermission(identityPermissions.self)
  async show(): Promise<OwnAccountResponse> {
    const account = await this.getOwnAccount.execute();
    return { ...account, memberships: [...account.memberships], permissions: [...account.permissions] };
  }

  /** Changes the password and ends the person's other sessions. */
  @Post('password')
  @HttpCode(204)
  @RequirePermission(identityPermissions.self)
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
