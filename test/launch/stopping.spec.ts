import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { freePort, Product, removeModel, until } from './product.js';

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

describe('Ctrl-C', () => {
  it.each([
    ['while the database is made', {}, 'Starting the database'],
    ['during the migration', { FIXTURE_SLOW: 'migrate' }, 'Bringing the database up to date'],
    ['when all runs', {}, 'is ready'],
  ])('%s leaves no process and no lock', async (_when, env, moment) => {
    const product = await fresh();
    const launch = product.start(env);
    await launch.says(moment);
    launch.pressCtrlC();
    expect(await launch.exited).toBe(0);
    expect(product.processes()).toEqual([]);
    expect(dataHas(product, /\.lock$/)).toBe(false);
    expect(launch.output).toContain('Stopped.');
  });

  /** A product whose worker is in the middle of something that it would finish so long after it was asked to stop. */
  const inTheMiddle = async (ms: number) => {
    const product = await prepared();
    const launch = product.start({ FIXTURE_STUBBORN: String(ms) });
    await launch.isReady();
    await until('the worker works', () => product.has('data/working'));
    return { product, launch };
  };

  it('lets a program finish what it began', async () => {
    const { product, launch } = await inTheMiddle(2_000);
    launch.pressCtrlC();
    expect(await launch.exited).toBe(0);
    expect(product.has('data/finished')).toBe(true);
    expect(product.processes()).toEqual([]);
  });

  it('pressed again does not wait for that', async () => {
    // Long, and still within the grace that a program is given.
    const { product, launch } = await inTheMiddle(13_000);
    launch.pressCtrlC();
    await launch.says('once more Ctrl-C does not wait');
    // Two within a second count as one.
    await sleep(1_200);
    launch.pressCtrlC();
    expect(await launch.exited).toBe(0);
    expect(product.has('data/finished')).toBe(false);
    expect(product.processes()).toEqual([]);
  });
});

describe('the lock of the data folder', () => {
  it('tells a second copy who holds the data, and leaves the first one alone', async () => {
    const product = await prepared();
    const first = product.start();
    await first.isReady();
    const second = product.start({ PORT: String(await freePort()) });
    expect(await second.exited).toBe(1);
    expect(second.output).toMatch(/already runs .* process \d+ on port \d+/);
    expect(second.output).toContain(String(product.port));
    expect((await product.get('/visit')).visits).toBe(2);
  });

  const lockOf = (product: Product) =>
    JSON.parse(readFileSync(product.path('data/linqiao.lock'), 'utf8')) as object;
  const placeLock = (product: Product, holder: object) => {
    writeFileSync(product.path('data/linqiao.lock'), JSON.stringify(holder));
  };

  it('is taken over when its process number belongs to another program by now, never from a live holder', async () => {
    const product = await prepared();
    const first = product.start();
    await first.isReady();
    const held = lockOf(product);
    first.pressCtrlC();
    await first.exited;

    // This test process lives, but began at another time than the one that wrote the lock.
    placeLock(product, { ...held, pid: process.pid });
    const second = product.start();
    await second.isReady();
    const live = lockOf(product);

    // The negative control: the same file with a holder that is alive keeps everybody out.
    const third = product.start({ PORT: '1' });
    expect(await third.exited).toBe(1);
    expect(lockOf(product)).toEqual(live);
    second.pressCtrlC();
    await second.exited;
  });

  it('is mended when it is damaged', async () => {
    const product = await prepared();
    writeFileSync(product.path('data/linqiao.lock'), '{"pid":');
    await product.start().isReady();
  });
});

describe('a program that keeps crashing', () => {
  it('stops everything, with its last words', async () => {
    const product = await prepared();
    const launch = product.start({ FIXTURE_CRASH: '1' });
    expect(await launch.exited).toBe(1);
    expect(launch.output.match(/API went down \(exit code 3\); starting it again in \S+ s/g)).toEqual(
      ['0.5', '1', '2', '4'].map((wait) => `API went down (exit code 3); starting it again in ${wait} s`),
    );
    expect(launch.output).toContain('The API went down 5 times within a minute');
    expect(launch.output).toContain('the fixture cannot go on');
    expect(product.processes()).toEqual([]);
  });
});
