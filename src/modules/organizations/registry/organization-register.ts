import { Injectable } from '@nestjs/common';
import {
  AuditTrail,
  type EventToAppend,
  mustMatchVersion,
  Outbox,
  platformErrors,
  UnitOfWork,
} from '#platform';
import type { MarketClass } from './market-class.js';
import { Organization } from './organization.entity.js';
import { organizationErrors } from '../organizations.errors.js';

/** Loads organizations for a change and writes the change down with its audit entry and events. */
@Injectable()
export class OrganizationRegister {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The class that the law knows for a kind. @throws DomainError organizations.class-unknown */
  async marketClass(kind: string, subclass: string | undefined): Promise<MarketClass> {
    const classes = await this.uow.sql<MarketClass>(
      `SELECT kind, subclass, may_supply AS "maySupply", may_buy AS "mayBuy", small_enterprise AS "smallEnterprise"
       FROM organizations.market_class WHERE kind = $1 ORDER BY subclass`,
      [kind],
    );
    const found = classes.find((row) => row.subclass === (subclass ?? 'none'));
    if (!found)
      throw organizationErrors.classUnknown({ allowed: classes.map((row) => row.subclass).join(', ') });
    return found;
  }

  /** Locks the row. @throws DomainError platform.not-found */
  async forUpdate(id: string): Promise<Organization> {
    this.uow.mustBeActive('organizations.forUpdate');
    const organization = await this.uow.manager.findOne(Organization, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!organization) throw platformErrors.notFound();
    return organization;
  }

  /**
   * One decision about or change of an organization, in one transaction: load and lock, check access, check the
   * version the caller saw, change, write, audit, events.
   */
  async change(
    id: string,
    step: {
      readonly action: string;
      readonly version: number | undefined;
      readonly allow: (organization: Organization) => void;
      readonly apply: (organization: Organization) => void | Promise<void>;
      readonly events: (organization: Organization) => EventToAppend<object>[];
    },
  ): Promise<Organization> {
    return this.uow.run(async () => {
      const organization = await this.forUpdate(id);
      step.allow(organization);
      if (step.version !== undefined) mustMatchVersion(organization.version, step.version);
      const before = summary(organization);
      await step.apply(organization);
      const { id: _id, ...columns } = organization;
      await this.uow.manager.update(Organization, { id }, columns);
      await this.audit.record({
        action: step.action,
        objectType: 'organization',
        objectId: id,
        before,
        after: summary(organization),
      });
      await this.outbox.appendAll(step.events(organization));
      return organization;
    });
  }

  /** Writes a new organization with its audit entry and events. */
  async add(organization: Organization, action: string, events: EventToAppend<object>[]): Promise<void> {
    await this.uow.manager.insert(Organization, organization);
    await this.audit.record({
      action,
      objectType: 'organization',
      objectId: organization.id,
      after: summary(organization),
    });
    await this.outbox.appendAll(events);
  }
}

function summary({ status, stage, kind, areaCode, fiscalHostId, version }: Organization): object {
  return { status, stage, kind, areaCode, fiscalHostId, version };
}
