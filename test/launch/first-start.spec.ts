import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { startEmbeddedPostgres } from '../../src/launch/embedded-postgres.mjs';
import { isRoot, ORDINARY_UID, othersCanReadUs, Product, removeModel, until } from './product.js';

const products: Product[] = [];
const keep = (product: Product) => {
  products.push(product);
  return product;
};
const fresh = async () => keep(await Product.create());
const prepared = async () => keep(await Product.prepared());
afterEach(async () => {
  await Promise.all(products.splice(0).map((product) => product.remove()));
});
afterAll(removeModel);

const capable =
  spawnSync('setpriv', [
    `--reuid=${ORDINARY_UID}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    'true',
  ]).status === 0;

describe('npm start', () => {
  it('brings up everything, shows the demo logins, and keeps them for a second start that does nothing twice', async () => {
    const product = await fresh();
    const first = product.start();
    await first.isReady();
    expect(product.steps()).toEqual(['build', 'migrate', 'seed-demo']);
    expect(first.output).toContain(`http://127.0.0.1:${product.port}`);
    await until('the demo logins are shown', () => /居民\s+resident\s+wang\s+demo-1/.test(first.output));
    expect((await product.get('/visit')).visits).toBe(2);

    first.pressCtrlC();
    expect(await first.exited).toBe(0);
    expect(product.processes()).toEqual([]);

    const cluster = product.cluster();
    const second = product.start();
    await second.isReady();
    // Nothing that takes its time is done again.
    expect(product.steps()).toEqual(['build', 'migrate', 'seed-demo']);
    expect(second.output).not.toMatch(/Installing|Building|up to date|Seeding/);
    expect(product.cluster()).toBe(cluster);
    expect((await product.get()).visits).toBe(2);
  });

  it('builds again when a source changed, but not when it was only touched', async () => {
    const product = await prepared();
    const begin = async () => {
      const launch = product.start();
      await launch.isReady();
      launch.pressCtrlC();
      await launch.exited;
    };
    utimesSync(product.path('src/worker.js'), new Date(), new Date());
    await begin();
    expect(product.steps()).toEqual([]);
    writeFileSync(product.path('src/new.js'), 'export const change = 1;\n');
    await begin();
    expect(product.steps()).toEqual(['build', 'migrate']);
  });

  it('installs again when the lock file changed', async () => {
    const product = await prepared();
    writeFileSync(product.path('node_modules/.cache/linqiao/install.json'), '{"lock":"another"}');
    const launch = product.start();
    await launch.says('Installing packages');
    await launch.isReady();
  });

  it('loads the demo district unless told not to, also later', async () => {
    const product = await prepared();
    // As if it had never been started on this cluster.
    rmSync(product.path('data/launch-state.json'));
    const without = product.start({ LINQIAO_DEMO: '0' });
    await without.isReady();
    expect(product.steps()).toEqual(['migrate']);
    without.pressCtrlC();
    await without.exited;
    await product.start().isReady();
    expect(product.steps()).toEqual(['migrate', 'seed-demo']);
  });

  it('works on a database of somebody else: brings it up to date each time, and seeds it only when asked', async () => {
    const [theirs, product] = [await prepared(), await prepared()];
    const server = await startEmbeddedPostgres({ dataDir: theirs.path('data') });
    try {
      for (const env of [{}, { LINQIAO_DEMO: '1' }]) {
        const launch = product.start({ DATABASE_URL: server.url, ...env });
        await launch.isReady();
        expect(product.has('data/postgres/postmaster.pid')).toBe(false);
        launch.pressCtrlC();
        expect(await launch.exited).toBe(0);
      }
      expect(product.steps()).toEqual(['migrate', 'migrate', 'seed-demo']);
      // It was not ours to stop.
      expect(theirs.postmaster()).toBe(server.pid);
    } finally {
      await server.stop();
    }
  });

  it('tells its programs where they are, without taking away what the caller has set', async () => {
    const product = await prepared();
    const launch = product.start({ PUBLIC_URL: 'https://bridge.example', LOG_LEVEL: 'debug' });
    await launch.isReady();
    const settings = await product.get<Record<string, string | number>>('/settings');
    expect(settings).toMatchObject({
      PORT: String(product.port),
      PUBLIC_URL: 'https://bridge.example',
      LOG_LEVEL: 'debug',
      LINQIAO_DATA_DIR: product.path('data'),
      DEMO_LOGINS_FILE: product.path('data/demo-logins.json'),
      DATABASE_URL: expect.stringMatching(/^postgres:\/\/linqiao:[0-9a-f]{32}@127\.0\.0\.1:\d+\/linqiao$/),
    });
    // Room for the database and the worker on a small machine.
    expect(Number(settings['memoryMb'])).toBeLessThan(1_400);
  });

  (othersCanReadUs ? it : it.skip)('works for an ordinary user', async () => {
    const product = await fresh();
    product.giveAway();
    const launch = product.start({}, { uid: ORDINARY_UID });
    await launch.isReady();
    expect((await product.get('/visit')).visits).toBe(2);
  });

  (isRoot && capable ? it : it.skip)('works as root in a folder closed to everybody else', async () => {
    const product = await fresh();
    mkdirSync(product.path('closed'));
    chmodSync(product.path('closed'), 0o700);
    const launch = product.start({ LINQIAO_DATA_DIR: product.path('closed/data') });
    await launch.isReady();
    expect((await product.get('/visit')).visits).toBe(2);
  });

  it('starts a program again that went down, and the database too', async () => {
    const product = await prepared();
    const launch = product.start();
    await launch.isReady();
    const { pid } = await product.get('/visit');
    await product.get('/crash').catch(() => undefined);
    await launch.says('The API went down (exit code 4)');
    await until('the API answers again', () => answers(product));
    expect((await product.get()).pid).not.toBe(pid);

    process.kill(product.postmaster(), 'SIGKILL');
    await launch.says('The database went down');
    await until('the database answers again', () => answers(product));
    expect((await product.get()).visits).toBe(2);
  });
});

async function answers(product: Product): Promise<boolean> {
  return product.get().then(
    () => true,
    () => false,
  );
}
