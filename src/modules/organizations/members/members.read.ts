import { Injectable } from '@nestjs/common';
import { IdentityApi } from '#modules/identity';
import { db, platformErrors, query, UnitOfWork } from '#platform';
import type { MemberResponse } from './http/member.response.js';
import { MemberAccess } from './member.access.js';

const organizationById = query((p: { id: string }) =>
  db.selectFrom('organizations.organization').select(['id', 'area_code as areaCode']).where('id', '=', p.id),
);

/** The people of an organization, for themselves and the officials of its area. */
@Injectable()
export class MemberReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: MemberAccess,
    private readonly identity: IdentityApi,
  ) {}

  /** @throws DomainError platform.not-found */
  async list(organizationId: string): Promise<MemberResponse[]> {
    const organization = await this.uow.first(organizationById, { id: organizationId });
    if (!organization) throw platformErrors.notFound();
    this.access.mustMaySeeMembers(organization);
    return this.identity.membersOfOrganization(organizationId);
  }
}
