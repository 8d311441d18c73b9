import { Injectable } from '@nestjs/common';
import { isUuid } from '#libs/kernel';
import { IdentityApi } from '#modules/identity';
import { Register, UnitOfWork } from '#platform';
import { MarketClassReads } from '../registry/market-classes.read.js';
import { Organization } from '../registry/organization.entity.js';
import { organizationObject } from '../registry/organization.object.js';
import { registryErrors } from '../registry/registry.errors.js';
import { DecisionAccess } from './decision.access.js';
import { groupFiled } from './decisions.events.js';

/** The street files a group (备案) and names its fiscal host; the person who gathered it becomes administrator. */
@Injectable()
export class FileGroup {
  constructor(
    private readonly register: Register,
    private readonly uow: UnitOfWork,
    private readonly access: DecisionAccess,
    private readonly classes: MarketClassReads,
    private readonly identity: IdentityApi,
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
    const { organizationId, fiscalHostId, filingNumber } = input;
    await this.register.act(organizationObject, organizationId, {
      action: (group) => {
        group.mustBeUnfiled();
        return 'file';
      },
      version: input.version,
      allow: (group) => {
        this.access.mustMayFile(group);
      },
      apply: async (group, act) => {
        const host = await this.hostOf(fiscalHostId);
        group.file({ ...host, filingNumber, by: act.by, at: act.at });
        const { areaCode, registeredBy: accountId } = group;
        if (isUuid(accountId))
          await this.identity.grantRole({ accountId, role: 'organization-admin', organizationId });
        act.emit(groupFiled, { organizationId, areaCode, fiscalHostId });
      },
    });
  }

  private async hostOf(id: string): Promise<{ host: Organization; hostMaySupply: boolean }> {
    const host = await this.uow.manager.findOneBy(Organization, { id });
    if (!host) throw registryErrors.hostNotSuitable();
    const { maySupply } = await this.classes.of(host.kind, host.subclass);
    return { host, hostMaySupply: maySupply };
  }
}
