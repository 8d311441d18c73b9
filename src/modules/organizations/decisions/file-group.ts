import { Inject, Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { CLOCK, type Clock, UnitOfWork } from '#platform';
import { Organization } from '../registry/organization.entity.js';
import { OrganizationAccess } from '../registry/organization.access.js';
import { organizationErrors } from '../organizations.errors.js';
import { groupFiled } from '../organizations.events.js';
import { OrganizationRegister } from '../registry/organization-register.js';

/** The street files a group (备案) and names its fiscal host; the person who gathered it becomes administrator. */
@Injectable()
export class FileGroup {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: OrganizationRegister,
    private readonly access: OrganizationAccess,
    private readonly identity: IdentityApi,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError platform.not-found, platform.version-mismatch, organizations.already-filed,
   *   organizations.not-filed-in-street, organizations.host-not-suitable, organizations.filing-number-taken,
   *   organizations.decided-by-registrant, organizations.decided-by-member
   */
  async execute(input: {
    organizationId: string;
    fiscalHostId: string;
    filingNumber: string;
    version?: number | undefined;
  }): Promise<void> {
    await this.register.change(input.organizationId, {
      action: 'organizations.file',
      version: input.version,
      allow: (group) => {
        this.access.mustMayFile(group);
      },
      apply: async (group) => {
        const { host, hostMaySupply } = await this.hostOf(input.fiscalHostId);
        group.file({
          host,
          hostMaySupply,
          filingNumber: input.filingNumber,
          by: this.access.actorId,
          now: this.clock.now(),
        });
        if (isUuid(group.registeredBy)) {
          await this.identity.grantRole({
            accountId: group.registeredBy,
            role: 'organization-admin',
            organizationId: group.id,
          });
        }
      },
      events: ({ id, areaCode }) => [
        { event: groupFiled, payload: { organizationId: id, areaCode, fiscalHostId: input.fiscalHostId } },
      ],
    });
  }

  private async hostOf(id: string): Promise<{ host: Organization; hostMaySupply: boolean }> {
    const host = await this.uow.manager.findOneBy(Organization, { id });
    if (!host) throw organizationErrors.hostNotSuitable();
    const { maySupply } = await this.register.marketClass(host.kind, host.subclass);
    return { host, hostMaySupply: maySupply };
  }
}
