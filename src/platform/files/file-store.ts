import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, defineErrors, newId } from '#libs/kernel';
import { Access } from '../authorization/access.js';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { platformErrors } from '../platform.errors.js';
import { FileStorage } from './file-storage.js';
import { recognizedType } from './recognized-type.js';
import { shownFileName } from './shown-name.js';

const errors = defineErrors('files', {
  typeNotAllowed: {
    code: 'files.type-not-allowed',
    kind: 'unsupported',
    zh: '不支持该类型的文件；可上传：PDF、OFD；Word、Excel、PowerPoint、WPS 文档（不含宏）及 OpenDocument；图片（JPG、PNG、GIF、BMP、TIFF、WebP、HEIC）；ZIP；以 UTF-8、GB18030（GBK）或带字节顺序标记的 UTF-16 保存的 CSV 和纯文本。',
    en: 'This type of file is not accepted. Accepted are PDF and OFD; Word, Excel, PowerPoint and WPS documents (without macros) and OpenDocument; pictures (JPG, PNG, GIF, BMP, TIFF, WebP, HEIC); ZIP; CSV and plain text in UTF-8, GB18030 (GBK) or UTF-16 with a byte order mark.',
  },
  empty: { code: 'files.empty', kind: 'invalid', zh: '文件为空。', en: 'The file is empty.' },
  notYours: {
    code: 'files.not-yours',
    kind: 'unprocessable',
    zh: '附件 {fileId} 不存在、不是您上传的，或已用于别处。',
    en: 'The attachment {fileId} does not exist, is not yours or is used elsewhere.',
  },
});

export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Attachments: uploaded first, then attached to an object by a use case, which from then on decides who may read. */
@Injectable()
export class FileStore {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly storage: FileStorage,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Keeps an upload of the person who acts.
   * @param name absent where the form names no file
   * @throws DomainError files.type-not-allowed, files.empty, platform.payload-too-large
   */
  async upload(name: string | undefined, content: Upload): Promise<FileView> {
    const shownName = shownFileName(name ?? '');
    let mediaType = '';
    const stored = await this.storage.put(content, async ({ sizeBytes, head }) => {
      // The parser of uploads ends a stream that is too long as if it were complete.
      if (content.truncated === true) throw platformErrors.payloadTooLarge();
      if (sizeBytes === 0) throw errors.empty();
      const recognized = await recognizedType(head, shownName);
      if (recognized === undefined) throw errors.typeNotAllowed();
      mediaType = recognized;
    });
    const id = newId();
    await this.uow.sql(
      `INSERT INTO platform.file (id, name, media_type, size_bytes, sha256, uploaded_by, uploaded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, shownName, mediaType, stored.sizeBytes, stored.sha256, this.access.accountId, this.clock.now()],
    );
    return { id, name: shownName, mediaType, sizeBytes: stored.sizeBytes, sha256: stored.sha256 };
  }

  /**
   * Attaches own uploads to an object, once and for good.
   * @throws DomainError files.not-yours naming the first id that cannot be attached
   */
  async attach(fileIds: readonly string[], objectType: string, objectId: string): Promise<void> {
    this.uow.mustBeActive('files.attach');
    const attached = await this.uow.sql<{ id: string }>(
      `UPDATE platform.file SET object_type = $2, object_id = $3
       WHERE id = ANY($1::uuid[]) AND uploaded_by = $4 AND object_id IS NULL RETURNING id`,
      [fileIds, objectType, objectId, this.access.accountId],
    );
    const missing = fileIds.find((id) => !attached.some((row) => row.id === id));
    if (missing !== undefined) throw errors.notYours({ fileId: missing });
  }

  async attachedTo(
    objectType: string,
    objectIds: readonly string[],
  ): Promise<(FileView & { objectId: string })[]> {
    const rows = await this.uow.sql<FileRow & { object_id: string }>(
      `SELECT id, name, media_type, size_bytes::text, sha256, object_id FROM platform.file
       WHERE object_type = $1 AND object_id = ANY($2::text[]) ORDER BY id`,
      [objectType, objectIds],
    );
    return rows.map((row) => ({ ...viewOf(row), objectId: row.object_id }));
  }

  /** The bytes of an attachment; whoever calls has checked that the reader may see the object. */
  async openAttached(
    objectType: string,
    objectId: string,
    fileId: string,
  ): Promise<{ file: FileView; content: Readable }> {
    const row = await this.uow.one<FileRow>(
      `SELECT id, name, media_type, size_bytes::text, sha256 FROM platform.file
       WHERE id = $1 AND object_type = $2 AND object_id = $3`,
      [fileId, objectType, objectId],
    );
    if (!row) throw platformErrors.notFound();
    return { file: viewOf(row), content: this.storage.open(row.sha256) };
  }
}

/** The bytes of an upload as they come in; `truncated` when there were more than the limit allows. */
export type Upload = Readable & { readonly truncated?: boolean };

interface FileRow {
  id: string;
  name: string;
  media_type: string;
  size_bytes: string;
  sha256: string;
}

function viewOf(row: FileRow): FileView {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
  };
}
