import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '#modules/identity';
import { Addressees } from './addressees.js';
import { Delivery } from './delivery.entity.js';
import { EmailsController } from './http/emails.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { Mailer } from './mailer.js';
import { MarkMessageRead } from './mark-message-read.js';
import { MessageReads } from './messages.read.js';
import './notifications.check.js';
import './notifications.constraints.js';
import { PreferenceReads } from './preferences.read.js';
import { ResolveEmail } from './resolve-email.js';
import { SavePreference } from './save-preference.js';
import { SendEmail } from './send-email.job.js';
import { TellPeopleConcerned } from './tell-people-concerned.handler.js';
import { UnresolvedEmailReads } from './unresolved-emails.read.js';

/** Tells the people concerned what happened: it listens to all other modules, and nobody asks it anything. */
@Module({
  imports: [TypeOrmModule.forFeature([Delivery]), IdentityModule],
  controllers: [MessagesController, EmailsController],
  providers: [
    ...[Addressees, TellPeopleConcerned, Mailer, SendEmail, ResolveEmail],
    ...[MessageReads, MarkMessageRead, PreferenceReads, SavePreference, UnresolvedEmailReads],
  ],
})
export class NotificationsModule {}
