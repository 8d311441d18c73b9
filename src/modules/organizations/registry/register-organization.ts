import { Inject, Injectable } from '@nestjs/common';
import { normalizeIdentifier, parseCreditCode } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { CLOCK, type Clock, UnitOfWork } from '#platform';
import { Organization, type Registration } from './organization.entity.js';
import { OrganizationAccess } from './organization.access.js';
import { organizationErrors } from '../organizations.errors.js';
import { organizationApproved, organizationRegistered } from '../organizations.events.js';
import { OrganizationRegister } from './organization-register.js';

/**
 * Registers a body that has a unified social credit code. Its kind follows from the code. A buyer is entered by
 * an official and is in at once; everybody else waits for the civil-affairs officer of the area.
 */
@Injectable()
export class RegisterOrganization {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param values.subclass where the kind alone does not decide, e.g. `category-2` of a public institution
   * @returns the organization's id
   * @throws DomainError kernel.credit-code-*, organizations.class-unknown, organizations.kind-not-on-market,
   *   organizations.organ-needs-official, organizations.small-enterprise-not-entitled,
   *   organizations.credit-code-taken, identity.area-unknown, identity.area-not-in-force
   */
  async execute(values: Registration & { subclass?: string | undefined }): Promise<string> {
    return this.uow.run(async () => {
      await this.identity.mustBeAreaInForce(values.areaCode);
      const { kind } = parseCreditCode(normalizeIdentifier(values.creditCode));
      const marketClass = await this.register.marketClass(kind, values.subclass);
      if (!marketClass.maySupply && !marketClass.mayBuy) throw organizationErrors.kindNotOnMarket();
      if (marketClass.mayBuy) this.access.mustMayRegisterOrgan(values.areaCode);
      const now = this.clock.now();
      const organization = Organization.register(values, marketClass, now, this.access.actorId);
      if (organization.kind === 'state-organ') organization.approve(this.access.actorId, now);
      const { id: organizationId, areaCode } = organization;
      await this.register.add(organization, 'organizations.register', [
        { event: organizationRegistered, payload: { organizationId, areaCode } },
        ...(organization.status === 'approved'
          ? [{ event: organizationApproved, payload: { organizationId } }]
          : []),
      ]);
      return organizationId;
    });
  }
}
