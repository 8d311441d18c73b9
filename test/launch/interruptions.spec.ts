import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Product, removeModel, until } from './product.js';

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

const dataHas = (product: Product, name: RegExp) =>
  product.has('data') && readdirSync(product.path('data')).some((entry) => name.test(entry));

describe('kill -9 of the launcher', () => {
  it.each([
    ['while the cluster is made', {}, (p: Product) => dataHas(p, /^postgres\.new-/)],
    ['while the server starts', {}, (p: Product) => p.has('data/postgres/postmaster.pid')],
    ['during the first migration', { FIXTURE_SLOW: 'migrate' }, (p: Product) => p.has('data/slow-migrate')],
    ['during the seed', { FIXTURE_SLOW: 'seed-demo' }, (p: Product) => p.has('data/slow-seed-demo')],
  ])('%s is made good by the next start', async (_when, env, isThen) => {
    const product = await fresh();
    const first = product.start(env);
    await until('the moment has come', () => isThen(product));
    first.signal('SIGKILL');
    await first.exited;
    // At once, while the orphans may still be there.
    const second = product.start();
    await second.isReady();
    expect(product.steps()).toEqual(['build', 'migrate', 'seed-demo']);
    expect(dataHas(product, /^postgres\.new-/)).toBe(false);
    expect((await product.get('/visit')).visits).toBe(2);
  });

  it('takes everything down with it, and loses no acknowledged visit', async () => {
    const product = await prepared();
    const first = product.start();
    await first.isReady();
    for (let n = 2; n <= 20; n += 1) expect((await product.get('/visit')).visits).toBe(n);
    first.signal('SIGKILL');
    await product.untilNothingRuns();
    const second = product.start();
    await second.isReady();
    expect((await product.get()).visits).toBe(20);
  });

  it('together with all it started loses nothing either', async () => {
    const product = await prepared();
    await product.start().isReady();
    expect((await product.get('/visit')).visits).toBe(2);
    for (const pid of product.processes()) process.kill(pid, 'SIGKILL');
    const second = product.start();
    await second.isReady();
    expect((await product.get()).visits).toBe(2);
  });

  it('leaves a port and a folder that the very next start can use, even if the worker hangs on', async () => {
    const product = await prepared();
    const first = product.start({ FIXTURE_STUBBORN: '60000' });
    await first.isReady();
    first.signal('SIGKILL');
    await first.exited;
    // Do not wait out its grace: the worker would take 15 s.
    const left = JSON.parse(readFileSync(product.path('data/running.json'), 'utf8')) as {
      name: string;
      pid: number;
    }[];
    const worker = left.find(({ name }) => name === 'worker');
    const second = product.start();
    await second.says('ending its');
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await second.isReady();
  });

  it('of npm takes the launcher down as well', async () => {
    const product = await prepared();
    const npm = product.start({}, { npm: true });
    await npm.isReady();
    npm.signal('SIGKILL');
    await product.untilNothingRuns();
  });
});
