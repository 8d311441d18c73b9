import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppConfig } from '../config/app-config.js';
import { startTestApp, type TestApp } from '../../../test/support/app.js';

const LIMIT = 1_000;

describe('uploads', () => {
  let test: TestApp;
  let token: string;
  beforeAll(async () => {
    test = await startTestApp({ http: true, env: { MAX_UPLOAD_BYTES: String(LIMIT) } });
    const account = { login: `up-${randomUUID().slice(0, 8)}`, password: 'Long-enough-83-words' };
    await send('/accounts', JSON.stringify({ ...account, displayName: '上传者' }));
    const opened = await send('/sessions', JSON.stringify({ ...account, deliver: 'bearer' }));
    token = (opened.json as { token: string }).token;
  });
  afterAll(() => test.stop());

  async function send(path: string, body: string | FormData, contentType?: string) {
    const answer = await fetch(`${test.baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: {
        ...(typeof body === 'string' ? { 'Content-Type': contentType ?? 'application/json' } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body,
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  }
  function upload(name: string, content: string | Uint8Array<ArrayBuffer>) {
    const form = new FormData();
    form.append('file', new Blob([content]), name);
    return send('/files', form);
  }
  const kept = async () => {
    const names = await readdir(test.get(AppConfig).filesDir, { recursive: true });
    return names.filter((name) => /[0-9a-f]{64}$/.test(name)).length;
  };

  it('of exactly the limit are kept whole, and one byte more is refused, not cut', async () => {
    const whole = await upload('a.txt', 'a'.repeat(LIMIT - 1));
    expect(whole).toMatchObject({ status: 201, json: { sizeBytes: LIMIT - 1 } });
    const before = await kept();
    expect(await upload('b.txt', 'b'.repeat(LIMIT + 1))).toMatchObject({
      status: 413,
      json: { code: 'platform.payload-too-large' },
    });
    expect(await kept()).toBe(before);
  });

  it('that are refused leave nothing on the disk', async () => {
    const before = await kept();
    expect((await upload('x.exe', new Uint8Array([0x4d, 0x5a, 0, 0]))).json['code']).toBe(
      'files.type-not-allowed',
    );
    expect((await upload('x.txt', '')).json['code']).toBe('files.empty');
    expect(await kept()).toBe(before);
  });

  it('get a name that hides nothing, also where the form gives none', async () => {
    expect((await upload('\u202Egnp.exe', 'x')).json['name']).toBe('_gnp.exe');
    expect((await upload('🙂'.repeat(300), 'x')).json['name']).toBe('🙂'.repeat(200));
    expect((await upload('', 'x')).json['name']).toBe('file');
  });

  it('in a broken form are the sender’s to mend', async () => {
    expect((await send('/files', '{}', 'multipart/form-data')).status).toBe(400);
    expect((await send('/files', '{}', 'multipart/form-data; boundary=x')).status).toBe(400);
    expect((await send('/files', '{}')).status).toBe(415);
  });
});
