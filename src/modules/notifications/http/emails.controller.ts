import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Idempotent, RequirePermission } from '#platform';
import { ResolveEmail } from '../resolve-email.js';
import { UnresolvedEmailReads } from '../unresolved-emails.read.js';
import { notificationPermissions } from '../notifications.permissions.js';
import { ListUnresolvedEmailsQuery } from './list-notifications.query.js';
import { UnresolvedEmailPageResponse } from './notifications.response.js';

@ApiTags('notifications')
@Controller('notifications/uncertain-emails')
export class EmailsController {
  constructor(
    private readonly emails: UnresolvedEmailReads,
    private readonly resolve: ResolveEmail,
  ) {}

  /** E-mails that wait for the operator's decision, the newest first. */
  @Get()
  @RequirePermission(notificationPermissions['resolve-emails'])
  list(@Query() { limit, cursor, state }: ListUnresolvedEmailsQuery): Promise<UnresolvedEmailPageResponse> {
    return this.emails.list({ limit, cursor, state: state ?? 'uncertain' });
  }

  /** Sends it again under the same Message-ID; the person may then have it twice. */
  @Post(':id/resend')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(notificationPermissions['resolve-emails'])
  async resend(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.resolve.execute(id, 'resend');
  }

  /** Lets it rest; the message stays in the person's inbox. */
  @Post(':id/dismiss')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission(notificationPermissions['resolve-emails'])
  async dismiss(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.resolve.execute(id, 'dismiss');
  }
}
