import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase } from '../../../test/support/database.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';

/** A wire to the database that can be cut, or carry nothing for a while. */
class Wire {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private silent = false;
  port = 0;

  constructor(private readonly target: URL) {}

  async join(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
      }
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (bytes) => to.write(bytes)).once('close', () => to.destroy());
        if (this.silent) from.pause();
      }
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Both ends stay connected, and neither hears anything of the other: as when a host or a switch hangs. */
  silence(): void {
    this.silent = true;
    for (const socket of this.sockets) socket.pause();
  }

  speak(): void {
    this.silent = false;
    for (const socket of this.sockets) socket.resume();
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
    const answer = await fetch(`${probe.baseUrl}${path}`);
    return { status: answer.status, body: (await answer.json()) as object };
  }

  const ready = { status: 200, body: { status: 'ok', database: 'ok' } };
  const unavailable = { status: 503, body: { status: 'unavailable', database: 'unavailable' } };

  it('is alive and ready while the database answers', async () => {
    expect(await ask('/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask('/health/ready')).toEqual(ready);
  });

  it('says that it is not ready while the database hangs, instead of waiting for it for ever', async () => {
    // A connection that stands already: nothing will ever say that a statement on it is lost.
    expect(await ask('/health/ready')).toEqual(ready);
    wire.silence();
    expect(await ask('/health/ready')).toEqual(unavailable);
    expect((await ask('/health/live')).status).toBe(200);
    wire.speak();
    expect(await ask('/health/ready')).toEqual(ready);
  });

  it('is not ready on a database without the product’s tables', async () => {
    const owner = new pg.Client({ connectionString: probe.database.url });
    await owner.connect();
    await owner.query('ALTER TABLE platform.relay_cursor RENAME TO elsewhere');
    expect(await ask('/health/ready')).toEqual(unavailable);
    await owner.query('ALTER TABLE platform.elsewhere RENAME TO relay_cursor');
    await owner.end();
    expect(await ask('/health/ready')).toEqual(ready);
  });

  it('is alive but not ready while the database is away, and ready again by itself', async () => {
    await wire.cut();
    expect(await ask('/health/ready')).toEqual(unavailable);
    expect((await ask('/health/live')).status).toBe(200);
    // Other routes say that it is not the request's fault and that one may come back.
    expect(await ask('/api/v1/areas')).toMatchObject({ status: 503, body: { code: 'platform.unavailable' } });
    await wire.join();
    expect(await ask('/health/ready')).toEqual(ready);
    expect((await ask('/api/v1/areas')).status).toBe(200);
  });
});
