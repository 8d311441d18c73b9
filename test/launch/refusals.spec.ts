import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isRoot, ORDINARY_UID, othersCanReadUs, Product } from './product.js';

const products: Product[] = [];
const fresh = async () => {
  const product = await Product.create();
  products.push(product);
  return product;
};
afterEach(async () => {
  await Promise.all(products.splice(0).map((product) => product.remove()));
});

describe('npm start says what is wrong', () => {
  it('names a port that is taken, before it does anything heavy', async () => {
    const product = await fresh();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(product.port, '127.0.0.1', resolve));
    try {
      const launch = product.start();
      expect(await launch.exited).toBe(1);
      expect(launch.output).toContain(`Port ${product.port} on 127.0.0.1 is taken`);
      expect(launch.output).not.toContain('    at ');
      expect(product.steps()).toEqual([]);
      expect(product.has('data/postgres')).toBe(false);
    } finally {
      other.close();
    }
  });

  it.each(['http', '0', '-1', '65536', '3000.5', ' '])('refuses a port that is none: "%s"', async (port) => {
    const product = await fresh();
    const launch = product.start({ PORT: port });
    expect(await launch.exited).toBe(1);
    expect(launch.output).toContain(`PORT=${port} is not a port`);
    expect(product.has('data')).toBe(false);
  });

  (!isRoot || othersCanReadUs ? it : it.skip)('names a data folder that cannot be written', async () => {
    const product = await fresh();
    mkdirSync(product.path('locked'));
    chmodSync(product.path('locked'), 0o555);
    const env = { LINQIAO_DATA_DIR: product.path('locked/data') };
    // Root may write anywhere.
    const launch = product.start(env, isRoot ? { uid: ORDINARY_UID } : {});
    expect(await launch.exited).toBe(1);
    expect(launch.output).toContain(`The data folder ${product.path('locked/data')} cannot be used`);
    expect(launch.output).toContain('may not write there');
    expect(launch.output).not.toContain('    at ');
  });

  it('names a file that lies where the data folder should be', async () => {
    const product = await fresh();
    writeFileSync(product.path('data'), '');
    const launch = product.start();
    expect(await launch.exited).toBe(1);
    expect(launch.output).toContain('a file of that name is in the way');
  });

  it('shows why a step failed and succeeds once it is mended', async () => {
    const product = await fresh();
    writeFileSync(product.path('build.js'), 'console.error("the fixture is broken"); process.exit(1);\n');
    const launch = product.start();
    expect(await launch.exited).toBe(1);
    expect(launch.output).toContain('the fixture is broken');
    expect(product.processes()).toEqual([]);
  });
});
