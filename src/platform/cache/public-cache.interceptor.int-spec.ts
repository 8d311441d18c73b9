import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Query } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { givenSession } from '../../modules/identity/sessions/sessions.given.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { until } from '../../../test/support/until.js';
import { Public } from '../authorization/decorators.js';
import { platformErrors } from '../platform.errors.js';
import { PublicCached } from './public-cache.interceptor.js';

@Controller('probe-cache')
class ProbeController {
  reads = 0;

  /** Every reading of it is another. */
  @Get('counted')
  @Public('a probe of the tests')
  @PublicCached()
  counted(@Query('q') q: string): object {
    return { q, read: (this.reads += 1) };
  }
  @Get('uncached')
  @Public('a probe of the tests')
  uncached(): object {
    return { read: (this.reads += 1) };
  }
  @Get('steady')
  @Public('a probe of the tests')
  @PublicCached()
  steady(): object {
    return { always: 'the same' };
  }
  @Get('refused')
  @Public('a probe of the tests')
  @PublicCached()
  refused(): object {
    this.reads += 1;
    throw platformErrors.notFound();
  }
}

describe('a public answer', () => {
  let probe: ProbeApp;
  let token: string;
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [ProbeController] });
    const account = newId();
    await probe.sql(
      `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
       VALUES ($1, 'probe-cache', '测试人员', now(), 'test')`,
      [account],
    );
    token = await givenSession(probe, account);
  });
  afterAll(() => probe.stop());

  const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${probe.baseUrl}/api/v1/probe-cache/${path}`, { headers });
  const readOf = async (path: string, headers: Readonly<Record<string, string>> = {}) =>
    ((await (await ask(path, headers)).json()) as { read: number }).read;
  const signedIn = () => ({ authorization: `Bearer ${token}` });

  it('is shared for a moment by everybody who asks the same, and by nobody who asks something else', async () => {
    // It is kept for a second; on a busy machine two requests may lie further apart than that.
    await until('two readers of one reading', async () => {
      const [one, other] = [await readOf('counted?q=a'), await readOf('counted?q=a')];
      return one === other;
    });
    expect(await readOf('counted?q=b')).not.toBe(await readOf('counted?q=c'));
    const counted = (await (await ask('counted?q=d')).json()) as { q: string };
    expect(counted.q).toBe('d');
  });

  it('is fresh each time for whoever is signed in, and where nothing is said of sharing', async () => {
    for (const read of [() => readOf('counted?q=a', signedIn()), () => readOf('uncached')]) {
      const reads = [];
      for (let n = 0; n < 4; n += 1) reads.push(await read());
      expect(new Set(reads).size).toBe(4);
    }
    const answer = await ask('counted?q=a', signedIn());
    expect(answer.headers.get('cache-control')).toBeNull();
  });

  it('may be kept by browsers for a second, and is not sent again to who has it', async () => {
    const answer = await ask('steady');
    const { status, headers } = answer;
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'public, max-age=1',
    ]);
    expect(await answer.json()).toEqual({ always: 'the same' });
    const etag = headers.get('etag') ?? '';
    const again = await ask('steady', { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const stale = await ask('steady', { 'if-none-match': '"of another answer"' });
    expect([stale.status, await stale.json()]).toEqual([200, { always: 'the same' }]);
  });

  it('that is a refusal is given to nobody else', async () => {
    const { reads } = probe.get(ProbeController);
    for (let n = 0; n < 3; n += 1) expect((await ask('refused')).status).toBe(404);
    expect(probe.get(ProbeController).reads).toBe(reads + 3);
  });
});
