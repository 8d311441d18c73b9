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
import { ListSessions } from '../sessions.read.js';
import { OpenSession } from '../open-session.js';
import { RevokeSession } from '../revoke-session.js';
import { identityErrors } from '../../identity.errors.js';
import { identityPermissions } from '../../identity.permissions.js';
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
    private readonly listSessions: ListSessions,
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
    if (accountId === undefined) throw identityErrors.credentialsWrong();
    const { sessionId, token, expiresAt } = await this.openSession.execute({ accountId, userAgent });
    void reply.header('Cache-Control', 'no-store');
    if (body.deliver === 'bearer') return { accountId, sessionId, expiresAt, token };
    setSessionCookie(reply, this.config, token);
    return { accountId, sessionId, expiresAt };
  }

  /** The person's own sessions. */
  @Get()
  @RequirePermission(identityPermissions.self)
  async list(@CurrentSession() current: string | undefined): Promise<SessionListResponse> {
    const sessions = await this.listSessions.execute();
    return { items: sessions.map((session) => ({ ...session, current: session.id === current })) };
  }

  /** Signs out here. */
  @Delete('current')
  @HttpCode(204)
  @RequirePermission(identityPermissions.self)
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
  @RequirePermission(identityPermissions.self)
  async close(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.revokeSession.execute(id);
  }
}
