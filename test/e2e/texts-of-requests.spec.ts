import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ValidationPipe } from '@nestjs/common';
import { AREA_ROLES, newId, ORGANIZATION_ROLES } from '#libs/kernel';
import { validationPipe } from '../../src/platform/problem/validation.js';
import { givenSession } from '../../src/modules/identity/sessions/sessions.given.js';
import { startTestApp, type TestApp } from '../support/app.js';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
/** One text of one request, and how to send nothing but it. */
interface Text {
  readonly route: string;
  readonly in: 'query' | 'body';
  readonly pointer: string;
}

const description = JSON.parse(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** Texts that may say nothing, each because something else says it or nothing need be said. */
const MAY_BE_BLANK: readonly string[] = [
  'POST /api/v1/plan-items#/summary',
  'POST /api/v1/plan-items/{id}/record-opinion#/reply',
  'POST /api/v1/tenders#/criteria/0/description',
  'PUT /api/v1/tenders/{id}#/criteria/0/description',
  'PUT /api/v1/projects/{id}#/description',
];
/** Where what cannot be seen is dropped, since it came along when the value was pasted. */
const IDENTIFIERS = /\/(login|email|phone|creditCode|areaCode|parentCode|followedAreas\/\d+)$/;

function textsOfSchema(schema: Schema, pointer: string): string[] {
  const named =
    schema.$ref === undefined ? schema : description.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (named === undefined) throw new Error(`No schema ${schema.$ref ?? ''}`);
  if (named.type === 'string') return named.format === 'binary' ? [] : [pointer];
  return [
    ...(named.allOf ?? []).flatMap((part) => textsOfSchema(part, pointer)),
    ...(named.items ? textsOfSchema(named.items, `${pointer}/0`) : []),
    ...Object.entries(named.properties ?? {}).flatMap(([name, inner]) =>
      textsOfSchema(inner, `${pointer}/${name}`),
    ),
  ];
}

const TEXTS: readonly Text[] = Object.entries(description.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { parameters, requestBody }]): Text[] => {
    const route = `${method.toUpperCase()} ${path}`;
    const query = (parameters ?? []).filter((each) => each.in === 'query' && each.schema.type === 'string');
    const body = requestBody?.content['application/json']?.schema;
    return [
      ...query.map(({ name }): Text => ({ route, in: 'query', pointer: `/${name}` })),
      ...(body ? textsOfSchema(body, '').map((pointer): Text => ({ route, in: 'body', pointer })) : []),
    ];
  }),
);
const nameOf = ({ route, pointer }: Text): string => `${route}#${pointer}`;

/** The smallest body in which the text stands where the pointer says. */
function bodyWith(pointer: string, text: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reverse()
    .reduce<unknown>((inner, name) => (/^\d+$/.test(name) ? [inner] : { [name]: inner }), text);
}

describe('every text of every request', () => {
  let test: TestApp;
  let token = '';

  beforeAll(async () => {
    test = await startTestApp({ http: true });
    const [accountId, organizationId] = [newId(), newId()];
    await test.sql(
      `INSERT INTO identity.area (code, name, level, parent_code, source)
       VALUES ('99', '虚构省', 'province', NULL, 'test') ON CONFLICT DO NOTHING`,
    );
    await test.sql(
      `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
       VALUES ($1, 'holder-of-every-role', '测试人员', now(), 'test')`,
      [accountId],
    );
    const roles = [
      ...Object.keys(AREA_ROLES).map((role) => ({ role, area: '99', organization: null })),
      ...Object.keys(ORGANIZATION_ROLES).map((role) => ({ role, area: null, organization: organizationId })),
    ];
    for (const { role, area, organization } of roles)
      await test.sql(
        `INSERT INTO identity.membership (id, account_id, role, area_code, organization_id, valid_from, granted_by, granted_at)
         VALUES ($1, $2, $3, $4, $5, '2020-01-01', 'test', now())`,
        [newId(), accountId, role, area, organization],
      );
    token = await givenSession(test, accountId);
  });
  afterAll(() => test.stop());

  /** The codes with which the text's own field is refused. */
  async function refusals(text: Text, value: string): Promise<string[]> {
    const [method = '', pattern = ''] = text.route.split(' ');
    const path = pattern.replaceAll(/\{\w+\}/g, () => newId());
    const query = text.in === 'query' ? `?${text.pointer.slice(1)}=${encodeURIComponent(value)}` : '';
    const answer = await fetch(`${test.baseUrl}${path}${query}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': newId(), 'if-match': '"1"' }),
        ...(text.in === 'body' ? { 'content-type': 'application/json' } : {}),
      },
      ...(text.in === 'body' ? { body: JSON.stringify(bodyWith(text.pointer, value)) } : {}),
    });
    const { errors = [] } = (await answer.json()) as { errors?: { pointer: string; code: string }[] };
    if (answer.status !== 400) return [];
    // What holds for each entry of a list is reported of the list.
    const list = text.pointer.replace(/\/0$/, '');
    return errors.filter(({ pointer }) => [text.pointer, list].includes(pointer)).map(({ code }) => code);
  }

  async function letThrough(value: string, texts: readonly Text[]): Promise<string[]> {
    const found: string[] = [];
    for (const text of texts) if ((await refusals(text, value)).length === 0) found.push(nameOf(text));
    return found;
  }

  it('is found in the description of the interface', () => {
    const names = TEXTS.map(nameOf);
    expect(names).toEqual(expect.arrayContaining([...MAY_BE_BLANK]));
    expect(names).toContain('POST /api/v1/plan-items/{id}/record-opinion#/respondents/0');
    expect(names).toContain('POST /api/v1/tenders#/criteria/0/bands/0/indicator');
    expect(names).toContain('PUT /api/v1/contracts/{id}/terms#/texts/breach');
    expect(names).toContain('GET /api/v1/organizations#/q');
    expect(names.length).toBeGreaterThan(150);
  });

  it.each([[' '], ['　\t\n'], ['\u200B\u200B'], ['\u3164'], ['\u2800\u00AD\uFE0F']])(
    'is refused as blank when it is %j, unless it may be',
    async (blank) => {
      const through = await letThrough(blank, TEXTS);
      expect(through.filter((name) => !MAY_BE_BLANK.includes(name))).toEqual([]);
      expect(through).toHaveLength(MAY_BE_BLANK.length);
    },
  );

  it('is refused with a control that turns the direction of writing, or is an identifier and loses it', async () => {
    const texts = TEXTS.filter(({ pointer }) => !IDENTIFIERS.test(pointer));
    expect(texts.length).toBeLessThan(TEXTS.length);
    for (const value of ['\u202E张三', '张三\u2066']) expect(await letThrough(value, texts)).toEqual([]);
  });

  it('is an area code by levels wherever it is one: a part of a code is no prefix', async () => {
    const codes = TEXTS.filter(({ pointer }) => /\/(areaCode|parentCode|followedAreas\/0)$/.test(pointer));
    expect(codes.length).toBeGreaterThan(12);
    for (const value of ['9', '999', '99990', '9999012', '99990100', '9999010011', '330100', '9900'])
      expect(await letThrough(value, codes)).toEqual([]);
  });

  it('negative control: without the step that looks at every text, blanks come through', async () => {
    const step = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(validationPipe), 'validate');
    const without = { ...step, value: ValidationPipe.prototype['validate'] };
    Object.defineProperty(validationPipe, 'validate', { ...without, configurable: true });
    try {
      const through = await letThrough('     ', TEXTS);
      expect(through).toContain('POST /api/v1/plan-items/{id}/record-opinion#/respondents/0');
      expect(through).toContain('POST /api/v1/tenders/{id}/cancel#/reason');
    } finally {
      Reflect.deleteProperty(validationPipe, 'validate');
    }
    expect(await letThrough('     ', TEXTS)).toHaveLength(MAY_BE_BLANK.length);
  });
});
