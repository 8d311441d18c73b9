import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Public, RequirePermission, Unlogged } from '#platform';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';

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

  const linesAfter = async (method: string, path: string): Promise<readonly string[]> => {
    const before = probe.lines.length;
    await (await fetch(`${probe.baseUrl}/api/v1/${path}`, { method })).text();
    // The line is written after the answer.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return probe.lines.slice(before);
  };

  it('leaves none, whether it is let in or refused', async () => {
    expect(await linesAfter('GET', 'probe-secret/told')).toHaveLength(1);
    expect(await linesAfter('GET', 'probe-secret/untold')).toEqual([]);
    expect(await linesAfter('GET', 'probe-secret/refused')).toEqual([]);
  });

  it.each([
    ['PUT', 'bid'],
    ['GET', 'bid'],
    ['POST', 'bid/withdraw'],
  ])('holds for the routes of the own bid: %s %s', async (method, route) => {
    expect(await linesAfter(method, `tenders/${newId()}/${route}`)).toEqual([]);
  });
});
