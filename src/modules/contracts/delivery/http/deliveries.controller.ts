import { Controller, Get, Param, ParseUUIDPipe, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { asDownload, RequirePermission } from '#platform';
import { termsPermissions } from '../../terms/terms.permissions.js';
import { DeliveryReads } from '../deliveries.read.js';
import { DeliveryResponse } from './delivery.response.js';

@ApiTags('contracts')
@Controller('contracts')
export class DeliveriesController {
  constructor(private readonly reads: DeliveryReads) {}

  /** What was delivered, with its evidence and what came of it. */
  @Get(':id/deliveries')
  @RequirePermission(termsPermissions.read)
  deliveries(@Param('id', ParseUUIDPipe) id: string): Promise<DeliveryResponse[]> {
    return this.reads.list(id);
  }

  @Get(':id/deliveries/:deliveryId/files/:fileId')
  @RequirePermission(termsPermissions.read)
  @ApiProduces('application/octet-stream')
  async evidence(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return asDownload(reply, await this.reads.openEvidence(id, deliveryId, fileId));
  }
}
