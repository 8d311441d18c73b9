import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Money } from '#libs/kernel';
import { asDownload, Idempotent, IfMatch, RequirePermission } from '#platform';
import { ContractQueries } from '../application/contracts.query.js';
import { SetTerms } from '../application/set-terms.js';
import { SignContract } from '../application/sign-contract.js';
import { contractPermissions } from '../contracts.permissions.js';
import { ListContractsQuery, SetTermsRequest } from './dto/contract.request.js';
import {
  ContractDetailResponse,
  ContractPageResponse,
  DeliveryResponse,
  SignedResponse,
} from './dto/contract.response.js';

@ApiTags('contracts')
@Controller('contracts')
export class ContractsController {
  constructor(
    private readonly queries: ContractQueries,
    private readonly setTermsUseCase: SetTerms,
    private readonly signContract: SignContract,
  ) {}

  /** Contracts of the reader's areas and organizations, the newest first. */
  @Get()
  @RequirePermission(contractPermissions.read)
  list(@Query() query: ListContractsQuery): Promise<ContractPageResponse> {
    return this.queries.list({ limit: query.limit, cursor: query.cursor, state: query.state });
  }

  @Get(':id')
  @RequirePermission(contractPermissions.read)
  read(@Param('id', ParseUUIDPipe) id: string): Promise<ContractDetailResponse> {
    return this.queries.read(id);
  }

  /** What was delivered, with its evidence and what came of it. */
  @Get(':id/deliveries')
  @RequirePermission(contractPermissions.read)
  deliveries(@Param('id', ParseUUIDPipe) id: string): Promise<DeliveryResponse[]> {
    return this.queries.deliveries(id);
  }

  @Get(':id/deliveries/:deliveryId/files/:fileId')
  @RequirePermission(contractPermissions.read)
  @ApiProduces('application/octet-stream')
  async evidence(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return asDownload(reply, await this.queries.openEvidence(id, deliveryId, fileId));
  }

  /** Writes terms and milestones while nobody has signed. */
  @Put(':id/terms')
  @HttpCode(204)
  @RequirePermission(contractPermissions.draft)
  @ApiHeader({ name: 'If-Match', required: true, description: 'the version you saw' })
  async setTerms(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() request: SetTermsRequest,
  ): Promise<void> {
    await this.setTermsUseCase.execute(id, version, {
      startsOn: request.startsOn,
      endsOn: request.endsOn,
      multiYearConditionsMet: request.multiYearConditionsMet ?? false,
      texts: request.texts,
      milestones: request.milestones.map(({ amountFen, ...milestone }) => ({
        ...milestone,
        amount: Money.fen(amountFen),
      })),
    });
  }

  /** Signs for the side the person belongs to. */
  @Post(':id/sign')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission(contractPermissions.sign)
  @ApiHeader({ name: 'If-Match', required: true, description: 'the version you saw' })
  sign(@Param('id', ParseUUIDPipe) id: string, @IfMatch() version: number): Promise<SignedResponse> {
    return this.signContract.execute(id, version);
  }
}
