import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { CLOCK, type Clock, db, platformErrors, query, UnitOfWork } from '#platform';
import { afterFailure, type LoginFailures, secondsToWait } from './login-lock.js';

const QUARTER_HOUR_S = 900;
const HOUR_S = 3600;
/** Tries for one login from one address. */
const PAIR_POINTS = 10;
/** Failures from one address, over all logins: an office or a community hall shares one. */
const ADDRESS_POINTS = 300;
/** Accounts registered from one address in an hour: a street's enrolment day happens behind one address. */
const REGISTRATION_POINTS = 300;

const failuresOf = (loginHash: Buffer) =>
  db
    .selectFrom('identity.login_failure')
    .select(['failures', 'last_failed_at as lastFailedAt', 'locked_until as lockedUntil'])
    .where('login_hash', '=', loginHash);

const failures = query((p: { loginHash: Buffer }) => failuresOf(p.loginHash));
const failuresLocked = query((p: { loginHash: Buffer }) => failuresOf(p.loginHash).forUpdate());

const forgetFailures = query((p: { loginHash: Buffer }) =>
  db.deleteFrom('identity.login_failure').where('login_hash', '=', p.loginHash),
);

/** Another process may have counted a failure meanwhile: the greater count and the longer wait stay. */
const keepFailures = query((p: LoginFailures & { loginHash: Buffer }) =>
  db
    .insertInto('identity.login_failure')
    .values({
      login_hash: p.loginHash,
      failures: p.failures,
      last_failed_at: p.lastFailedAt,
      locked_until: p.lockedUntil,
    })
    .onConflict((conflict) =>
      conflict
        .column('login_hash')
        .doUpdateSet((eb) => ({
          failures: eb.fn<number>('greatest', ['excluded.failures', 'identity.login_failure.failures']),
          last_failed_at: eb.ref('excluded.last_failed_at'),
          locked_until: eb.fn<Date | null>('greatest', [
            'excluded.locked_until',
            'identity.login_failure.locked_until',
          ]),
        }))
        .where((eb) => eb('identity.login_failure.last_failed_at', '<=', eb.ref('excluded.last_failed_at'))),
    ),
);

/**
 * Slows down guessing: by login and address together, by address alone, and by login alone with a wait that
 * doubles. Counted in Postgres, so that all API processes see the same. Nothing is kept in clear: an address
 * and a login that nobody has may both be personal data.
 */
@Injectable()
export class LoginThrottle {
  private readonly byPair: RateLimiterPostgres;
  private readonly byAddress: RateLimiterPostgres;
  private readonly registrations: RateLimiterPostgres;
  /** The last attempt under way per login; the next one waits for it. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    @InjectDataSource() source: DataSource,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const limiter = (keyPrefix: string, points: number, duration: number) =>
      new RateLimiterPostgres({
        storeClient: source,
        storeType: 'typeorm',
        schemaName: 'identity',
        tableName: 'rate_limit',
        tableCreated: true,
        // The daily purge job does it; a timer per process would outlive the connection pool.
        clearExpiredByTimeout: false,
        keyPrefix,
        points,
        duration,
      });
    this.byPair = limiter('login', PAIR_POINTS, QUARTER_HOUR_S);
    this.byAddress = limiter('address', ADDRESS_POINTS, QUARTER_HOUR_S);
    this.registrations = limiter('register', REGISTRATION_POINTS, HOUR_S);
  }

  /**
   * Runs one attempt to sign in. Attempts for the same login run one after another, so that a burst of
   * guesses meets the wait after the first few and a burst of right passwords meets none. (Another API
   * process has a queue of its own: each adds at most one guess per wait.)
   *
   * @param verify answers undefined when login and password do not match
   * @throws DomainError platform.too-many-requests
   */
  async attempt<T>(
    login: string,
    address: string,
    verify: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const before = this.underWay.get(login);
    const mine = (async () => {
      // Whatever came of the attempt before is that one's affair.
      await before?.catch(() => undefined);
      return this.attemptNow(login, address, verify);
    })();
    this.underWay.set(login, mine);
    try {
      return await mine;
    } finally {
      if (this.underWay.get(login) === mine) this.underWay.delete(login);
    }
  }

  /** @throws DomainError platform.too-many-requests */
  async countRegistration(address: string): Promise<void> {
    await consume(this.registrations, keyOf(address));
  }

  private async attemptNow<T>(
    login: string,
    address: string,
    verify: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const wait = secondsToWait(
      await this.uow.first(failures, { loginHash: hashOf(login) }),
      this.clock.now(),
    );
    if (wait > 0) throw platformErrors.tooManyRequests({ retryAfterSeconds: wait });
    const [pair, from] = [keyOf(login, address), keyOf(address)];
    await consume(this.byAddress, from);
    await consume(this.byPair, pair);
    const result = await verify();
    if (result === undefined) {
      await this.recordFailure(login);
    } else {
      await this.byPair.delete(pair);
      await this.byAddress.reward(from);
      await this.uow.all(forgetFailures, { loginHash: hashOf(login) });
    }
    return result;
  }

  private async recordFailure(login: string): Promise<void> {
    const loginHash = hashOf(login);
    await this.uow.run(async () => {
      const next = afterFailure(await this.uow.first(failuresLocked, { loginHash }), this.clock.now());
      await this.uow.all(keepFailures, { loginHash, ...next });
    });
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw platformErrors.tooManyRequests({
      retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
    });
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function keyOf(...parts: string[]): string {
  return hashOf(parts.join('\n')).toString('base64url');
}
