import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { platformErrors } from '#platform';
import { passwordSpelling } from './password-policy.js';

/** OWASP's argon2id floor; 58 ms and 19 MiB each where it was measured. argon2id is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Of libuv's four threads two stay free for files and name lookups. */
const AT_ONCE = 2;
/** More than this waiting is about ten seconds of work: better told to come back than left hanging. */
const MAX_WAITING = 300;
/** The hash of random bytes nobody kept: unknown logins cost as much as known ones. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$DaybX/1v9tapg9mxYdvSJQ$FuwrPMzktc+bXJSQdHTbjxXTitoBbqeeeDDcBZJfPUo';

/** Password hashing with a limit on how much of it runs at the same time. */
@Injectable()
export class PasswordHashing {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws DomainError platform.too-many-requests when the queue is full */
  hash(password: string): Promise<string> {
    return this.limited(() => hash(passwordSpelling(password), COST));
  }

  /**
   * Takes the same time whether or not there is a hash to compare with.
   * @throws DomainError platform.too-many-requests when the queue is full
   */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const right = await this.limited(() => verify(stored ?? NOBODYS_HASH, passwordSpelling(password)));
    return right && stored !== undefined;
  }

  private async limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= MAX_WAITING) throw platformErrors.tooManyRequests({ retryAfterSeconds: 10 });
      // The one that ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
