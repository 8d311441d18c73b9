import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { AppConfig } from '#platform';
import { judge, type SmtpOutcome } from './smtp-outcome.js';
import { needsSmtpUtf8, offersSmtpUtf8, wireAddress } from './unicode-addresses.js';

export interface OutgoingEmail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The Message-ID header with its angle brackets. */
  readonly messageId: string;
}

const CONNECTIONS = 2;
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** The dialogue with the mail server over a few kept connections. It never repeats a text by itself. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private transport: ReturnType<typeof openTransport> | undefined;
  /** The text of each e-mail in flight; a stream knows whether anybody has begun to read it. */
  private readonly texts = new Map<string, { readonly readableDidRead: boolean }>();

  constructor(@Inject(AppConfig) private readonly config: AppConfig) {}

  /** Whether e-mail is switched on (SMTP_URL). */
  get isOn(): boolean {
    return this.config.smtpUrl !== undefined;
  }

  /** Under the domain of the sender, which is the one that vouches for it. */
  messageIdFor(emailId: string): string {
    const domain = /@([A-Za-z0-9.-]+)/.exec(this.config.mailFrom)?.[1] ?? 'linqiao.invalid';
    return `<${emailId}@${domain}>`;
  }

  /** One attempt; never throws. It ends before another worker may take the task over (TASK_LEASE_MS). */
  async send(email: OutgoingEmail): Promise<SmtpOutcome> {
    if (this.config.smtpUrl === undefined) return { kind: 'deferred', code: 'switched-off' };
    this.transport ??= openTransport(this.config.smtpUrl, this.texts);
    const address = wireAddress(email.to);
    if (address === undefined) return { kind: 'refused', code: 'domain-malformed' };
    try {
      if (needsSmtpUtf8(address) && !(await offersSmtpUtf8(this.config.smtpUrl, TIMEOUTS)))
        return { kind: 'refused', code: 'no-smtputf8' };
      await this.transport.sendMail({
        from: this.config.mailFrom,
        to: { name: '', address },
        subject: email.subject,
        text: email.text,
        messageId: email.messageId,
        // RFC 3834: keeps out-of-office answers away.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(Math.floor(this.config.taskLeaseMs * 0.75)),
      });
      return { kind: 'sent' };
    } catch (error) {
      return judge(error, this.texts.get(email.messageId)?.readableDidRead ?? false);
    } finally {
      this.texts.delete(email.messageId);
    }
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}

function openTransport(url: string, texts: Map<string, { readonly readableDidRead: boolean }>) {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // The pool repeats by itself only what it has not begun to hand over, and even that at most once.
    maxRequeues: 1,
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The one place where it shows whether the server was given any of the text.
  transport.use('stream', (mail, done) => {
    const message = mail.message;
    const create = message.createReadStream.bind(message);
    message.createReadStream = (...options) => {
      const text = create(...options);
      texts.set(message.messageId(), text);
      return text;
    };
    done();
  });
  return transport;
}
