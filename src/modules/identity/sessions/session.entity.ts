import { Column, Entity, PrimaryColumn } from 'typeorm';
import { cutText, newId, visibleText } from '#libs/kernel';

const USER_AGENT_LENGTH = 200;
const HOUR_MS = 3_600_000;

/** A sign-in that opens the door until it ends; the token itself is never kept. */
@Entity({ schema: 'identity', name: 'session' })
export class Session {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'token_hash', type: 'bytea' })
  tokenHash: Buffer;

  @Column({ name: 'user_agent', type: 'text', nullable: true })
  userAgent: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  lastSeenAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'int', default: 1 })
  readonly version: number;

  static opened(accountId: string, tokenHash: Buffer, userAgent: string | undefined): Session {
    return Object.assign(new Session(), {
      ...{ id: newId(), accountId, tokenHash, revokedAt: null, version: 1 },
      userAgent: userAgent === undefined ? null : cutText(visibleText(userAgent), USER_AGENT_LENGTH),
    });
  }

  begin(at: Date, absoluteHours: number): void {
    this.createdAt = at;
    this.lastSeenAt = at;
    this.expiresAt = new Date(at.getTime() + absoluteHours * HOUR_MS);
  }

  end(at: Date): void {
    this.revokedAt = at;
  }
}
