import { Inject, Injectable, Logger } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { AppConfig, CLOCK, type Clock, TaskHandler, Timers, UnitOfWork } from '#platform';
import { type EmailAction, emailStates, type EmailState } from './email.state.js';
import { nextWaitMs } from './retry-schedule.js';
import { emailText } from './email-text.js';
import { Mailer } from './mailer.js';
import type { SmtpOutcome } from './smtp-outcome.js';
import { SEND_EMAIL } from './notification-names.js';

interface EmailRow {
  state: EmailState;
  attempts: number;
  attempts_before: number;
  smtp_message_id: string;
  account_id: string;
  subject_zh: string;
  body_zh: string;
  subject_en: string;
  body_en: string;
}

/**
 * Sends one e-mail, exactly once as far as SMTP allows. The attempt is committed before the dialogue; an
 * attempt found open later was cut off by a crash and becomes `uncertain`, which only a person resolves.
 */
@Injectable()
export class SendEmail extends TaskHandler<{ emailId: string }> {
  readonly name = SEND_EMAIL;
  override readonly queue = 'notifications';
  override readonly mode = 'external';
  override readonly maxAttempts = 8;
  private readonly log = new Logger('notifications');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly identity: IdentityApi,
    private readonly mailer: Mailer,
    private readonly timers: Timers,
    @Inject(AppConfig) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async run({ emailId }: { emailId: string }): Promise<void> {
    const begun = await this.begin(emailId);
    if (begun === undefined) return;
    const { email, attempt, address, locale } = begun;
    const zh = { subject: email.subject_zh, body: email.body_zh };
    const en = { subject: email.subject_en, body: email.body_en };
    const outcome = await this.mailer.send({
      to: address,
      messageId: email.smtp_message_id,
      ...emailText(zh, en, locale, this.config.publicUrl),
    });
    await this.settle(emailId, attempt, attempt - email.attempts_before, outcome);
    if (outcome.kind !== 'sent') this.log.warn(`e-mail ${emailId}: ${outcome.kind} (${outcome.code})`);
  }

  /** Commits that an attempt begins. @returns undefined when there is nothing to send */
  private begin(emailId: string) {
    return this.uow.run(async () => {
      const email = await this.uow.one<EmailRow>(
        `SELECT e.state, e.attempts, e.attempts_before, e.smtp_message_id, m.account_id,
                m.subject_zh, m.body_zh, m.subject_en, m.body_en
         FROM notifications.email e JOIN notifications.message m ON m.id = e.message_id
         WHERE e.id = $1 FOR UPDATE OF e`,
        [emailId],
      );
      // The lease of this task is ours, so whoever began that attempt is gone and its end unknown.
      if (email?.state === 'sending') {
        await this.end(emailId, email.attempts, 'lose', 'cut-off');
        return undefined;
      }
      if (email?.state !== 'queued') return undefined;
      const [contact] = await this.identity.contacts([email.account_id]);
      const address = contact?.email ?? undefined;
      if (contact === undefined || address === undefined) {
        await this.end(emailId, email.attempts, 'refuse', 'no-address');
        return undefined;
      }
      if (!this.mailer.isOn) {
        await this.end(emailId, email.attempts, 'switch-off', null);
        return undefined;
      }
      const attempt = email.attempts + 1;
      await this.uow.sql(
        'UPDATE notifications.email SET state = $2, attempts = $3, sending_at = $4 WHERE id = $1',
        [emailId, emailStates.next(email.state, 'begin'), attempt, this.clock.now()],
      );
      return { email, attempt, address, locale: contact.locale };
    });
  }

  private settle(emailId: string, attempt: number, inThisRound: number, outcome: SmtpOutcome): Promise<void> {
    return this.uow.run(async () => {
      if (outcome.kind === 'sent') return this.end(emailId, attempt, 'deliver', null);
      if (outcome.kind === 'refused') return this.end(emailId, attempt, 'fail', outcome.code);
      if (outcome.kind === 'uncertain') return this.end(emailId, attempt, 'lose', outcome.code);
      const wait = nextWaitMs(inThisRound);
      if (wait === undefined) return this.end(emailId, attempt, 'fail', outcome.code);
      const [deferred] = await this.uow.sql(
        `UPDATE notifications.email SET state = $3, last_error = $4
         WHERE id = $1 AND attempts = $2 AND state = 'sending' RETURNING id`,
        [emailId, attempt, emailStates.next('sending', 'defer'), outcome.code],
      );
      if (!deferred) return;
      // A timer of its own: one that is done under a key is never repeated.
      await this.timers.schedule(
        SEND_EMAIL,
        `${emailId}.${attempt}`,
        new Date(this.clock.now().getTime() + wait),
        {
          emailId,
        },
      );
    });
  }

  /** Ends an attempt where the table of states allows it; an answer to an older attempt changes nothing. */
  private async end(
    emailId: string,
    attempt: number,
    action: EmailAction,
    error: string | null,
  ): Promise<void> {
    const from = emailStates.states.filter((state) => emailStates.allows(state, action));
    const [to] = from.map((state) => emailStates.next(state, action));
    await this.uow.sql(
      `UPDATE notifications.email SET state = $3, last_error = $4, settled_at = $5
       WHERE id = $1 AND attempts = $2 AND state = ANY ($6)`,
      [emailId, attempt, to, error, this.clock.now(), from],
    );
  }
}
