import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedEmail {
  readonly to: string;
  readonly messageId: string;
  readonly raw: string;
  /** Sent as mail that may have other letters in its addresses (RFC 6531). */
  readonly smtpUtf8: boolean;
}

export interface MailServer {
  /** smtp://… for SMTP_URL. */
  readonly url: string;
  /** What the server took responsibility for. */
  readonly received: readonly ReceivedEmail[];
  /** Every byte that clients sent, as it came: the library reads punycode back into letters. */
  heard(): Buffer;
  /** Texts that arrived in full, whatever was answered. */
  readonly read: readonly ReceivedEmail[];
  receivedBy(address: string): ReceivedEmail[];
  readBy(address: string): ReceivedEmail[];
  stop(): Promise<void>;
}

const refusal = (code: number): Error =>
  Object.assign(new Error('refused by the test'), { responseCode: code });

/**
 * A real SMTP server whose behaviour depends on the recipient: `unknown…` 550, `busy…` 451 the first time,
 * `always-busy…` 451 every time, `full…` 452 after the text the first time, `spam…` 554 after the text,
 * `lost…` hangs up after the text, `silent…` never answers the text. Everybody else gets their mail.
 * @param options.smtpUtf8 false: without the extension for addresses of other letters (RFC 6531)
 */
export async function startMailServer(options: { smtpUtf8?: boolean } = {}): Promise<MailServer> {
  const received: ReceivedEmail[] = [];
  const read: ReceivedEmail[] = [];
  const heard: Buffer[] = [];
  const turnedAway = new Set<string>();
  const firstTime = (key: string): boolean => !turnedAway.has(key) && Boolean(turnedAway.add(key));
  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    hideSMTPUTF8: options.smtpUtf8 === false,
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('unknown')) done(refusal(550));
      else if (address.startsWith('always-busy')) done(refusal(451));
      else if (address.startsWith('busy') && firstTime(address)) done(refusal(451));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const from = session.envelope.mailFrom;
        const smtpUtf8 = from !== false && from.args !== false && 'SMTPUTF8' in from.args;
        const email = { to, raw, messageId: /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '', smtpUtf8 };
        read.push(email);
        if (to.startsWith('silent')) return;
        if (to.startsWith('lost')) {
          for (const { _socket } of connectionsOf(server)) _socket.destroy();
          return;
        }
        if (to.startsWith('spam')) {
          done(refusal(554));
          return;
        }
        if (to.startsWith('full') && firstTime(to)) {
          done(refusal(452));
          return;
        }
        received.push(email);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => socket.on('data', (chunk: Buffer) => heard.push(chunk)));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    read,
    heard: () => Buffer.concat(heard),
    receivedBy: (address) => received.filter(({ to }) => to === address),
    readBy: (address) => read.filter(({ to }) => to === address),
    stop: () =>
      new Promise((resolve) => {
        for (const { _socket } of connectionsOf(server)) _socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The library has no public way to hang up on a client. */
function connectionsOf(server: SMTPServer): { _socket: { destroy(): void } }[] {
  return [...(server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections];
}

/** The words of a plain-text e-mail and its subject, decoded. */
export function readEmail(raw: string): { subject: string; text: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ');
  const subject = /^Subject: (.*)$/im.exec(headers)?.[1] ?? '';
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(headers)?.[1] ?? '';
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? decodeQuotedPrintable(body)
        : body;
  return { subject: decodeWords(subject), text };
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_match, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuotedPrintable(word.replaceAll('_', ' ')),
    );
}
