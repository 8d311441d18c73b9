import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveFiles } from '../http/static-files.js';
import { buildOpenApi, openApiText } from './build-openapi.js';

const require = createRequire(import.meta.url);

export const OPENAPI_PATH = '/api/openapi.json';
export const DOCS_PATH = '/api/docs';

const PAGE = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>邻桥 Linqiao API</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="${DOCS_PATH}/swagger-ui.css" />
    <script src="${DOCS_PATH}/swagger-ui-bundle.js" defer></script>
    <script src="${DOCS_PATH}/start.js" defer></script>
  </head>
  <body>
    <div id="docs"></div>
    <noscript>此页需要启用脚本。This page needs scripts. <a href="${OPENAPI_PATH}">openapi.json</a></noscript>
  </body>
</html>
`;

/** `validatorUrl: null`: the page would otherwise show the description to a foreign host. */
const START = `addEventListener('DOMContentLoaded', () => {
  SwaggerUIBundle({
    url: '${OPENAPI_PATH}',
    dom_id: '#docs',
    validatorUrl: null,
    docExpansion: 'none',
    tagsSorter: 'alpha',
  });
});
`;

/**
 * The description at /api/openapi.json and a page to read and try it at /api/docs, both for everybody: the
 * sources are public anyway. Everything comes from this host. The description is made at the first request.
 */
export function serveOpenApi(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let description: string | undefined;
  fastify.get(OPENAPI_PATH, (_request, reply) => {
    description ??= openApiText(buildOpenApi(app));
    return reply.type('application/json; charset=utf-8').send(description);
  });
  fastify.get(DOCS_PATH, (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  fastify.get(`${DOCS_PATH}/start.js`, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(START),
  );
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  serveFiles(fastify, [
    {
      path: `${DOCS_PATH}/swagger-ui.css`,
      file: join(folder, 'swagger-ui.css'),
      mediaType: 'text/css; charset=utf-8',
    },
    {
      path: `${DOCS_PATH}/swagger-ui-bundle.js`,
      file: join(folder, 'swagger-ui-bundle.js'),
      mediaType: 'text/javascript; charset=utf-8',
    },
  ]);
}
