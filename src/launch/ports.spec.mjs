import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { chooseLoopbackPort, probePort } from './ports.mjs';

describe('a port', () => {
  /** @type {import('node:net').Server[]} */
  const servers = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });
  /** @param {number} port */
  const take = async (port) => {
    const server = createServer();
    servers.push(server);
    await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  };

  it('is free until somebody listens there, and looking at it leaves it free', async () => {
    const port = await chooseLoopbackPort();
    expect([await probePort(port, '127.0.0.1'), await probePort(port, '127.0.0.1')]).toEqual([
      'free',
      'free',
    ]);
    await take(port);
    expect(await probePort(port, '127.0.0.1')).toBe('taken');
  });

  it('that is to be kept lies outside the range from which the system takes ports for others', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => chooseLoopbackPort()));
    expect(ports.filter((port) => port < 15_000 || port >= 30_000)).toEqual([]);
    expect(new Set(ports).size).toBeGreaterThan(10);
  });
});
