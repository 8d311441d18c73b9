import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { FileView } from './file-store.js';

/** Always a download and never a media type of its own: an uploaded file must not run in the site's origin. */
export function asDownload(
  reply: FastifyReply,
  { file, content }: { readonly file: FileView; readonly content: Readable },
): StreamableFile {
  void reply.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  return new StreamableFile(content, { type: 'application/octet-stream', length: file.sizeBytes });
}
