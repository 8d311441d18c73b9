import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Money } from '#libs/kernel';
import { IfMatch, RequirePermission } from '#platform';
import { ContractReads } from '../contracts.read.js';
import { SetTerms } from '../set-terms.js';
import { termsPermissions } from '../terms.permissions.js';
import { ListContractsQuery, SetTermsRequest } from './contract.request.js';
import { ContractDetailResponse, ContractPageResponse } from './contract.response.js';

@ApiTags('contracts')
@Controller('contracts')
export class ContractsController {
  constructor(
    private readonly contracts: ContractReads,
    private readonly setTermsUseCase: SetTerms,
  ) {}

  /** Contracts of the reader's areas and organizations, the newest first. */
  @Get()
  @RequirePermission(termsPermissions.read)
  list(@Query() query: ListContractsQuery): Promise<ContractPageResponse> {
    return this.contracts.list(query);
  }

  @Get(':id')
  @RequirePermission(termsPermissions.read)
  read(@Param('id', ParseUUIDPipe) id: string): Promise<ContractDetailResponse> {
    return this.contracts.read(id);
  }

  /** Writes terms and milestones while nobody has signed. */
  @Put(':id/terms')
  @HttpCode(204)
  @RequirePermission(termsPermissions.draft)
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
}
