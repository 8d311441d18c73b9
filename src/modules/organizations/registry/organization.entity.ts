import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId, normalizeIdentifier, parseAreaCode, parseCreditCode } from '#libs/kernel';
import { organizationErrors } from '../organizations.errors.js';
import { COMMUNITY_GROUP, type MarketClass } from './market-class.js';
import {
  organizationStage,
  type OrganizationStage,
  organizationStatus,
  type OrganizationStatus,
} from './organization.state.js';

/** Kinds that a group of residents can grow into: what the civil-affairs department registers. */
const KINDS_OF_INCORPORATED_GROUPS = new Set(['social-group', 'private-non-enterprise', 'foundation']);

export interface Registration {
  readonly name: string;
  readonly creditCode: string;
  readonly areaCode: string;
  readonly purpose: string;
  readonly claimsSmallEnterprise: boolean;
}

/** An organization on the market, or a group of residents on its way there. */
@Entity({ schema: 'organizations', name: 'organization' })
export class Organization {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'credit_code', type: 'text', nullable: true })
  creditCode: string | null;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text', default: 'none' })
  subclass: string;

  @Column({ type: 'text' })
  stage: OrganizationStage;

  @Column({ type: 'text' })
  status: OrganizationStatus;

  @Column({ name: 'area_code', type: 'text', collation: 'C' })
  areaCode: string;

  @Column({ type: 'text' })
  purpose: string;

  @Column({ name: 'fiscal_host_id', type: 'uuid', nullable: true })
  fiscalHostId: string | null;

  @Column({ name: 'filing_number', type: 'text', nullable: true })
  filingNumber: string | null;

  @Column({ name: 'claims_small_enterprise', type: 'boolean', default: false })
  claimsSmallEnterprise: boolean;

  @Column({ name: 'registered_by', type: 'text' })
  registeredBy: string;

  @Column({ name: 'registered_at', type: 'timestamptz' })
  registeredAt: Date;

  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ name: 'decision_reason', type: 'text', nullable: true })
  decisionReason: string | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  /**
   * A body with a credit code, waiting for the decision. Its kind is what the code says, never what is claimed.
   *
   * @throws DomainError kernel.credit-code-*, organizations.small-enterprise-not-entitled
   */
  static register(
    values: Registration,
    marketClass: MarketClass,
    now: Date,
    registeredBy: string,
  ): Organization {
    const organization = Organization.blank(values, now, registeredBy);
    organization.creditCode = parseCreditCode(normalizeIdentifier(values.creditCode)).code;
    organization.kind = marketClass.kind;
    organization.subclass = marketClass.subclass;
    organization.stage = 'registered';
    organization.claimSmallEnterprise(values.claimsSmallEnterprise, marketClass);
    return organization;
  }

  /** A spontaneous group of residents; it becomes visible when the street files it. */
  static gather(
    values: { name: string; areaCode: string; purpose: string },
    now: Date,
    registeredBy: string,
  ): Organization {
    const group = Organization.blank(values, now, registeredBy);
    group.kind = COMMUNITY_GROUP;
    group.stage = organizationStage.initial;
    return group;
  }

  private static blank(
    values: { name: string; areaCode: string; purpose: string },
    now: Date,
    registeredBy: string,
  ): Organization {
    const organization = new Organization();
    organization.id = newId();
    organization.name = values.name.normalize('NFC').trim();
    organization.creditCode = null;
    organization.subclass = 'none';
    organization.status = organizationStatus.initial;
    organization.areaCode = values.areaCode;
    organization.purpose = values.purpose.trim();
    organization.fiscalHostId = null;
    organization.filingNumber = null;
    organization.claimsSmallEnterprise = false;
    organization.registeredBy = registeredBy;
    organization.registeredAt = now;
    organization.decidedBy = null;
    organization.decidedAt = null;
    organization.decisionReason = null;
    organization.version = 1;
    return organization;
  }

  /** @throws DomainError state.wrong-state, organizations.decided-by-registrant */
  approve(by: string, now: Date): void {
    this.decide('approve', by, now, null);
  }

  /** @throws DomainError state.wrong-state, organizations.decided-by-registrant */
  reject(by: string, now: Date, reason: string): void {
    this.decide('reject', by, now, reason);
  }

  suspend(by: string, now: Date, reason: string): void {
    this.decide('suspend', by, now, reason);
  }

  reinstate(by: string, now: Date): void {
    this.decide('reinstate', by, now, null);
  }

  /** After a rejection the people correct what was wrong and ask again. */
  resubmit(values: { name: string; purpose: string }): void {
    this.status = organizationStatus.next(this.status, 'resubmit');
    this.describe(values);
    this.decisionReason = null;
  }

  describe(values: { name?: string | undefined; purpose?: string | undefined }): void {
    if (values.name !== undefined) this.name = values.name.normalize('NFC').trim();
    if (values.purpose !== undefined) this.purpose = values.purpose.trim();
    this.version += 1;
  }

  /**
   * The street takes a group onto its list and names the registered body that handles its money: a group is no
   * legal person and cannot be paid.
   *
   * @throws DomainError organizations.already-filed, organizations.not-filed-in-street,
   *   organizations.host-not-suitable
   */
  file(filing: {
    host: Organization;
    hostMaySupply: boolean;
    filingNumber: string;
    by: string;
    now: Date;
  }): void {
    if (!organizationStage.allows(this.stage, 'file')) throw organizationErrors.alreadyFiled();
    const { level } = parseAreaCode(this.areaCode);
    if (level !== 'street' && level !== 'community') throw organizationErrors.notFiledInStreet();
    const { host } = filing;
    if (!filing.hostMaySupply || host.stage !== 'registered' || host.status !== 'approved') {
      throw organizationErrors.hostNotSuitable();
    }
    this.decide('approve', filing.by, filing.now, null);
    this.stage = organizationStage.next(this.stage, 'file');
    this.fiscalHostId = host.id;
    this.filingNumber = filing.filingNumber.trim();
  }

  /**
   * A filed group received its registration: from now on it is a body of its own and needs no host.
   *
   * @throws DomainError organizations.not-filed, organizations.registration-code-wrong-kind, kernel.credit-code-*
   */
  incorporate(creditCode: string): void {
    if (!organizationStage.allows(this.stage, 'incorporate')) throw organizationErrors.notFiled();
    const { code, kind } = parseCreditCode(normalizeIdentifier(creditCode));
    if (!KINDS_OF_INCORPORATED_GROUPS.has(kind)) throw organizationErrors.registrationCodeWrongKind();
    this.stage = organizationStage.next(this.stage, 'incorporate');
    this.creditCode = code;
    this.kind = kind;
    this.subclass = 'none';
    this.fiscalHostId = null;
    this.version += 1;
  }

  private decide(
    action: 'approve' | 'reject' | 'suspend' | 'reinstate',
    by: string,
    now: Date,
    reason: string | null,
  ): void {
    const status = organizationStatus.next(this.status, action);
    if (by === this.registeredBy && this.kind !== 'state-organ')
      throw organizationErrors.decidedByRegistrant();
    this.status = status;
    this.decidedBy = by;
    this.decidedAt = now;
    this.decisionReason = reason;
    this.version += 1;
  }

  /** @throws DomainError organizations.small-enterprise-not-entitled (财库〔2020〕46号: 51, 52 and 53 are not enterprises) */
  private claimSmallEnterprise(claims: boolean, marketClass: MarketClass): void {
    if (claims && !marketClass.smallEnterprise) throw organizationErrors.smallEnterpriseNotEntitled();
    this.claimsSmallEnterprise = claims;
  }
}
