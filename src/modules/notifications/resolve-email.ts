import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, CLOCK, type Clock, platformErrors, Timers, UnitOfWork } from '#platform';
import { emailStates, type EmailState } from './email.state.js';
import { Mailer } from './mailer.js';
import { notificationErrors } from './notifications.errors.js';
import { SEND_EMAIL } from './notification-names.js';

/**
 * The operator decides about an e-mail whose end is unknown, or that failed: send it again (with the same
 * Message-ID; the person may then have it twice) or let it rest. The message stays in the inbox either way.
 */
@Injectable()
export class ResolveEmail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly timers: Timers,
    private readonly audit: AuditTrail,
    private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError platform.not-found, state.wrong-state, notifications.email-is-off */
  execute(emailId: string, decision: 'resend' | 'dismiss'): Promise<void> {
    return this.uow.run(async () => {
      const email = await this.uow.one<{ state: EmailState; attempts: number }>(
        'SELECT state, attempts FROM notifications.email WHERE id = $1 FOR UPDATE',
        [emailId],
      );
      if (!email) throw platformErrors.notFound();
      const state = emailStates.next(email.state, decision);
      if (decision === 'resend' && !this.mailer.isOn) throw notificationErrors.emailIsOff();
      const now = this.clock.now();
      await this.uow.sql(
        `UPDATE notifications.email SET state = $2, attempts_before = attempts,
           settled_at = CASE WHEN $2 = 'queued' THEN NULL ELSE $3::timestamptz END WHERE id = $1`,
        [emailId, state, now],
      );
      if (decision === 'resend') {
        await this.timers.schedule(SEND_EMAIL, `${emailId}.${email.attempts}.again`, now, { emailId });
      }
      await this.audit.record({
        action: `notifications.${decision}-email`,
        objectType: 'email',
        objectId: emailId,
        before: { state: email.state, attempts: email.attempts },
        after: { state },
      });
    });
  }
}
