import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeStates, glossary } from './glossary.js';
import { PROBLEM_SCHEMA } from './problem.schema.js';
import { operationIdOf, type RouteMarks, routeMarks } from './route-marks.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/**
 * The description of the whole HTTP interface. What the DTO classes and decorators say is not repeated
 * anywhere: shapes come from the compiler plugin (so only the compiled product describes itself fully, not
 * the tests' on-the-fly transpiling), permissions and idempotency from the guards' own marks.
 *
 * `x-glossary` has the words of states, acts, roles and permissions in both languages.
 *
 * Keys are in a stable order: the same sources give the same bytes.
 */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, baseDocument(), {
    operationIdFactory: operationIdOf,
  });
  const marks = routeMarks(app);
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) complete(operation, marks.get(operation.operationId ?? ''));
    }
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
    responses: {
      Problem: {
        description: 'Refused or failed; `code` says why',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
  describeStates(document);
  Object.assign(document, { 'x-glossary': glossary() });
  return sorted(document) as OpenAPIObject;
}

/** As it is committed and served: stable bytes with a line end. */
export function openApiText(document: OpenAPIObject): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function baseDocument() {
  return new DocumentBuilder()
    .setTitle('Linqiao 邻桥 API')
    .setDescription(
      'Community services: purchase, delivery, volunteering. Money is an integer number of fen, instants are ' +
        'ISO-8601 UTC, ids are UUIDs. Lists are read page by page: send `nextCursor` back as `cursor`. ' +
        'Sign in with `POST /api/v1/sessions`.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'the token of a session' }, 'bearer')
    .addCookieAuth(
      '__Host-linqiao',
      {
        type: 'apiKey',
        in: 'cookie',
        description: 'set when a browser signs in; `linqiao` where there is no https',
      },
      'cookie',
    )
    .build();
}

function complete(operation: Operation, marks: RouteMarks | undefined): void {
  operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Problem' } };
  operation.security = marks?.publicBecause === undefined ? [{ bearer: [] }, { cookie: [] }] : [];
  if (marks?.permission !== undefined) {
    Object.assign(operation, { 'x-permission': marks.permission });
  }
  if (marks?.idempotent) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        description:
          'unique per intention: the same key and body give the same answer without a second effect',
        schema: { type: 'string', minLength: 8, maxLength: 200 },
      },
    ];
  }
}

/**
 * Object keys in the order of their code points, at every depth, and the values of an `enum` likewise: the
 * compiler gives those in the order in which it happened to meet them. Other lists keep theirs.
 */
function sorted(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const list = value.map((inner) => sorted(inner));
    return name === 'enum' ? list.sort() : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner, key)]),
  );
}
