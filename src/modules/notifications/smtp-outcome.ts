/**
 * What an attempt came to.
 * - `sent`: the server took responsibility.
 * - `refused`: it never will (5xx): sending the same again is useless.
 * - `deferred`: certainly not delivered, and another attempt may succeed.
 * - `uncertain`: the text was on its way and no clear answer came. It may have arrived.
 */
export type SmtpOutcome =
  { readonly kind: 'sent' } | { readonly kind: 'refused' | 'deferred' | 'uncertain'; readonly code: string };

interface SmtpError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/**
 * Judges a failed dialogue.
 * @param textBegan whether the server had asked for the text (354) and we had begun to hand it over
 * @returns the code is made of nodemailer's error code and the reply number, e.g. `eenvelope-550`: no sentence
 *   of the server, which would repeat the address
 */
export function judge(error: unknown, textBegan: boolean): SmtpOutcome {
  const { code, responseCode, command } = (error ?? {}) as SmtpError;
  const reply = typeof responseCode === 'number' ? responseCode : undefined;
  const name = typeof code === 'string' ? code.toLowerCase().replace(/[^a-z0-9]+/g, '-') : 'unknown';
  const label = (reply === undefined ? name : `${name}-${reply}`).slice(0, 60);
  // Only the answer to the text itself settles what became of it.
  const answered = reply !== undefined && code === 'EMESSAGE' && command === 'DATA';
  if (textBegan && !answered) return { kind: 'uncertain', code: label };
  // Our own login being wrong says nothing about the message; 503 is a muddled session, not a refusal.
  const aboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutMessage && reply !== undefined && reply >= 500 && reply < 600 && reply !== 503) {
    return { kind: 'refused', code: label };
  }
  // An address that cannot be written into a command has no reply number and will never have one.
  if (aboutMessage && command === 'API') return { kind: 'refused', code: label };
  return { kind: 'deferred', code: label };
}
