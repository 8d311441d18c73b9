import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  AREA_ROLES,
  type AreaRole,
  type ChinaDate,
  chinaDate,
  newId,
  ORGANIZATION_ROLES,
  type OrganizationRole,
} from '#libs/kernel';
import { identityErrors } from '../identity.errors.js';

export interface Grant {
  readonly accountId: string;
  readonly role: AreaRole | OrganizationRole;
  readonly areaCode?: string | undefined;
  readonly organizationId?: string | undefined;
  /** First day, China time; today when absent. */
  readonly validFrom?: ChinaDate | undefined;
  /** First day on which the role is no longer held; until further notice when absent. */
  readonly validTo?: ChinaDate | undefined;
  readonly reason?: string | undefined;
}

export function isAreaRole(role: string): role is AreaRole {
  return Object.hasOwn(AREA_ROLES, role);
}

export function isOrganizationRole(role: string): role is OrganizationRole {
  return Object.hasOwn(ORGANIZATION_ROLES, role);
}

/** A role held by an account in one place for some time: who gave it, why, and who took it back. */
@Entity({ schema: 'identity', name: 'membership' })
export class MembershipRecord {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ type: 'text' })
  role: AreaRole | OrganizationRole;

  @Column({ name: 'area_code', type: 'text', collation: 'C', nullable: true })
  areaCode: string | null;

  @Column({ name: 'organization_id', type: 'uuid', nullable: true })
  organizationId: string | null;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom: ChinaDate;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo: ChinaDate | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'granted_by', type: 'text' })
  grantedBy: string;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt: Date;

  @Column({ name: 'revoked_by', type: 'text', nullable: true })
  revokedBy: string | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Column({ name: 'revoke_reason', type: 'text', nullable: true })
  revokeReason: string | null;

  /**
   * @throws DomainError identity.grant-to-oneself, identity.place-missing, identity.validity-wrong,
   *   identity.validity-over
   */
  static grant(grant: Grant, now: Date, grantedBy: string): MembershipRecord {
    if (grant.accountId === grantedBy) throw identityErrors.grantToOneself();
    if (isAreaRole(grant.role) !== (grant.areaCode !== undefined)) throw identityErrors.placeMissing();
    if (isOrganizationRole(grant.role) !== (grant.organizationId !== undefined))
      throw identityErrors.placeMissing();
    const record = new MembershipRecord();
    record.id = newId();
    record.accountId = grant.accountId;
    record.role = grant.role;
    record.areaCode = grant.areaCode ?? null;
    record.organizationId = grant.organizationId ?? null;
    record.validFrom = grant.validFrom ?? chinaDate(now);
    record.validTo = grant.validTo ?? null;
    if (record.validTo !== null && record.validTo <= record.validFrom) throw identityErrors.validityWrong();
    if (record.validTo !== null && record.validTo <= chinaDate(now)) throw identityErrors.validityOver();
    record.reason = grant.reason ?? null;
    record.grantedBy = grantedBy;
    record.grantedAt = now;
    return record;
  }

  revoke(now: Date, revokedBy: string, reason: string | undefined): void {
    this.revokedAt = now;
    this.revokedBy = revokedBy;
    this.revokeReason = reason ?? null;
  }

  /** Where it is held, as events carry it. */
  get place(): { areaCode?: string; organizationId?: string } {
    return {
      ...(this.areaCode === null ? {} : { areaCode: this.areaCode }),
      ...(this.organizationId === null ? {} : { organizationId: this.organizationId }),
    };
  }
}
