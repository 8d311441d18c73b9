import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Actor, AppConfig, CLOCK, type Clock, db, isOneOf, query, sql, UnitOfWork } from '#platform';
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

/** A role as the row of a session carries it. */
interface Held {
  readonly role: string;
  readonly area: string | null;
  readonly organization: string | null;
}

const openSessions = query(
  (p: { hashes: readonly Buffer[]; now: Date; idleSince: Date; staleBefore: Date; today: string }) =>
    db
      .selectFrom('identity.session as s')
      .innerJoin('identity.account as a', 'a.id', 's.account_id')
      .select(['s.id', 's.account_id as accountId'])
      .select((eb) => [
        sql<string>`encode(${eb.ref('s.token_hash')}, 'hex')`.as('token'),
        sql<boolean>`${eb.ref('s.last_seen_at')} <= ${p.staleBefore}`.as('isStale'),
        eb
          .selectFrom('identity.membership as m')
          .select((m) =>
            sql<
              Held[] | null
            >`json_agg(json_build_object('role', ${m.ref('m.role')}, 'area', ${m.ref('m.area_code')},
              'organization', ${m.ref('m.organization_id')}))`.as('held'),
          )
          .whereRef('m.account_id', '=', 's.account_id')
          .where('m.revoked_at', 'is', null)
          .where('m.valid_from', '<=', p.today)
          .where((m) => m.or([m('m.valid_to', 'is', null), m('m.valid_to', '>', p.today)]))
          .as('held'),
      ])
      .where('a.status', '=', 'active')
      .where((eb) => sql<boolean>`${eb.ref('s.token_hash')} = ANY (${p.hashes}::bytea[])`)
      .where('s.revoked_at', 'is', null)
      .where('s.expires_at', '>', p.now)
      .where('s.last_seen_at', '>', p.idleSince),
);

/** Locked in the order of their ids: two processes mark the same sessions. */
const markSeen = query((p: { ids: readonly string[]; now: Date; staleBefore: Date }) =>
  db
    .updateTable('identity.session')
    .set({ last_seen_at: p.now })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('identity.session as s')
        .select('s.id')
        .where((s) => isOneOf(s.ref('s.id'), p.ids, 'uuid'))
        .where('s.last_seen_at', '<=', p.staleBefore)
        .orderBy('s.id')
        .forUpdate(),
    ),
);

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
            actor: Actor.person(row.accountId, (row.held ?? []).flatMap(toMembership)),
          },
        );
      }
      this.touch(rows.filter(({ isStale }) => isStale).map(({ id }) => id));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  private load(hashes: readonly Buffer[]) {
    const now = this.clock.now();
    // Out of any transaction: the first asker's context must not decide for all of them.
    return this.uow.apart(() =>
      this.uow.all(openSessions, {
        hashes,
        now,
        idleSince: new Date(now.getTime() - this.config.sessionIdleHours * HOUR_MS),
        staleBefore: new Date(now.getTime() - MINUTE_MS),
        today: chinaDate(now),
      }),
    );
  }

  /** Marks sessions as used, each at most once a minute; nobody waits for it. */
  private touch(sessionIds: readonly string[]): void {
    const ids = sessionIds.filter((id) => !this.beingTouched.has(id)).sort();
    if (ids.length === 0) return;
    const now = this.clock.now();
    const done = this.uow
      .apart(() => this.uow.all(markSeen, { ids, now, staleBefore: new Date(now.getTime() - MINUTE_MS) }))
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
function toMembership(held: Held): Membership[] {
  if (isAreaRole(held.role) && held.area !== null) return [{ role: held.role, areaCode: held.area }];
  if (isOrganizationRole(held.role) && held.organization !== null) {
    return [{ role: held.role, organizationId: held.organization }];
  }
  return [];
}
