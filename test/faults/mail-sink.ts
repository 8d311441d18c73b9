import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/**
 * A slow SMTP server. It takes responsibility for a text first and says so only a while later: whoever dies
 * in between cannot know that the e-mail arrived.
 */
export class MailSink {
  /** How often each Message-ID was delivered. */
  readonly deliveries = new Map<string, number>();
  private taken = 0;
  private alarm: { readonly at: number; readonly ring: () => void } | undefined;

  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async start(answerAfterMs: number): Promise<MailSink> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          sink.take(Buffer.concat(chunks).toString('utf8'));
          setTimeout(done, answerAfterMs);
        });
      },
    });
    // A client that is killed leaves a broken connection; that is the point of the test.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.server.address() as AddressInfo;
    const sink = new MailSink(server, `smtp://127.0.0.1:${port}`);
    return sink;
  }

  /** Calls `act` when so many more e-mails were taken, before the last of them is answered. */
  whenTaken(more: number, act: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.alarm = {
        at: this.taken + more,
        ring: () => {
          act();
          resolve();
        },
      };
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private take(text: string): void {
    const id = /^Message-ID: (\S+)/im.exec(text)?.[1] ?? '';
    this.deliveries.set(id, (this.deliveries.get(id) ?? 0) + 1);
    this.taken += 1;
    if (this.alarm?.at !== this.taken) return;
    const { ring } = this.alarm;
    this.alarm = undefined;
    ring();
  }
}
