import { Inject, Injectable, Logger } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { Access, AppConfig, db, query, Register, TaskHandler, Timers, UnitOfWork } from '#platform';
import type { Delivery } from './delivery.entity.js';
import { deliveryObject } from './delivery.object.js';
import { type DeliveryAction, deliveryStates } from './delivery.state.js';
import { emailText } from './email-text.js';
import { Mailer } from './mailer.js';
import { SEND_EMAIL } from './notification-names.js';
import { nextWaitMs } from './retry-schedule.js';
import type { SmtpOutcome } from './smtp-outcome.js';

const messageOf = query((p: { deliveryId: string }) =>
  db
    .selectFrom('notifications.delivery as d')
    .innerJoin('notifications.message as m', 'm.id', 'd.message_id')
    .select(['m.account_id as accountId', 'm.subject_zh as subjectZh', 'm.body_zh as bodyZh'])
    .select(['m.subject_en as subjectEn', 'm.body_en as bodyEn'])
    .where('d.id', '=', p.deliveryId)
    .where('d.channel', '=', 'email'),
);

/** What the end of a dialogue does to the e-mail. */
const ENDS = { sent: 'deliver', refused: 'fail', uncertain: 'lose' } as const;

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
  private readonly allow = () => {
    this.access.systemOnly();
  };

  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: Register,
    private readonly access: Access,
    private readonly identity: IdentityApi,
    private readonly mailer: Mailer,
    private readonly timers: Timers,
    @Inject(AppConfig) private readonly config: AppConfig,
  ) {
    super();
  }

  async run({ emailId }: { emailId: string }): Promise<void> {
    const begun = await this.begin(emailId);
    if (begun === undefined) return;
    const { email, message, address, locale } = begun;
    const zh = { subject: message.subjectZh, body: message.bodyZh };
    const en = { subject: message.subjectEn, body: message.bodyEn };
    const outcome = await this.mailer.send({
      to: address,
      messageId: email.reference,
      ...emailText(zh, en, locale, this.config.publicUrl),
    });
    await this.settle(email, outcome);
    if (outcome.kind !== 'sent') this.log.warn(`e-mail ${emailId}: ${outcome.kind} (${outcome.code})`);
  }

  /** Commits that an attempt begins. @returns undefined when there is nothing to send */
  private begin(emailId: string) {
    return this.uow.run(async () => {
      const message = await this.uow.first(messageOf, { deliveryId: emailId });
      if (!message) return undefined;
      const { state } = await this.register.locked(deliveryObject, emailId, this.allow);
      // The lease of this task is ours, so whoever began that attempt is gone and its end unknown.
      if (state === 'sending') return this.end(emailId, 'lose', 'cut-off');
      if (state !== 'queued') return undefined;
      const [contact] = await this.identity.contacts([message.accountId]);
      const address = contact?.email ?? undefined;
      if (contact === undefined || address === undefined) return this.end(emailId, 'refuse', 'no-address');
      if (!this.mailer.isOn) return this.end(emailId, 'switch-off', null);
      const email = await this.register.act(deliveryObject, emailId, {
        action: 'begin',
        allow: this.allow,
        apply: (begun, act) => {
          begun.begin(act.at);
        },
      });
      return { email, message, address, locale: contact.locale };
    });
  }

  /** Writes down how the attempt ended; an answer to an older one, or to one that rests, changes nothing. */
  private settle({ id: emailId, attempts, attemptsInRound }: Delivery, outcome: SmtpOutcome): Promise<void> {
    const waitMs = outcome.kind === 'deferred' ? nextWaitMs(attemptsInRound) : undefined;
    const action =
      outcome.kind === 'deferred' ? (waitMs === undefined ? 'fail' : 'defer') : ENDS[outcome.kind];
    const error = outcome.kind === 'sent' ? null : outcome.code;
    return this.uow.run(async () => {
      const now = await this.register.locked(deliveryObject, emailId, this.allow);
      if (now.attempts !== attempts || !deliveryStates.allows(now.state, action)) return;
      if (waitMs === undefined) await this.end(emailId, action, error);
      else await this.putOff(emailId, attempts, waitMs, error);
    });
  }

  private async end(emailId: string, action: DeliveryAction, error: string | null): Promise<undefined> {
    await this.register.act(deliveryObject, emailId, {
      action,
      allow: this.allow,
      apply: (email, act) => {
        email.settle(act.at, error);
      },
    });
  }

  private async putOff(
    emailId: string,
    attempts: number,
    waitMs: number,
    error: string | null,
  ): Promise<void> {
    await this.register.act(deliveryObject, emailId, {
      action: 'defer',
      allow: this.allow,
      apply: async (email, act) => {
        email.lastError = error;
        // A timer of its own: one that is done under a key is never repeated.
        const runAt = new Date(act.at.getTime() + waitMs);
        await this.timers.schedule(SEND_EMAIL, `${emailId}.${attempts}`, runAt, { emailId });
      },
    });
  }
}
