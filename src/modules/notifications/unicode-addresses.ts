import { domainToASCII } from 'node:url';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/**
 * An address as it goes on the wire to every server: a domain of other letters as punycode (RFC 5891). The part
 * before the @ has no such form.
 * @returns undefined when the domain cannot be written so
 */
export function wireAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  return at < 1 || domain === '' ? undefined : `${address.slice(0, at)}@${domain}`;
}

/** Whether only servers with SMTPUTF8 (RFC 6531) may be given the address. */
export function needsSmtpUtf8(address: string): boolean {
  return /\P{ASCII}/u.test(address);
}

/**
 * Asks a server whether it has SMTPUTF8, over a connection of its own: the pool does not tell, and would hand the
 * address over as it is.
 * @throws what the connection failed with
 */
export function offersSmtpUtf8(url: string, timeouts: SMTPConnection.Options): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const connection = new SMTPConnection({ ...parseConnectionUrl(url), ...timeouts });
    connection.once('error', reject);
    connection.once('end', () => {
      reject(Object.assign(new Error('The mail server hung up'), { code: 'ECONNECTION' }));
    });
    connection.connect((error) => {
      // What it answered last is the list of its extensions, after STARTTLS the one of the encrypted connection.
      const extensions = String(connection.lastServerResponse);
      connection.quit();
      if (error) reject(error);
      else resolve(/^250[ -]SMTPUTF8\b/imu.test(extensions));
    });
  });
}
