import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';

describe('odd requests', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
  });
  afterAll(() => test.stop());

  async function post(path: string, body: string, contentType = 'application/json') {
    const answer = await fetch(`${test.baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body,
    });
    return { status: answer.status, problem: (await answer.json()) as { code: string; errors?: object[] } };
  }
  const get = async (path: string) => {
    const answer = await fetch(`${test.baseUrl}/api/v1${path}`);
    return { status: answer.status, problem: (await answer.json()) as { code: string; errors?: object[] } };
  };

  it('are refused by name where their text cannot be kept, in body, query and path', async () => {
    const body = JSON.stringify({ login: 'somebody', displayName: 'a\u0000b', password: 'a-long-Pass-9x1' });
    expect(await post('/accounts', body)).toMatchObject({
      status: 400,
      problem: {
        code: 'platform.request-invalid',
        errors: [{ pointer: '/displayName', code: 'isKeepableText' }],
      },
    });
    expect(await get('/areas?q=a%00b')).toMatchObject({
      status: 400,
      problem: { errors: [{ pointer: '/q' }] },
    });
    expect(await get('/areas/%00')).toMatchObject({
      status: 400,
      problem: { errors: [{ pointer: '/code' }] },
    });
  });

  it('are refused by their shape alone, before the costly rules: thousands of fields, endless nesting', async () => {
    const wide = `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
    const deep = `{"login":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await post('/sessions', wide)).toMatchObject({
      status: 400,
      problem: { errors: [{ pointer: '', code: 'tooManyNames' }] },
    });
    expect(await post('/sessions', deep)).toMatchObject({
      status: 400,
      problem: { errors: [{ pointer: '/login/0', code: 'listInList' }] },
    });
  });

  it('are refused where a cursor is forged', async () => {
    const cursor = Buffer.from(JSON.stringify(['-publishedAt', 'junk', 'junk'])).toString('base64url');
    expect(await get(`/tenders?cursor=${cursor}`)).toMatchObject({
      status: 400,
      problem: { code: 'platform.cursor-invalid' },
    });
  });
});
