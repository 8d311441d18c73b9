import { Module } from '@nestjs/common';
import { BudgetsModule } from '#modules/budgets';
import { ContractsModule } from '#modules/contracts';
import { IdentityModule } from '#modules/identity';
import { OrganizationsModule } from '#modules/organizations';
import { ProcurementModule } from '#modules/procurement';
import { ProjectsModule } from '#modules/projects';
import { VolunteeringModule } from '#modules/volunteering';
import { MarkMessageRead } from './application/mark-message-read.js';
import { MessageQueries } from './application/messages.query.js';
import { Preferences } from './application/preferences.js';
import { ResolveEmail } from './application/resolve-email.js';
import { TellPeopleConcerned } from './application/tell-people-concerned.handler.js';
import { UnresolvedEmails } from './application/unresolved-emails.query.js';
import { Facts } from './catalogue/facts.js';
import { People } from './catalogue/people.js';
import './checks/emails.check.js';
import { EmailsController } from './http/emails.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { SendEmail } from './jobs/send-email.job.js';
import { Mailer } from './mail/mailer.js';

@Module({
  imports: [
    IdentityModule,
    OrganizationsModule,
    BudgetsModule,
    ProcurementModule,
    ContractsModule,
    ProjectsModule,
    VolunteeringModule,
  ],
  controllers: [MessagesController, EmailsController],
  providers: [
    Facts,
    People,
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
