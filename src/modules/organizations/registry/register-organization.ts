import { Inject, Injectable } from '@nestjs/common';
import { normalizeIdentifier, parseCreditCode } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Access, CLOCK, type Clock, Register, UnitOfWork } from '#platform';
import { MarketClassReads } from './market-classes.read.js';
import { OrganizationAccess } from './organization.access.js';
import { Organization, type Registration } from './organization.entity.js';
import { organizationObject } from './organization.object.js';
import { registryErrors } from './registry.errors.js';
import { organizationApproved, organizationRegistered } from './registry.events.js';

/**
 * Registers a body that has a unified social credit code. Its kind follows from the code. A buyer is entered by
 * an official and is in at once; everybody else waits for the civil-affairs officer of the area.
 */
@Injectable()
export class RegisterOrganization {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly organizationAccess: OrganizationAccess,
    private readonly access: Access,
    private readonly classes: MarketClassReads,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param values.subclass where the kind alone does not decide, e.g. `category-2` of a public institution
   * @returns the organization's id
   * @throws DomainError kernel.credit-code-*, organizations.class-unknown, organizations.kind-not-on-market,
   *   organizations.organ-needs-official, organizations.small-enterprise-not-entitled, organizations.name-length,
   *   organizations.credit-code-taken, identity.area-unknown, identity.area-not-in-force
   */
  async execute(values: Registration & { subclass?: string | undefined }): Promise<string> {
    return this.uow.run(async () => {
      await this.identity.mustBeAreaInForce(values.areaCode);
      const { kind } = parseCreditCode(normalizeIdentifier(values.creditCode));
      const marketClass = await this.classes.of(kind, values.subclass);
      if (!marketClass.maySupply && !marketClass.mayBuy) throw registryErrors.kindNotOnMarket();
      const by = this.access.actor.id;
      const organization = Organization.registered(values, marketClass, this.clock.now(), by);
      await this.register.add(organizationObject, [organization], {
        action: 'register',
        allow: ({ areaCode }) => {
          if (marketClass.mayBuy) this.organizationAccess.mustMayRegisterOrgan(areaCode);
        },
        apply: ({ id: organizationId, areaCode, status }, act) => {
          act.emit(organizationRegistered, { organizationId, areaCode });
          if (status === 'approved') act.emit(organizationApproved, { organizationId });
        },
      });
      return organization.id;
    });
  }
}
