import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#platform';
import { MarkMessageRead } from '../mark-message-read.js';
import { MessageReads } from '../messages.read.js';
import { PreferenceReads } from '../preferences.read.js';
import { SavePreference } from '../save-preference.js';
import { notificationPermissions } from '../notifications.permissions.js';
import { ListMessagesQuery } from './list-notifications.query.js';
import { SavePreferenceRequest } from './notifications.request.js';
import { MessagePageResponse, PreferenceResponse, UnreadCountResponse } from './notifications.response.js';

@ApiTags('notifications')
@Controller()
export class MessagesController {
  constructor(
    private readonly inbox: MessageReads,
    private readonly markRead: MarkMessageRead,
    private readonly preferences: PreferenceReads,
    private readonly savePreferenceUseCase: SavePreference,
  ) {}

  /** The own inbox, the newest first. */
  @Get('messages')
  @RequirePermission(notificationPermissions.read)
  messages(@Query() { limit, cursor, unread }: ListMessagesQuery): Promise<MessagePageResponse> {
    return this.inbox.list({ limit, cursor, unread: unread === 'true' });
  }

  @Get('messages/unread-count')
  @RequirePermission(notificationPermissions.read)
  async unreadCount(): Promise<UnreadCountResponse> {
    return { unread: await this.inbox.unreadCount() };
  }

  /** Marks an own message as read; again changes nothing. */
  @Post('messages/:id/read')
  @HttpCode(204)
  @RequirePermission(notificationPermissions.read)
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.markRead.execute(id);
  }

  @Get('notification-preferences')
  @RequirePermission(notificationPermissions.prefer)
  preference(): Promise<PreferenceResponse> {
    return this.preferences.own();
  }

  /** Replaces the own preferences. The inbox itself cannot be switched off. */
  @Put('notification-preferences')
  @HttpCode(204)
  @RequirePermission(notificationPermissions.prefer)
  async savePreference(@Body() request: SavePreferenceRequest): Promise<void> {
    await this.savePreferenceUseCase.execute(request);
  }
}
