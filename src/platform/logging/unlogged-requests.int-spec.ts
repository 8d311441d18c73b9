import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Public, RequirePermission, Unlogged } from '#platform';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { until } from '../../../test/support/until.js';

@Controller('probe-secret')
class SecretController {
  @Get('told')
  @Public('test')
  told(): object {
    return {};
  }
  @Get('untold')
  @Unlogged('test')
  @Public('test')
  untold(): object {
    return {};
  }
  @Get('refused')
  @Unlogged('test')
  @RequirePermission('nobody:has-this')
  refused(): object {
    return {};
  }
}

describe('a request that must leave no line in the log', () => {
  let probe: ProbeApp;
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [SecretController] });
  });
  afterAll(() => probe.stop());

  const send = async (method: string, path: string) => {
    const answer = await fetch(`${probe.baseUrl}/api/v1/${path}`, { method });
    await answer.text();
    return answer.headers.get('x-request-id') ?? '';
  };
  /** A line is written after its answer: those of a request are there once there is one of the next. */
  const linesOf = async (method: string, path: string): Promise<number> => {
    const id = await send(method, path);
    const next = await send('GET', 'probe-secret/told');
    await until('the line of the next request', () => probe.lines.some((line) => line.includes(next)));
    return probe.lines.filter((line) => line.includes(id)).length;
  };

  it('leaves none, whether it is let in or refused', async () => {
    expect(await linesOf('GET', 'probe-secret/told')).toBe(1);
    expect(await linesOf('GET', 'probe-secret/untold')).toBe(0);
    expect(await linesOf('GET', 'probe-secret/refused')).toBe(0);
  });

  it.each([
    ['PUT', 'bid'],
    ['GET', 'bid'],
    ['POST', 'bid/withdraw'],
  ])('holds for the routes of the own bid: %s %s', async (method, route) => {
    expect(await linesOf(method, `tenders/${newId()}/${route}`)).toBe(0);
  });
});
