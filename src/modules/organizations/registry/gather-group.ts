import { Inject, Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { CLOCK, type Clock, UnitOfWork } from '#platform';
import { Organization } from './organization.entity.js';
import { OrganizationAccess } from './organization.access.js';
import { organizationRegistered } from '../organizations.events.js';
import { OrganizationRegister } from './organization-register.js';

/** A group of residents makes itself known to its street or community and asks to be filed. */
@Injectable()
export class GatherGroup {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the group's id
   * @throws DomainError identity.area-unknown, identity.area-not-in-force
   */
  async execute(values: { name: string; areaCode: string; purpose: string }): Promise<string> {
    return this.uow.run(async () => {
      await this.identity.mustBeAreaInForce(values.areaCode);
      const group = Organization.gather(values, this.clock.now(), this.access.actorId);
      await this.register.add(group, 'organizations.gather', [
        { event: organizationRegistered, payload: { organizationId: group.id, areaCode: group.areaCode } },
      ]);
      return group.id;
    });
  }
}
