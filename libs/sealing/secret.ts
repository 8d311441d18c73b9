import type { Bytes } from './bytes.js';
import { SealingError } from './errors.js';

const REDACTED = '[redacted]';

/**
 * Reads the bytes of a secret. Not exported from the library's front door: outside, a secret can only be used
 * through the functions that need it, or taken out by the loudly named `exportSecret` of its class.
 */
export let reveal: (secret: SecretBytes) => Bytes;

/**
 * Key material that does not show itself: not in `JSON.stringify`, template strings, `util.inspect`, a
 * debugger's object preview or `structuredClone`, because the bytes live in a private field.
 *
 * `destroy` overwrites this copy. JavaScript cannot promise that no other copy was left in memory by the
 * engine; it shortens the time a secret is there and makes later use an error instead of a surprise.
 */
export class SecretBytes {
  #bytes: Bytes | undefined;

  static {
    reveal = (secret) => {
      if (secret.#bytes === undefined) throw new SealingError('key-destroyed');
      return secret.#bytes;
    };
  }

  /** Takes a copy; the caller may wipe its own. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes);
  }

  get destroyed(): boolean {
    return this.#bytes === undefined;
  }

  destroy(): void {
    this.#bytes?.fill(0);
    this.#bytes = undefined;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  /** Node prints through this; named by the registry symbol, so the core needs no Node module. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
