import { createHash } from 'node:crypto';
import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import { canonicalize } from 'json-canonicalize';
import { type Clock } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { platformErrors } from '../platform.errors.js';

export const IDEMPOTENT_KEY = 'linqiao:idempotent';

/**
 * The route needs an Idempotency-Key. `'here'`: the interceptor keeps key and answer in one transaction
 * with the effect. `'in-use-case'`: the use case does so itself (batched sign-ups).
 */
export const Idempotent = (where: 'here' | 'in-use-case' = 'here') => SetMetadata(IDEMPOTENT_KEY, where);

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Hash over what was asked: method, address and body in canonical JSON. */
export function requestHash(method: string, url: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${method} ${url}\n`)
    .update(canonicalize(body ?? null))
    .digest();
}

/** One request that wants its key. */
export interface KeyClaim {
  readonly scope: string;
  readonly key: string;
  readonly hash: Buffer;
}

/**
 * The verdict on a claim: the key is ours and new, or the answer given then, or it belongs to another request.
 */
export type ClaimVerdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'replay'; readonly answer: StoredAnswer }
  | { readonly kind: 'reused' };

interface StoredRow {
  scope: string;
  key: string;
  request_hash: Buffer;
  status: number;
  response: unknown;
}

/** Keys and their answers, kept in the effect's own transaction. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Claims a key inside the running transaction. A second request with the same key waits here until the
   * first has committed or rolled back.
   * @returns the stored answer when the key was used for the same request, undefined when the key is now ours
   * @throws DomainError platform.idempotency-key-reused when it was used for another request
   */
  async claim(scope: string, key: string, hash: Buffer): Promise<StoredAnswer | undefined> {
    const [verdict] = await this.claimAll([{ scope, key, hash }]);
    if (verdict?.kind === 'reused') throw platformErrors.idempotencyKeyReused();
    return verdict?.kind === 'replay' ? verdict.answer : undefined;
  }

  /** Claims many keys at once, each (scope, key) at most once in the list. @returns a verdict per claim */
  async claimAll(claims: readonly KeyClaim[]): Promise<ClaimVerdict[]> {
    this.uow.mustBeActive('idempotency.claim');
    const arrays = [claims.map(({ scope }) => scope), claims.map(({ key }) => key)];
    // Sorted, so that two batches with the same keys wait for each other in one direction only.
    const inserted = await this.uow.sql<{ scope: string; key: string }>(
      `INSERT INTO platform.idempotency_key (scope, key, request_hash, created_at)
       SELECT scope, key, request_hash, $4
       FROM unnest($1::text[], $2::text[], $3::bytea[]) AS k (scope, key, request_hash) ORDER BY scope, key
       ON CONFLICT ON CONSTRAINT idempotency_key_pk DO NOTHING RETURNING scope, key`,
      [...arrays, claims.map(({ hash }) => hash), this.clock.now()],
    );
    if (inserted.length === claims.length) return claims.map(() => ({ kind: 'new' }));
    const ours = new Set(inserted.map(({ scope, key }) => `${scope} ${key}`));
    const stored = await this.uow.sql<StoredRow>(
      `SELECT scope, key, request_hash, status, response FROM platform.idempotency_key
       WHERE (scope, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      arrays,
    );
    const known = new Map(stored.map((row) => [`${row.scope} ${row.key}`, row]));
    return claims.map(({ scope, key, hash }) => {
      const name = `${scope} ${key}`;
      if (ours.has(name)) return { kind: 'new' };
      const row = known.get(name);
      if (!row?.request_hash.equals(hash)) return { kind: 'reused' };
      return { kind: 'replay', answer: { status: row.status, body: row.response } };
    });
  }

  async keep(scope: string, key: string, answer: StoredAnswer): Promise<void> {
    await this.keepAll([{ scope, key, answer }]);
  }

  async keepAll(
    answers: readonly { readonly scope: string; readonly key: string; readonly answer: StoredAnswer }[],
  ): Promise<void> {
    if (answers.length === 0) return;
    await this.uow.sql(
      `UPDATE platform.idempotency_key k SET status = a.status, response = a.response
       FROM unnest($1::text[], $2::text[], $3::int[], $4::jsonb[]) AS a (scope, key, status, response)
       WHERE k.scope = a.scope AND k.key = a.key`,
      [
        answers.map(({ scope }) => scope),
        answers.map(({ key }) => key),
        answers.map(({ answer }) => answer.status),
        answers.map(({ answer }) => JSON.stringify(answer.body ?? null)),
      ],
    );
  }

  /** Gives back keys of requests that were refused, so that they may be tried again. */
  async forgetAll(keys: readonly { readonly scope: string; readonly key: string }[]): Promise<void> {
    if (keys.length === 0) return;
    await this.uow.sql(
      `DELETE FROM platform.idempotency_key
       WHERE (scope, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [keys.map(({ scope }) => scope), keys.map(({ key }) => key)],
    );
  }
}
