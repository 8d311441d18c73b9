import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Actor, AppConfig, CLOCK, type Clock, UnitOfWork } from '#platform';
import { chinaDate, type Membership } from '#libs/kernel';
import { isAreaRole, isOrganizationRole } from '../roles/membership.entity.js';
import { isSessionToken, sessionTokenHash } from './session-token.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MAX_PER_STATEMENT = 500;

export interface FoundSession {
  readonly sessionId: string;
  readonly actor: Actor;
}

interface Waiting {
  readonly hash: Buffer;
  readonly resolve: (session: FoundSession | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface SessionRow {
  readonly id: string;
  readonly token: string;
  readonly account_id: string;
  readonly stale: boolean;
  readonly memberships: readonly { role: string; area: string | null; organization: string | null }[];
}

/**
 * Finds sessions with their holders' memberships. All lookups of one turn of the event loop share one
 * statement, so that a busy process asks Postgres hundreds of times a second instead of thousands.
 *
 * Nothing is kept between turns: a session that was ended and a role that was revoked are gone with the next
 * request.
 */
@Injectable()
export class SessionLookup implements OnApplicationShutdown {
  private waiting: Waiting[] = [];
  private readonly beingTouched = new Map<string, Promise<void>>();
  private readonly log = new Logger('sessions');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns undefined for a token that is malformed, unknown, revoked, expired or unused for too long */
  find(token: string): Promise<FoundSession | undefined> {
    if (!isSessionToken(token)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.waiting.push({ hash: sessionTokenHash(token), resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => void this.answerAll());
    });
  }

  /** Lets the last marks "seen" reach the database before its connections close. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.beingTouched.values());
  }

  private async answerAll(): Promise<void> {
    const asked = this.waiting;
    this.waiting = [];
    for (let start = 0; start < asked.length; start += MAX_PER_STATEMENT) {
      await this.answer(asked.slice(start, start + MAX_PER_STATEMENT));
    }
  }

  private async answer(asked: readonly Waiting[]): Promise<void> {
    try {
      const rows = await this.load(asked.map(({ hash }) => hash));
      const byToken = new Map(rows.map((row) => [row.token, row]));
      for (const { hash, resolve } of asked) {
        const row = byToken.get(hash.toString('hex'));
        resolve(
          row && {
            sessionId: row.id,
            actor: Actor.person(row.account_id, row.memberships.flatMap(toMembership)),
          },
        );
      }
      this.touch(rows.filter(({ stale }) => stale).map(({ id }) => id));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  private load(hashes: readonly Buffer[]): Promise<SessionRow[]> {
    const now = this.clock.now();
    // Out of any transaction: the first asker's context must not decide for all of them.
    return this.uow.apart(() =>
      this.uow.sql<SessionRow>(
        `SELECT s.id, encode(s.token_hash, 'hex') AS token, s.account_id, s.last_seen_at <= $4 AS stale,
                coalesce(held.memberships, '[]') AS memberships
         FROM identity.session s
         JOIN identity.account a ON a.id = s.account_id AND a.status = 'active'
         LEFT JOIN LATERAL (
           SELECT json_agg(json_build_object('role', m.role, 'area', m.area_code, 'organization', m.organization_id)) AS memberships
           FROM identity.membership m
           WHERE m.account_id = s.account_id AND m.revoked_at IS NULL
             AND m.valid_from <= $5 AND (m.valid_to IS NULL OR $5 < m.valid_to)
         ) held ON true
         WHERE s.token_hash = ANY ($1) AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3`,
        [
          hashes,
          now,
          new Date(now.getTime() - this.config.sessionIdleHours * HOUR_MS),
          new Date(now.getTime() - MINUTE_MS),
          chinaDate(now),
        ],
      ),
    );
  }

  /** Marks sessions as used, each at most once a minute; nobody waits for it. */
  private touch(sessionIds: readonly string[]): void {
    const ids = sessionIds.filter((id) => !this.beingTouched.has(id)).sort();
    if (ids.length === 0) return;
    const now = this.clock.now();
    const done = this.uow
      .apart(() =>
        this.uow.sql(
          `UPDATE identity.session SET last_seen_at = $2
           WHERE id IN (SELECT id FROM identity.session WHERE id = ANY ($1) AND last_seen_at <= $3 ORDER BY id FOR UPDATE)`,
          [ids, now, new Date(now.getTime() - MINUTE_MS)],
        ),
      )
      .catch((error: unknown) => {
        this.log.warn({
          event: 'session mark not written',
          name: error instanceof Error ? error.name : 'unknown',
        });
      })
      .then(() => {
        for (const id of ids) this.beingTouched.delete(id);
      });
    for (const id of ids) this.beingTouched.set(id, done);
  }
}

/** A role that the code no longer knows carries nothing. */
function toMembership(held: SessionRow['memberships'][number]): Membership[] {
  if (isAreaRole(held.role) && held.area !== null) return [{ role: held.role, areaCode: held.area }];
  if (isOrganizationRole(held.role) && held.organization !== null) {
    return [{ role: held.role, organizationId: held.organization }];
  }
  return [];
}
