import { Inject, Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { Access, CLOCK, type Clock, Register } from '#platform';
import { Organization } from './organization.entity.js';
import { organizationObject } from './organization.object.js';
import { organizationRegistered } from './registry.events.js';

/** A group of residents makes itself known to its street or community and asks to be filed. */
@Injectable()
export class GatherGroup {
  constructor(
    private readonly register: Register,
    private readonly access: Access,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the group's id
   * @throws DomainError identity.area-unknown, identity.area-not-in-force, organizations.name-length
   */
  async execute(values: { name: string; areaCode: string; purpose: string }): Promise<string> {
    await this.identity.mustBeAreaInForce(values.areaCode);
    const group = Organization.gathered(values, this.clock.now(), this.access.actor.id);
    await this.register.add(organizationObject, [group], {
      action: 'gather',
      // Every resident may; the street decides what becomes of it.
      allow: () => undefined,
      apply: ({ id: organizationId, areaCode }, act) => {
        act.emit(organizationRegistered, { organizationId, areaCode });
      },
    });
    return group.id;
  }
}
