import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';

export interface StoredContent {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The first 4,100 bytes, from which the media type is recognized. */
  readonly head: Buffer;
}

/** Where the bytes of attachments lie. Content is named by its SHA-256, so equal content is kept once. */
export abstract class FileStorage {
  /**
   * Stores a stream. Bytes are durable when the promise resolves.
   * @param accept looks at what has arrived before it is kept; when it throws, as when the stream fails, nothing
   *   is left behind
   */
  abstract put(
    content: Readable,
    accept: (arrived: StoredContent) => void | Promise<void>,
  ): Promise<StoredContent>;
  abstract open(sha256: string): Readable;
  abstract exists(sha256: string): Promise<boolean>;
}

const HEAD_BYTES = 4_100;

@Injectable()
export class LocalFileStorage extends FileStorage {
  constructor(@Inject(AppConfig) private readonly config: AppConfig) {
    super();
  }

  async put(
    content: Readable,
    accept: (arrived: StoredContent) => void | Promise<void>,
  ): Promise<StoredContent> {
    const incoming = join(this.config.filesDir, 'incoming');
    await mkdir(incoming, { recursive: true });
    const temporary = join(incoming, randomUUID());
    const hash = createHash('sha256');
    const head: Buffer[] = [];
    let sizeBytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (sizeBytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - sizeBytes));
        sizeBytes += chunk.length;
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      // `flush` waits for the disk: an acknowledged upload survives a power cut.
      await pipeline(
        content,
        measure,
        createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }),
      );
      const arrived = { sha256: hash.digest('hex'), sizeBytes, head: Buffer.concat(head) };
      await accept(arrived);
      const target = this.pathOf(arrived.sha256);
      await mkdir(join(target, '..'), { recursive: true });
      await rename(temporary, target);
      return arrived;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  open(sha256: string): Readable {
    return createReadStream(this.pathOf(sha256));
  }

  async exists(sha256: string): Promise<boolean> {
    return access(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  private pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('Not a SHA-256 name');
    return join(this.config.filesDir, sha256.slice(0, 2), sha256);
  }
}
