import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { definePermissions } from '#libs/kernel';
import { RequirePermission } from '../authorization/decorators.js';
import { platformErrors } from '../platform.errors.js';
import { FileResponse } from './dto/file.response.js';
import { FileStore } from './file-store.js';

const permissions = definePermissions('files', {
  upload: { zh: '上传附件', en: 'Upload attachments', roles: ['member'] },
});

@ApiTags('files')
@Controller('files')
export class FilesController {
  constructor(private readonly files: FileStore) {}

  /** Uploads one file (multipart field `file`); attach it to an object within a day. */
  @Post()
  @RequirePermission(permissions.upload)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  @ApiCreatedResponse({ type: FileResponse })
  async upload(@Req() request: FastifyRequest): Promise<FileResponse> {
    if (!request.isMultipart()) throw platformErrors.unsupportedMediaType();
    const part = await request.file();
    if (!part) throw platformErrors.requestInvalid();
    return this.files.upload(part.filename, part.file);
  }
}
