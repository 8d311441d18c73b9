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
import { rolesErrors } from './roles.errors.js';

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

  @Column({ type: 'int', default: 1 })
  readonly version: number;

  /**
   * @throws DomainError identity.grant-to-oneself, identity.place-missing, identity.validity-wrong,
   *   identity.validity-over
   */
  static granted(grant: Grant, at: Date, by: string): MembershipRecord {
    const { accountId, role, areaCode = null, organizationId = null, validTo = null, reason = null } = grant;
    if (accountId === by) throw rolesErrors.grantToOneself();
    if (isAreaRole(role) !== (areaCode !== null)) throw rolesErrors.placeMissing();
    if (isOrganizationRole(role) !== (organizationId !== null)) throw rolesErrors.placeMissing();
    const validFrom = grant.validFrom ?? chinaDate(at);
    if (validTo !== null && validTo <= validFrom) throw rolesErrors.validityWrong();
    if (validTo !== null && validTo <= chinaDate(at)) throw rolesErrors.validityOver();
    return Object.assign(new MembershipRecord(), {
      ...{ id: newId(), accountId, role, areaCode, organizationId, validFrom, validTo, reason },
      ...{ grantedBy: by, grantedAt: at, revokedBy: null, revokedAt: null, revokeReason: null },
      version: 1,
    });
  }

  revoke(at: Date, by: string, reason: string | undefined): void {
    this.revokedAt = at;
    this.revokedBy = by;
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
