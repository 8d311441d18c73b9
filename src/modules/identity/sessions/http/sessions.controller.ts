import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig, Public, RequirePermission } from '#platform';
import { SessionReads } from '../sessions.read.js';
import { OpenSession } from '../open-session.js';
import { RevokeSession } from '../revoke-session.js';
import { sessionsErrors } from '../sessions.errors.js';
import { accountsPermissions } from '../../accounts/accounts.permissions.js';
import { CurrentSession } from './current-session.js';
import { OpenSessionRequest } from './open-session.request.js';
import { OpenedSessionResponse, SessionListResponse } from './session.response.js';
import { PasswordGuard, VerifiedAccount } from './password.guard.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';

@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly openSession: OpenSession,
    private readonly revokeSession: RevokeSession,
    private readonly sessions: SessionReads,
    private readonly config: AppConfig,
  ) {}

  /** Signs in. */
  @Post()
  @Public('signing in')
  @UseGuards(PasswordGuard)
  async open(
    @Body() body: OpenSessionRequest,
    @VerifiedAccount() accountId: string | undefined,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedSessionResponse> {
    if (accountId === undefined) throw sessionsErrors.credentialsWrong();
    const { sessionId, token, expiresAt } = await this.openSession.execute({ accountId, userAgent });
    void reply.header('Cache-Control', 'no-store');
    if (body.deliver === 'bearer') return { accountId, sessionId, expiresAt, token };
    setSessionCookie(reply, this.config, token);
    return { accountId, sessionId, expiresAt };
  }

  /** The person's own sessions. */
  @Get()
  @RequirePermission(accountsPermissions.self)
  async list(@CurrentSession() current: string | undefined): Promise<SessionListResponse> {
    return { items: await this.sessions.own(current) };
  }

  /** Signs out here. */
  @Delete('current')
  @HttpCode(204)
  @RequirePermission(accountsPermissions.self)
  async closeCurrent(
    @CurrentSession() current: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (current !== undefined) await this.revokeSession.execute(current);
    clearSessionCookie(reply, this.config);
  }

  /** Signs out another device. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(accountsPermissions.self)
  async close(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.revokeSession.execute(id);
  }
}
