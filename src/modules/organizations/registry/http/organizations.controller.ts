import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ExplainsRefusals, Idempotent, IfMatch, Public, RequirePermission } from '#platform';
import { organizationObject } from '../organization.object.js';
import { DescribeOrganization } from '../describe-organization.js';
import { OrganizationReads } from '../organizations.read.js';
import { GatherGroup } from '../gather-group.js';
import { RegisterOrganization } from '../register-organization.js';
import { ResubmitOrganization } from '../resubmit-organization.js';
import { registryPermissions } from '../registry.permissions.js';
import { ListOrganizationsQuery, ReviewOrganizationsQuery } from './list-organizations.query.js';
import {
  DescribeOrganizationRequest,
  GatherGroupRequest,
  RegisterOrganizationRequest,
  ResubmitOrganizationRequest,
} from './organization.request.js';
import {
  OrganizationCreatedResponse,
  OrganizationFileListResponse,
  OrganizationFileResponse,
  OwnOrganizationsResponse,
  PublicOrganizationListResponse,
  PublicOrganizationResponse,
} from './organization.response.js';

@Controller('organizations')
export class OrganizationsController {
  constructor(
    private readonly organizations: OrganizationReads,
    private readonly registerOrganization: RegisterOrganization,
    private readonly gatherGroup: GatherGroup,
    private readonly resubmitOrganization: ResubmitOrganization,
    private readonly describeOrganization: DescribeOrganization,
  ) {}

  /** Registers a body with a credit code; buyers are entered by officials. */
  @ExplainsRefusals('organizations.register', { zh: '登记机构', en: 'register an organization' })
  @Post()
  @RequirePermission(registryPermissions.register)
  @Idempotent()
  async register(@Body() body: RegisterOrganizationRequest): Promise<OrganizationCreatedResponse> {
    const { name, creditCode, areaCode, purpose, subclass, claimsSmallEnterprise = false } = body;
    const registration = { name, creditCode, areaCode, purpose, subclass, claimsSmallEnterprise };
    return { id: await this.registerOrganization.execute(registration) };
  }

  /** A group of residents asks its street or community to be filed. */
  @ExplainsRefusals('organizations.gather', { zh: '申请团队备案', en: 'ask for a group to be filed' })
  @Post('groups')
  @RequirePermission(registryPermissions.register)
  @Idempotent()
  async gather(@Body() body: GatherGroupRequest): Promise<OrganizationCreatedResponse> {
    return { id: await this.gatherGroup.execute(body) };
  }

  /** Approved organizations by name. */
  @Get()
  @Public('whom the public money goes to is public')
  list(@Query() query: ListOrganizationsQuery): Promise<PublicOrganizationListResponse> {
    return this.organizations.listPublic(query);
  }

  /** The organizations of the official's areas in one status, oldest first. */
  @Get('applications')
  @RequirePermission(registryPermissions.review)
  listForReview(@Query() query: ReviewOrganizationsQuery): Promise<OrganizationFileListResponse> {
    return this.organizations.listForReview(query);
  }

  /** The organizations the person registered or works for. */
  @Get('mine')
  @RequirePermission(registryPermissions.register)
  async listOwn(): Promise<OwnOrganizationsResponse> {
    return { items: await this.organizations.listOwn() };
  }

  /** The public profile of an approved organization. */
  @Get(':id')
  @Public('whom the public money goes to is public')
  show(@Param('id', ParseUUIDPipe) id: string): Promise<PublicOrganizationResponse> {
    return this.organizations.publicProfile(id);
  }

  /** The whole file, for the organization's people and the officials of its area. */
  @Get(':id/file')
  @RequirePermission(registryPermissions.register)
  showFile(@Param('id', ParseUUIDPipe) id: string): Promise<OrganizationFileResponse> {
    return this.organizations.file(id);
  }

  /** Changes the public description. */
  @Put(':id')
  @HttpCode(204)
  @RequirePermission(registryPermissions.edit)
  async describe(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
    @Body() { purpose }: DescribeOrganizationRequest,
  ): Promise<void> {
    await this.describeOrganization.execute({ organizationId, version, purpose });
  }

  /** Puts a rejected registration forward again. */
  @ExplainsRefusals(
    'organizations.resubmit',
    { zh: '重新提交登记', en: 'resubmit a registration' },
    organizationObject,
  )
  @Post(':id/resubmit')
  @HttpCode(204)
  @RequirePermission(registryPermissions.register)
  async resubmit(
    @Param('id', ParseUUIDPipe) organizationId: string,
    @IfMatch() version: number,
    @Body() { name, purpose }: ResubmitOrganizationRequest,
  ): Promise<void> {
    await this.resubmitOrganization.execute({ organizationId, version, name, purpose });
  }
}
