import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { serveFiles } from '../http/static-files.js';

/** The folder `web` of the product, seen from the sources and from the build. */
const FOLDERS = ['../../../web', '../../../../web'].map((path) => join(import.meta.dirname, path));

const FILES = [
  { path: '/', name: 'index.html', mediaType: 'text/html; charset=utf-8' },
  { path: '/start.css', name: 'start.css', mediaType: 'text/css; charset=utf-8' },
  { path: '/start.js', name: 'start.js', mediaType: 'text/javascript; charset=utf-8' },
  { path: '/icon.svg', name: 'icon.svg', mediaType: 'image/svg+xml' },
];

/** The start page at `/`. */
export function serveStartPage(fastify: FastifyInstance): void {
  const folder = FOLDERS.find((candidate) => existsSync(join(candidate, 'index.html')));
  if (folder === undefined) throw new Error('The folder web is missing beside the product');
  serveFiles(
    fastify,
    FILES.map(({ path, name, mediaType }) => ({ path, mediaType, file: join(folder, name) })),
  );
}
