import { Length } from '../http/field-rules.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, Min, ValidateNested } from 'class-validator';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { Public, RequirePermission } from '../authorization/decorators.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { platformErrors } from '../platform.errors.js';

class PartRequest {
  @IsString()
  @Length(1, 10)
  'a/b~c': string;
}
class WholeRequest {
  @IsInt()
  @Min(1)
  @Max(9)
  amount: number;

  @ValidateNested({ each: true })
  @Type(() => PartRequest)
  parts: PartRequest[];
}
class ListQuery {
  @Type(() => Number)
  @IsInt()
  limit: number;
}

const SECRET = 'the row of a person';

@Controller('probe')
class ProbeController {
  constructor(private readonly uow: UnitOfWork) {}

  @Post('shape')
  @HttpCode(200)
  @Public('a probe of the tests')
  shape(@Body() body: WholeRequest): object {
    return body;
  }
  @Get('list')
  @Public('a probe of the tests')
  list(@Query() query: ListQuery): object {
    return query;
  }
  @Get('objects/:id')
  @Public('a probe of the tests')
  one(@Param('id', ParseUUIDPipe) _id: string): object {
    throw platformErrors.notFound();
  }
  @Get('bug')
  @Public('a probe of the tests')
  bug(): object {
    throw new TypeError(`cannot read ${SECRET}`);
  }
  @Get('sql')
  @Public('a probe of the tests')
  async sql(): Promise<object> {
    return this.uow.sql(`SELECT '${SECRET}' FROM nothing.at_all`);
  }
  @Get('unreadable')
  @Public('a probe of the tests')
  async unreadable(): Promise<object> {
    return this.uow.sql('SELECT $1::uuid', [SECRET]);
  }
  @Get('slow-down')
  @Public('a probe of the tests')
  slowDown(): object {
    throw platformErrors.tooManyRequests({ retryAfterSeconds: 30 });
  }
  @Get('text')
  @Public('a probe of the tests')
  text(): object {
    // Not even an Error.
    throw SECRET as unknown as Error;
  }
  @Get('unmarked')
  unmarked(): object {
    return { open: true };
  }
  @Get('guarded')
  @RequirePermission('identity:self')
  guarded(): object {
    return { open: true };
  }
}

describe('what a failed request is answered', () => {
  let probe: ProbeApp;
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [ProbeController] });
  });
  afterAll(() => probe.stop());

  async function ask(
    method: string,
    path: string,
    options: { body?: string; type?: string; language?: string } = {},
  ) {
    const { body, type = 'application/json', language = 'en' } = options;
    const answer = await fetch(`${probe.baseUrl}${path}`, {
      method,
      headers: { 'accept-language': language, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { answer, text, problem: JSON.parse(text) as Record<string, unknown> };
  }
  const shape = (body: unknown) => ask('POST', '/api/v1/probe/shape', { body: JSON.stringify(body) });

  it('is application/problem+json that names the request', async () => {
    const { answer, problem } = await ask('GET', '/api/v1/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(problem).toEqual({
      type: 'urn:linqiao:problem:platform.route-not-found',
      title: 'There is no such address.',
      status: 404,
      code: 'platform.route-not-found',
      detail: 'There is no such address.',
      instance: `urn:linqiao:request:${answer.headers.get('x-request-id') ?? ''}`,
    });
  });

  it('is in the language of the reader, Chinese when nothing else is asked for', async () => {
    const detail = async (language: string) =>
      (await ask('GET', '/api/v1/nowhere', { language })).problem['detail'];
    expect(await detail('zh-CN,zh;q=0.9,en;q=0.8')).toBe('没有这个地址。');
    expect(await detail('en-GB,en;q=0.9')).toBe('There is no such address.');
    expect(await detail('fr')).toBe('没有这个地址。');
    expect(await detail('')).toBe('没有这个地址。');
  });

  it('points at every wrong field, however deep, and at unknown ones', async () => {
    const { answer, problem } = await shape({
      amount: 10,
      parts: [{ 'a/b~c': 'ok' }, { 'a/b~c': '' }, { 'a/b~c': 'ok', extra: 1 }],
      unknown: true,
    });
    expect(answer.status).toBe(400);
    expect(problem['code']).toBe('platform.request-invalid');
    expect(problem['errors']).toEqual([
      { pointer: '/unknown', code: 'whitelistValidation', message: '不认识的字段 (is not a known field)' },
      { pointer: '/amount', code: 'max', message: '大于允许的最大值 (is above the greatest allowed value)' },
      { pointer: '/parts/1/a~1b~0c', code: 'isNotBlank', message: expect.any(String) },
      { pointer: '/parts/2/extra', code: 'whitelistValidation', message: expect.any(String) },
    ]);
  });

  it('does not take a nearly right type for a right one', async () => {
    for (const body of [{ amount: '5', parts: [] }, { amount: 5.5, parts: [] }, [], 'text', null, 7]) {
      expect((await shape(body)).answer.status).toBe(400);
    }
    expect((await shape({ amount: 5, parts: [] })).answer.status).toBe(200);
  });

  it('points at fields of the query, too', async () => {
    const { problem } = await ask('GET', '/api/v1/probe/list?limit=many');
    expect(problem['errors']).toMatchObject([{ pointer: '/limit', code: 'isInt' }]);
  });

  it.each([
    ['malformed JSON', '{"amount":', 'application/json', 400, 'platform.request-invalid'],
    ['an empty body', '', 'application/json', 400, 'platform.request-invalid'],
    ['a prototype in the body', '{"__proto__":{"x":1}}', 'application/json', 400, 'platform.request-invalid'],
    ['another content type', '<a/>', 'application/xml', 415, 'platform.unsupported-media-type'],
    [
      'a body over a megabyte',
      `"${'x'.repeat(1_100_000)}"`,
      'application/json',
      413,
      'platform.payload-too-large',
    ],
  ])('has a code for %s', async (_what, body, type, status, code) => {
    const { answer, problem } = await ask('POST', '/api/v1/probe/shape', { body, type });
    expect([answer.status, problem['code']]).toEqual([status, code]);
  });

  it('tells a malformed id from an unknown one, and a method that is not there', async () => {
    const at = async (id: string) => (await ask('GET', `/api/v1/probe/objects/${id}`)).problem['code'];
    expect(await at('12')).toBe('platform.request-invalid');
    expect(await at('01890000-0000-7000-8000-000000000000')).toBe('platform.not-found');
    expect((await ask('DELETE', '/api/v1/probe/list')).problem['code']).toBe('platform.route-not-found');
  });

  it('closes a route that carries no mark, and asks strangers to sign in', async () => {
    expect((await ask('GET', '/api/v1/probe/unmarked')).answer.status).toBe(401);
    expect((await ask('GET', '/api/v1/probe/guarded')).problem['code']).toBe('platform.unauthenticated');
  });

  it('says how long to wait', async () => {
    const { answer, problem } = await ask('GET', '/api/v1/probe/slow-down');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '30']);
    expect(problem['detail']).toBe('Too many requests; try again in 30 seconds.');
  });

  it('of a value that the database could not read is the sender’s to mend, and ours to know of', async () => {
    const before = probe.lines.length;
    const { answer, text, problem } = await ask('GET', '/api/v1/probe/unreadable');
    expect([answer.status, problem['code']]).toEqual([400, 'platform.request-invalid']);
    const logged = probe.lines.slice(before).find((line) => line.includes('"sqlState":"22P02"')) ?? '';
    expect(logged).toContain(answer.headers.get('x-request-id') ?? '-');
    expect(text + logged).not.toContain(SECRET);
  });

  it.each(['bug', 'sql', 'text'])(
    'gives nothing away about an error of ours (%s), in answer or log',
    async (path) => {
      const before = probe.lines.length;
      const { answer, text, problem } = await ask('GET', `/api/v1/probe/${path}`);
      expect([answer.status, problem['code']]).toEqual([500, 'platform.internal']);
      expect(text).not.toMatch(/SELECT|nothing\.at_all|TypeError|\.ts|node_modules/);
      expect(text).not.toContain(SECRET);
      const logged = probe.lines.slice(before).join('');
      expect(logged).toContain(answer.headers.get('x-request-id') ?? '-');
      expect(logged).toContain('platform.internal');
      expect(logged).not.toContain(SECRET);
    },
  );
});
