import type { SchemaObject } from '@nestjs/swagger';

/** What every refusal looks like (RFC 9457); the fields are those of `Problem`. */
export const PROBLEM_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'application/problem+json (RFC 9457). `code` is stable; `detail` is in the reader’s language.',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string', example: 'urn:linqiao:problem:budgets.overspent' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', example: 'budgets.overspent' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'names the request in the logs' },
    details: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      description: 'one entry per field of the wrong form',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer (RFC 6901)' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};
