import { Column, Entity, PrimaryColumn } from 'typeorm';
import { newId, normalizeIdentifier, parseAreaCode, parseCreditCode } from '#libs/kernel';
import { COMMUNITY_GROUP, type MarketClass } from './market-class.js';
import {
  organizationStage,
  type OrganizationStage,
  organizationStatus,
  type OrganizationStatus,
} from './organization.state.js';
import { registryErrors } from './registry.errors.js';

/** It buys, and is entered by the official who may decide on it. */
const STATE_ORGAN = 'state-organ';

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
  readonly stage: OrganizationStage;

  @Column({ type: 'text' })
  readonly status: OrganizationStatus;

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
  readonly version: number;

  /**
   * A body with a credit code, waiting for the decision; a state organ is in at once, by the official who enters it.
   * Its kind is what the code says, never what is claimed.
   *
   * @throws DomainError kernel.credit-code-*, organizations.small-enterprise-not-entitled
   */
  static registered(values: Registration, marketClass: MarketClass, at: Date, by: string): Organization {
    const { kind, subclass, smallEnterprise } = marketClass;
    // 财库〔2020〕46号: bodies whose codes begin with 51, 52 and 53 are not enterprises.
    if (values.claimsSmallEnterprise && !smallEnterprise) throw registryErrors.smallEnterpriseNotEntitled();
    const isOrgan = kind === STATE_ORGAN;
    return Object.assign(Organization.blank(values, at, by), {
      creditCode: parseCreditCode(normalizeIdentifier(values.creditCode)).code,
      ...{ kind, subclass, stage: 'registered', claimsSmallEnterprise: values.claimsSmallEnterprise },
      ...(isOrgan ? { status: 'approved', decidedBy: by, decidedAt: at } : {}),
    });
  }

  /** A spontaneous group of residents; it becomes visible when the street files it. */
  static gathered(
    values: { name: string; areaCode: string; purpose: string },
    at: Date,
    by: string,
  ): Organization {
    const kind = COMMUNITY_GROUP;
    return Object.assign(Organization.blank(values, at, by), { kind, stage: organizationStage.initial });
  }

  private static blank(
    values: { name: string; areaCode: string; purpose: string },
    at: Date,
    by: string,
  ): Organization {
    return Object.assign(new Organization(), {
      id: newId(),
      name: nameOf(values.name),
      creditCode: null,
      subclass: 'none',
      status: organizationStatus.initial,
      areaCode: values.areaCode,
      purpose: values.purpose.trim(),
      fiscalHostId: null,
      filingNumber: null,
      claimsSmallEnterprise: false,
      registeredBy: by,
      registeredAt: at,
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      version: 1,
    });
  }

  /**
   * Keeps who decided, when and why, whatever was decided.
   * @throws DomainError organizations.decided-by-registrant
   */
  decide(by: string, at: Date, reason: string | null = null): void {
    if (by === this.registeredBy && this.kind !== STATE_ORGAN) throw registryErrors.decidedByRegistrant();
    this.decidedBy = by;
    this.decidedAt = at;
    this.decisionReason = reason;
  }

  /** After a rejection the people correct what was wrong and ask again. */
  correct(values: { name: string; purpose: string }): void {
    this.name = nameOf(values.name);
    this.describe(values.purpose);
    this.decisionReason = null;
  }

  describe(purpose: string): void {
    this.purpose = purpose.trim();
  }

  /** A group is not let in by a decision, it is filed. @throws DomainError organizations.not-filed */
  mustBeMoreThanGathered(): void {
    if (this.stage === 'spontaneous') throw registryErrors.notFiled();
  }

  /** @throws DomainError organizations.already-filed */
  mustBeUnfiled(): void {
    if (!organizationStage.allows(this.stage, 'file')) throw registryErrors.alreadyFiled();
  }

  /** @throws DomainError organizations.not-filed */
  mustBeFiled(): void {
    if (!organizationStage.allows(this.stage, 'incorporate')) throw registryErrors.notFiled();
  }

  /**
   * The street takes a group onto its list and names the registered body that handles its money: a group is no
   * legal person and cannot be paid.
   *
   * @throws DomainError organizations.not-filed-in-street, organizations.host-not-suitable,
   *   organizations.decided-by-registrant
   */
  file(filing: {
    host: Organization;
    hostMaySupply: boolean;
    filingNumber: string;
    by: string;
    at: Date;
  }): void {
    const { level } = parseAreaCode(this.areaCode);
    if (level !== 'street' && level !== 'community') throw registryErrors.notFiledInStreet();
    const { host } = filing;
    if (!filing.hostMaySupply || host.stage !== 'registered' || host.status !== 'approved') {
      throw registryErrors.hostNotSuitable();
    }
    this.decide(filing.by, filing.at);
    this.fiscalHostId = host.id;
    this.filingNumber = filing.filingNumber.trim();
  }

  /**
   * A filed group received its registration: from now on it is a body of its own and needs no host.
   *
   * @throws DomainError organizations.registration-code-wrong-kind, kernel.credit-code-*
   */
  incorporate(creditCode: string): void {
    const { code, kind } = parseCreditCode(normalizeIdentifier(creditCode));
    if (!KINDS_OF_INCORPORATED_GROUPS.has(kind)) throw registryErrors.registrationCodeWrongKind();
    this.creditCode = code;
    this.kind = kind;
    this.subclass = 'none';
    this.fiscalHostId = null;
  }
}

function nameOf(name: string): string {
  return name.normalize('NFC').trim();
}
