import { Injectable } from '@nestjs/common';
import { Register, Timers } from '#platform';
import { deliveryObject } from './delivery.object.js';
import { Mailer } from './mailer.js';
import { SEND_EMAIL } from './notification-names.js';
import { notificationErrors } from './notifications.errors.js';

/**
 * The operator decides about an e-mail whose end is unknown, or that failed: send it again (with the same
 * Message-ID; the person may then have it twice) or let it rest. The message stays in the inbox either way.
 */
@Injectable()
export class ResolveEmail {
  constructor(
    private readonly register: Register,
    private readonly timers: Timers,
    private readonly mailer: Mailer,
  ) {}

  /** @throws DomainError platform.not-found, state.wrong-state, notifications.email-is-off */
  async execute(emailId: string, decision: 'resend' | 'dismiss'): Promise<void> {
    await this.register.act(deliveryObject, emailId, {
      action: decision,
      // The operator of any area keeps the one queue of the product.
      allow: () => undefined,
      apply: async (email, act) => {
        if (decision === 'dismiss') {
          email.decide(act.at);
          return;
        }
        if (!this.mailer.isOn) throw notificationErrors.emailIsOff();
        email.decide(null);
        await this.timers.schedule(SEND_EMAIL, `${emailId}.${email.attempts}.again`, act.at, { emailId });
      },
    });
  }
}
