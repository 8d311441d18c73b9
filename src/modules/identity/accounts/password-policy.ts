import { characterCount, toHalfWidth } from '#libs/kernel';
import { accountsErrors } from './accounts.errors.js';

const MIN_LENGTH = 10;
const MIN_DIFFERENT = 5;

/** A password as it is hashed: typed in full width, or composed differently by another keyboard, it is the same. */
export function passwordSpelling(password: string): string {
  return toHalfWidth(password).normalize('NFC');
}

/**
 * Length before character classes (a long phrase beats `P@ssw0rd1`); what is refused is what guessing starts
 * with: the login itself and a few characters repeated.
 *
 * @throws DomainError identity.password-too-weak, which does not carry the value
 */
export function mustBeStrongPassword(password: string, login: string): void {
  const plain = passwordSpelling(password).toLowerCase();
  const weak =
    characterCount(password) < MIN_LENGTH ||
    new Set(plain).size < MIN_DIFFERENT ||
    plain.includes(login.toLowerCase());
  if (weak) throw accountsErrors.passwordTooWeak();
}
