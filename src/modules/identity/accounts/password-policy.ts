import { accountsErrors } from './accounts.errors.js';

const MIN_LENGTH = 10;
const MIN_DIFFERENT = 5;

/**
 * Length before character classes (a long phrase beats `P@ssw0rd1`); what is refused is what guessing starts
 * with: the login itself and a few characters repeated.
 *
 * @throws DomainError identity.password-too-weak, which does not carry the value
 */
export function mustBeStrongPassword(password: string, login: string): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const weak =
    password.length < MIN_LENGTH ||
    new Set(plain).size < MIN_DIFFERENT ||
    plain.includes(login.toLowerCase());
  if (weak) throw accountsErrors.passwordTooWeak();
}
