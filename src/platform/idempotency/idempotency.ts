import { createHash } from 'node:crypto';
import { Injectable, SetMetadata } from '@nestjs/common';
import { canonicalize } from 'json-canonicalize';
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

/** Keys and their answers, kept in the effect's own transaction. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Claims a key inside the running transaction. A second request with the same key waits here until the
   * first has committed or rolled back.
   * @returns the stored answer when the key was used for the same request, undefined when the key is now ours
   * @throws DomainError platform.idempotency-key-reused when it was used for another request
   */
  async claim(scope: string, key: string, hash: Buffer): Promise<StoredAnswer | undefined> {
    this.uow.mustBeActive('idempotency.claim');
    const inserted = await this.uow.one(
      `INSERT INTO platform.idempotency_key (scope, key, request_hash) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT idempotency_key_pk DO NOTHING RETURNING key`,
      [scope, key, hash],
    );
    if (inserted) return undefined;
    const stored = await this.uow.one<{ request_hash: Buffer; status: number; response: unknown }>(
      'SELECT request_hash, status, response FROM platform.idempotency_key WHERE scope = $1 AND key = $2',
      [scope, key],
    );
    if (!stored?.request_hash.equals(hash)) throw platformErrors.idempotencyKeyReused();
    return { status: stored.status, body: stored.response };
  }

  async keep(scope: string, key: string, answer: StoredAnswer): Promise<void> {
    await this.uow.sql(
      'UPDATE platform.idempotency_key SET status = $3, response = $4 WHERE scope = $1 AND key = $2',
      [scope, key, answer.status, JSON.stringify(answer.body ?? null)],
    );
  }
}
