import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Req } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { until } from '../../../test/support/until.js';
import { loadConfig } from '../config/app-config.js';
import { RequestContext } from '../context/request-context.js';
import { createLogger } from '../logging/logger.js';
import { ProblemFilter } from '../problem/problem.filter.js';
import { configureHttpApp, createHttpAdapter, localeOf } from './create-app.js';
import { IfMatch, mustMatchVersion } from './if-match.js';

@Controller()
class ProbeController {
  constructor(private readonly context: RequestContext) {}

  @Get('probe/address')
  address(@Req() request: FastifyRequest): object {
    return { ip: request.ip, protocol: request.protocol };
  }
  @Get('probe/names/:name')
  name(@Param('name') name: string): object {
    return { length: name.length };
  }
  @Get('probe/request')
  request(): object {
    return { id: this.context.requestId };
  }
  @Get('probe/version')
  version(@IfMatch() seen: number): object {
    mustMatchVersion(7, seen);
    return { seen };
  }
  @Post('probe/body')
  @HttpCode(200)
  body(@Body() body: { text: string }): object {
    return { length: body.text.length };
  }
  @Post('probe/nulls')
  @HttpCode(200)
  nulls(@Body() body: object): object {
    return { seen: body };
  }
  @Post('probe/forms')
  @HttpCode(200)
  async form(@Req() request: FastifyRequest): Promise<object> {
    const parts: string[] = [];
    for await (const part of request.parts()) {
      if (part.type === 'file') await part.toBuffer();
      parts.push(part.fieldname);
    }
    return parts;
  }
}
@Module({
  providers: [RequestContext, { provide: APP_FILTER, useClass: ProblemFilter }],
  controllers: [ProbeController],
})
class ProbeModule {}

/** What the platform adds to every request, around an application that has nothing else and no database. */
async function startHttp(env: Readonly<Record<string, string>> = {}) {
  const config = loadConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', ...env });
  const lines: string[] = [];
  const app = await NestFactory.create<NestFastifyApplication>(ProbeModule, createHttpAdapter(config), {
    logger: false,
    abortOnError: false,
  });
  await configureHttpApp(
    app,
    config,
    createLogger('info', 'probe', { write: (line: string) => void lines.push(line) }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const baseUrl = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  return { app, lines, ask: (path: string, init?: RequestInit) => fetch(`${baseUrl}/api/v1${path}`, init) };
}
type Running = Awaited<ReturnType<typeof startHttp>>;

describe('every request', () => {
  let plain: Running;
  let secure: Running;
  beforeAll(async () => {
    plain = await startHttp();
    secure = await startHttp({ COOKIE_SECURE: 'true', TRUSTED_PROXY_HOPS: '1', MAX_UPLOAD_BYTES: '10' });
  });
  afterAll(() => Promise.all([plain.app.close(), secure.app.close()]));

  const headersOf = async ({ ask }: Running) => Object.fromEntries((await ask('/probe/request')).headers);
  const read = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;

  it('is answered with a policy that lets a page load from this host only, and be framed by nobody', async () => {
    const policy = String((await headersOf(plain))['content-security-policy']);
    const directives = Object.fromEntries(
      policy.split(';').map((directive) => {
        const [name = '', ...values] = directive.trim().split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(directives).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'script-src-attr': "'none'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
      'form-action': "'self'",
      'base-uri': "'self'",
    });
    expect(await headersOf(plain)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  it('is sent to https for good where the cookie is, and never where there is no https', async () => {
    const [open, closed] = [await headersOf(plain), await headersOf(secure)];
    expect(open['strict-transport-security']).toBeUndefined();
    expect(open['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(closed['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
    expect(closed['content-security-policy']).toContain('upgrade-insecure-requests');
  });

  it('comes from the address that its own proxies vouch for, whatever it claims itself', async () => {
    const seen = ({ ask }: Running, forwarded: string) =>
      read<{ ip: string; protocol: string }>(
        ask('/probe/address', {
          headers: { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' },
        }),
      );
    expect(await seen(plain, '1.1.1.1')).toEqual({ ip: '127.0.0.1', protocol: 'http' });
    expect(await seen(secure, '1.1.1.1')).toEqual({ ip: '1.1.1.1', protocol: 'https' });
    expect((await seen(secure, '6.6.6.6, 1.1.1.1')).ip).toBe('1.1.1.1');
  });

  it('has an id of ours: one that it brings along is not taken over', async () => {
    const headers = { 'x-request-id': 'forged', 'request-id': 'forged' };
    const answer = await plain.ask('/probe/request', { headers });
    const { id } = (await answer.json()) as { id: string };
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(answer.headers.get('x-request-id')).toBe(id);
  });

  it('leaves one line that says route, status, time and the code of a refusal, and nothing of the address or of who asks', async () => {
    const answer = await secure.ask('/probe/names/secret-name?q=secret-query', {
      headers: {
        'user-agent': 'secret-agent',
        cookie: 'linqiao=secret-cookie',
        'x-forwarded-for': '6.6.6.6',
      },
    });
    const lost = await secure.ask('/nowhere/secret-path');
    const lineOf = ({ headers }: Response) =>
      secure.lines.find((line) => line.includes(headers.get('x-request-id') ?? '-')) ?? '';
    // A line is written after its answer.
    await until('both lines', () => lineOf(answer) !== '' && lineOf(lost) !== '');
    expect(JSON.parse(lineOf(answer))).toEqual({
      ...{ level: 'info', time: expect.any(String), service: 'probe' },
      ...{ requestId: answer.headers.get('x-request-id'), method: 'GET', route: '/api/v1/probe/names/:name' },
      ...{ status: 200, ms: expect.any(Number) },
    });
    expect(JSON.parse(lineOf(lost))).toEqual({
      ...{ level: 'info', time: expect.any(String), service: 'probe' },
      ...{ requestId: lost.headers.get('x-request-id'), method: 'GET', status: 404, ms: expect.any(Number) },
      ...{ route: expect.not.stringContaining('path'), code: 'platform.route-not-found' },
    });
    expect(lineOf(answer) + lineOf(lost)).not.toMatch(/secret-|6\.6\.6\.6/);
  });

  it('has a body of a mebibyte at most', async () => {
    const send = (length: number) =>
      plain.ask('/probe/body', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"text":"${'x'.repeat(length - '{"text":""}'.length)}"}`,
      });
    expect((await send(1024 * 1024)).status).toBe(200);
    expect((await send(1024 * 1024 + 1)).status).toBe(413);
  });

  it('that says null of a field says nothing of it', async () => {
    const body = JSON.stringify({ a: null, b: { c: null, d: 0 }, e: [null, { f: null }] });
    const headers = { 'content-type': 'application/json' };
    expect(await read(plain.ask('/probe/nulls', { method: 'POST', headers, body }))).toEqual({
      seen: { b: { d: 0 }, e: [null, {}] },
    });
  });

  it('has parts of its path of 200 characters at most', async () => {
    const named = async (length: number) => (await plain.ask(`/probe/names/${'n'.repeat(length)}`)).status;
    expect([await named(200), await named(201)]).toEqual([200, 414]);
  });

  it('that changes something says which version it saw, and is refused when that has moved on', async () => {
    const change = (version?: string) =>
      read<object>(
        plain.ask('/probe/version', version === undefined ? {} : { headers: { 'if-match': version } }),
      );
    expect([await change('"7"'), await change('7')]).toEqual([{ seen: 7 }, { seen: 7 }]);
    for (const version of ['"6"', '"8"', '0']) {
      expect(await change(version)).toMatchObject({ code: 'platform.version-mismatch', status: 412 });
    }
    for (const version of [undefined, '', '*', 'W/"7"', '"7", "8"', '-7', '7.0', '"0000000007"']) {
      expect(await change(version)).toMatchObject({ code: 'platform.version-required', status: 412 });
    }
  });

  it('brings one file and a few short fields in a form, and no more', async () => {
    const form = (fields: number, ...files: readonly string[]) => {
      const body = new FormData();
      for (let at = 1; at <= fields; at += 1) body.append(`f${at}`, 'x');
      for (const content of files) body.append('file', new Blob([content]), 'a.txt');
      return secure.ask('/probe/forms', { method: 'POST', body });
    };
    expect(await read(form(5, 'x'.repeat(9)))).toEqual(['f1', 'f2', 'f3', 'f4', 'f5', 'file']);
    for (const more of [form(0, 'x', 'x'), form(6, 'x'), form(0, 'x'.repeat(11))]) {
      expect((await more).status).toBe(413);
    }
  });
});

describe('the language of an answer', () => {
  it.each([
    ['en', 'en'],
    ['en-GB,en;q=0.9,zh;q=0.1', 'en'],
    [' EN ', 'en'],
    ['zh-CN,en;q=0.9', 'zh-CN'],
    ['fr,en', 'zh-CN'],
    ['', 'zh-CN'],
    [undefined, 'zh-CN'],
  ] as const)('for a reader of %p is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});
