import { maskMobile } from '#libs/kernel';

/** What other people see of personal data: enough to tell two persons apart, not enough to reach them. */

/** `zhao.lan` → `zh****`; the length is hidden too. */
export function maskLogin(login: string): string {
  const shown = Array.from(login).slice(0, login.length > 3 ? 2 : 1);
  return `${shown.join('')}****`;
}

/** `someone@example.org` → `s****@example.org`; anything else is hidden altogether. */
export function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  return at > 0 ? `${Array.from(email)[0] ?? ''}****${email.slice(at)}` : '****';
}

export function maskPhone(phone: string | null): string | null {
  return phone === null ? null : maskMobile(phone);
}
