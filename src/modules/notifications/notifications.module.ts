import { Module } from '@nestjs/common';
import { IdentityModule } from '#modules/identity';
import { Addressees } from './application/addressees.js';
import { MarkMessageRead } from './application/mark-message-read.js';
import { MessageQueries } from './application/messages.query.js';
import { Preferences } from './application/preferences.js';
import { ResolveEmail } from './application/resolve-email.js';
import { TellPeopleConcerned } from './application/tell-people-concerned.handler.js';
import { UnresolvedEmails } from './application/unresolved-emails.query.js';
import './checks/emails.check.js';
import { EmailsController } from './http/emails.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { SendEmail } from './jobs/send-email.job.js';
import { Mailer } from './mail/mailer.js';

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
