import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase } from '../../../test/support/database.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';

/** A wire to the database that can be cut. */
class Wire {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  port = 0;

  constructor(private readonly target: URL) {}

  async join(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server?.close();
    if (this.server) await once(this.server, 'close');
  }
}

describe('the health of the API', () => {
  let probe: ProbeApp;
  let wire: Wire;
  beforeAll(async () => {
    const database = await cloneDatabase();
    const url = new URL(database.url);
    wire = new Wire(new URL(database.url));
    await wire.join();
    url.hostname = '127.0.0.1';
    url.port = String(wire.port);
    probe = await startProbeApp({ database, env: { DATABASE_URL: url.toString() } });
  });
  afterAll(async () => {
    await probe.stop();
    await wire.cut();
  });

  async function ask(path: string) {
    const began = performance.now();
    const answer = await fetch(`${probe.baseUrl}${path}`);
    return { status: answer.status, body: (await answer.json()) as object, ms: performance.now() - began };
  }

  it('is alive and ready while the database answers', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok', database: 'ok' } });
  });

  it('is alive but not ready while the database is away, and ready again by itself', async () => {
    await wire.cut();
    const away = await ask('/health/ready');
    expect(away).toMatchObject({ status: 503, body: { status: 'unavailable', database: 'unavailable' } });
    expect(away.ms).toBeLessThan(5_000);
    expect((await ask('/health/live')).status).toBe(200);
    // Other routes say that it is not the request's fault and that one may come back.
    expect(await ask('/api/v1/areas')).toMatchObject({ status: 503, body: { code: 'platform.unavailable' } });
    await wire.join();
    expect((await ask('/health/ready')).status).toBe(200);
    expect((await ask('/api/v1/areas')).status).toBe(200);
  });
});
