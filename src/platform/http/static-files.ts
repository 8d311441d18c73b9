import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

export interface StaticFile {
  /** Where it is served. */
  readonly path: string;
  /** Where it lies. */
  readonly file: string;
  readonly mediaType: string;
}

/**
 * Serves a fixed list of files: no path of a request is ever looked up on the disk. Each is read at its first
 * request and kept. (`@fastify/static` does far more, and needs a module that Jest cannot load on Node 20.)
 */
export function serveFiles(fastify: FastifyInstance, files: readonly StaticFile[]): void {
  for (const { path, file, mediaType } of files) {
    let kept: Promise<{ body: Buffer; tag: string }> | undefined;
    fastify.get(path, async (request, reply) => {
      kept ??= read(file);
      const { body, tag } = await kept;
      void reply.header('Cache-Control', 'public, max-age=300').header('ETag', tag);
      if (request.headers['if-none-match'] === tag) return reply.status(304).send();
      return reply.type(mediaType).send(body);
    });
  }
}

async function read(file: string): Promise<{ body: Buffer; tag: string }> {
  const body = await readFile(file);
  return { body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}
