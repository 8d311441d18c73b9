import { Module } from '@nestjs/common';
import { IdentityModule } from '#modules/identity';
import { Addressees } from './addressees.js';
import { MarkMessageRead } from './mark-message-read.js';
import { MessageQueries } from './messages.read.js';
import { Preferences } from './preferences.js';
import { ResolveEmail } from './resolve-email.js';
import { TellPeopleConcerned } from './tell-people-concerned.handler.js';
import { UnresolvedEmails } from './unresolved-emails.read.js';
import './notifications.check.js';
import { EmailsController } from './http/emails.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { SendEmail } from './send-email.job.js';
import { Mailer } from './mailer.js';

@Module({
  imports: [IdentityModule],
  controllers: [MessagesController, EmailsController],
  providers: [
    Addressees,
    Mailer,
    TellPeopleConcerned,
    SendEmail,
    MessageQueries,
    MarkMessageRead,
    Preferences,
    UnresolvedEmails,
    ResolveEmail,
  ],
})
export class NotificationsModule {}
