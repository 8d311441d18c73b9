import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
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
  it('brings up everything, shows the demo logins, and keeps the data for a quick second start', async () => {
    const product = await fresh();
    const first = product.start();
    await first.isReady();
    expect(product.steps()).toEqual(['build', 'migrate', 'seed-demo']);
    expect(first.output).toContain(`http://127.0.0.1:${product.port}`);
    expect(first.output).toMatch(/居民\s+resident\s+wang\s+demo-1/);
    expect((await product.get('/visit')).visits).toBe(2);

    first.pressCtrlC();
    expect(await first.exited).toBe(0);
    expect(product.processes()).toEqual([]);

    const begun = performance.now();
    const second = product.start();
    await second.isReady();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(product.steps()).toHaveLength(3);
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
