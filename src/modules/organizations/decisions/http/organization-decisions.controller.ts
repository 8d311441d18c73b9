import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IfMatch, RequirePermission } from '#platform';
import { ApproveOrganization } from '../approve-organization.js';
import { FileGroup } from '../file-group.js';
import { IncorporateGroup } from '../incorporate-group.js';
import { ReinstateOrganization } from '../reinstate-organization.js';
import { RejectOrganization } from '../reject-organization.js';
import { SuspendOrganization } from '../suspend-organization.js';
import { decisionsPermissions } from '../decisions.permissions.js';
import { FileGroupRequest, IncorporateGroupRequest, ReasonRequest } from './decision.request.js';

/** What the officials of the area decide about an organization. */
@Controller('organizations/:id')
export class OrganizationDecisionsController {
  constructor(
    private readonly approveOrganization: ApproveOrganization,
    private readonly rejectOrganization: RejectOrganization,
    private readonly suspendOrganization: SuspendOrganization,
    private readonly reinstateOrganization: ReinstateOrganization,
    private readonly fileGroup: FileGroup,
    private readonly incorporateGroup: IncorporateGroup,
  ) {}

  @Post('approve')
  @HttpCode(204)
  @RequirePermission(decisionsPermissions.decide)
  async approve(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.approveOrganization.execute({ organizationId, version });
  }

  @Post('reject')
  @HttpCode(204)
  @RequirePermission(decisionsPermissions.decide)
  async reject(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
    @Body() { reason }: ReasonRequest,
  ): Promise<void> {
    await this.rejectOrganization.execute({ organizationId, version, reason });
  }

  @Post('suspend')
  @HttpCode(204)
  @RequirePermission(decisionsPermissions.decide)
  async suspend(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
    @Body() { reason }: ReasonRequest,
  ): Promise<void> {
    await this.suspendOrganization.execute({ organizationId, version, reason });
  }

  @Post('reinstate')
  @HttpCode(204)
  @RequirePermission(decisionsPermissions.decide)
  async reinstate(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.reinstateOrganization.execute({ organizationId, version });
  }

  /** The street files a group and names its fiscal host. */
  @Post('file')
  @HttpCode(204)
  @RequirePermission(decisionsPermissions.file)
  async file(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
    @Body() { fiscalHostId, filingNumber }: FileGroupRequest,
  ): Promise<void> {
    await this.fileGroup.execute({ organizationId, version, fiscalHostId, filingNumber });
  }

  /** A filed group has been registered and received a credit code. */
  @Post('incorporate')
  @HttpCode(204)
  @RequirePermission(decisionsPermissions.decide)
  async incorporate(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
    @Body() { creditCode }: IncorporateGroupRequest,
  ): Promise<void> {
    await this.incorporateGroup.execute({ organizationId, version, creditCode });
  }
}
