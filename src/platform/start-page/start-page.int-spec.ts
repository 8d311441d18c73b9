import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { loadConfig } from '../config/app-config.js';
import { DemoLoginsController } from './demo-logins.controller.js';

const LOGINS = [{ login: 'finance', password: 'fictional', role: { zh: '财务人员', en: 'Finance officer' } }];

describe('the start page and the description of the interface', () => {
  let test: TestApp;
  let folder: string;
  const get = (path: string) => fetch(test.baseUrl + path, { redirect: 'manual' });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linqiao-start-'));
    test = await startTestApp({ http: true, env: { DEMO_LOGINS_FILE: join(folder, 'logins.json') } });
  });
  afterAll(async () => {
    await test.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('serves the page with everything it refers to, from this host only', async () => {
    const answer = await get('/');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await answer.text();
    expect(html).toMatch(/^<!doctype html>\s*<html lang="zh-CN">/);
    const references = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, to = '']) => to);
    expect(references.length).toBeGreaterThan(8);
    for (const to of references.filter((reference) => !reference.startsWith('#'))) {
      expect(to).toMatch(/^\/(?!\/)/);
      expect([to, (await get(to)).status]).toEqual([to, 200]);
    }
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/);
  });

  it('serves nothing else of the folder or of the disk', async () => {
    for (const path of [
      '/README.md',
      '/package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/start.css/',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('shows the demo logins where there are any, and nowhere in production', async () => {
    expect((await get('/api/v1/demo/logins')).status).toBe(404);
    await writeFile(
      join(folder, 'logins.json'),
      JSON.stringify(LOGINS.map((login) => ({ ...login, note: 'x' }))),
    );
    const answer = await get('/api/v1/demo/logins');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toEqual(LOGINS);
    const settings = { DATABASE_URL: 'postgres://somewhere/else', DEMO_LOGINS_FILE: 'logins.json' };
    expect(loadConfig(settings).demoLoginsFile).toBe('logins.json');
    const production = loadConfig({ ...settings, NODE_ENV: 'production' });
    expect(production.demoLoginsFile).toBeUndefined();
    await expect(new DemoLoginsController(production).logins()).rejects.toMatchObject({
      code: 'platform.not-found',
    });
  });

  it('describes every route: who may, what a refusal looks like, which need an idempotency key', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as Description;
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(60);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.responses['default']).toEqual({ $ref: '#/components/responses/Problem' });
      // Either a permission and a session, or neither.
      expect([operation.operationId, operation.security.length > 0]).toEqual([
        operation.operationId,
        operation['x-permission'] !== undefined,
      ]);
    }
    const award = document.paths['/api/v1/sign-ups/{id}/cancel']?.['post'];
    expect(award?.parameters).toContainEqual(
      expect.objectContaining({ name: 'Idempotency-Key', required: true }),
    );
    expect(document.components.responses).toHaveProperty(['Problem', 'content', 'application/problem+json']);
  });

  it('serves the page to read and try it without a foreign host', async () => {
    const html = await (await get('/api/docs')).text();
    expect(html).not.toMatch(/(?:href|src)="(?:https?:)?\/\//);
    const references = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, to = '']) => to);
    expect(references.length).toBeGreaterThan(4);
    for (const to of references) expect([to, (await get(to)).status]).toEqual([to, 200]);
    const bundle = await get('/api/docs/swagger-ui-bundle.js');
    const again = await fetch(bundle.url, { headers: { 'if-none-match': bundle.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect(await (await get('/api/docs/start.js')).text()).toContain('validatorUrl: null');
  });
});

interface Description {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        readonly operationId: string;
        readonly security: readonly object[];
        readonly responses: Record<string, object>;
        readonly parameters?: readonly object[];
        readonly 'x-permission'?: string;
      }
    >
  >;
  readonly components: { readonly responses: object };
}
