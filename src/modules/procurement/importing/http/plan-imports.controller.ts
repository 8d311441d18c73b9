import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { platformErrors, RequirePermission } from '#platform';
import { planningPermissions } from '../../planning/planning.permissions.js';
import { ImportPlan } from '../import-plan.js';
import { MAX_IMPORT_BYTES } from '../plan-file.js';
import { ImportPlanQuery } from './import-plan.query.js';
import { ImportReportResponse } from './import-report.response.js';

@ApiTags('procurement')
@Controller('plan-items/imports')
export class PlanImportsController {
  constructor(private readonly importPlan: ImportPlan) {}

  /**
   * Imports a plan or a list of purchase intentions: multipart field `file`, a CSV of at most 10 MB and 20,000
   * rows in UTF-8, UTF-16 or GB18030, columns and units recognized by their headings. Sending it again adds nothing.
   */
  @Post()
  @HttpCode(200)
  @RequirePermission(planningPermissions.plan)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  async import(
    @Query() { areaCode, unit }: ImportPlanQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportReportResponse> {
    if (!request.isMultipart()) throw platformErrors.unsupportedMediaType();
    // One byte more than allowed: a larger file arrives cut off there, and is refused as too large.
    const part = await request.file({ limits: { fileSize: MAX_IMPORT_BYTES + 1, files: 1 } });
    if (!part) throw platformErrors.requestInvalid();
    const content = await part.toBuffer();
    return this.importPlan.execute({ areaCode, fileName: part.filename, content, unit });
  }
}
