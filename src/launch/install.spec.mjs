import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, withBuildLock } from './install.mjs';
import { createProgress } from './progress.mjs';

/**
 * A stand-in for npm and the registry behind it: it writes down what it is asked for, then does what the
 * product's folder says (`on-ci.sh`, `on-install.sh`, `on-run.sh`).
 */
const NPM = `#!/bin/sh
echo "$*" >> npm.log
case "$1" in run) exec /bin/sh ./on-run.sh;; *) exec /bin/sh "./on-$1.sh";; esac
`;
const LOCK = JSON.stringify({
  packages: {
    '': { version: '1.0.0' },
    'node_modules/one': { version: '1.2.3' },
    'node_modules/for-another-system': { version: '2.0.0', optional: true },
  },
});

const programs = mkdtempSync(join(tmpdir(), 'linqiao-npm-'));
writeFileSync(join(programs, 'npm'), NPM);
chmodSync(join(programs, 'npm'), 0o755);
const PATH = process.env['PATH'] ?? '';
afterAll(() => rmSync(programs, { recursive: true, force: true }));

/** @type {string} */
let root;
/** @type {PassThrough} */
let out;
/** @type {import('./progress.mjs').Progress} */
let progress;
beforeEach(() => {
  process.env['PATH'] = `${programs}${delimiter}${PATH}`;
  root = realpathSync(mkdtempSync(join(tmpdir(), 'linqiao-product-')));
  writeFileSync(join(root, 'package-lock.json'), LOCK);
  out = new PassThrough();
  progress = createProgress(/** @type {NodeJS.WriteStream} */ (/** @type {unknown} */ (out)));
});
afterEach(() => {
  process.env['PATH'] = PATH;
  rmSync(root, { recursive: true, force: true });
});

/** @param {string} path @param {string} content */
const write = (path, content) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
};
/** What npm was asked for, without the flags. */
const asked = () =>
  existsSync(join(root, 'npm.log'))
    ? readFileSync(join(root, 'npm.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.replace(/ ?--\S+/g, ''))
    : [];

describe('the packages', () => {
  const install = () => ensureInstalled({ root, progress });
  const stamp = () =>
    JSON.parse(readFileSync(join(root, 'node_modules/.cache/linqiao/install.json'), 'utf8')).lock;
  const hash = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');
  const SUCCEEDS = 'mkdir -p node_modules';

  it('are installed once, and again when the lock file is another', async () => {
    write('on-ci.sh', SUCCEEDS);
    await install();
    await install();
    expect([asked(), stamp()]).toEqual([['ci'], hash(LOCK)]);
    const other = LOCK.replace('1.2.3', '1.2.4');
    write('package-lock.json', other);
    await install();
    expect([asked(), stamp()]).toEqual([['ci', 'ci'], hash(other)]);
  });

  it('are installed anew when an install was broken off', async () => {
    write('on-ci.sh', `${SUCCEEDS}; echo npm error network; exit 1`);
    await expect(install()).rejects.toMatchObject({
      name: 'LaunchProblem',
      message: 'The packages could not be installed:\nnpm error network',
    });
    write('on-ci.sh', SUCCEEDS);
    await install();
    expect(asked()).toEqual(['ci', 'ci']);
  });

  it('that somebody has installed by hand are adopted, when they are those of the lock file', async () => {
    const record = (/** @type {object} */ packages) =>
      write('node_modules/.package-lock.json', JSON.stringify({ packages }));
    write('on-ci.sh', SUCCEEDS);
    record({ 'node_modules/one': { version: '1.2.2' } });
    await install();
    expect(asked()).toEqual(['ci']);
    rmSync(join(root, 'node_modules'), { recursive: true });
    record({});
    await install();
    expect(asked()).toEqual(['ci', 'ci']);
    rmSync(join(root, 'node_modules'), { recursive: true });
    // A package for another system may be absent.
    record({ 'node_modules/one': { version: '1.2.3' } });
    await install();
    expect([asked(), stamp()]).toEqual([['ci', 'ci'], hash(LOCK)]);
  });

  it('are installed by the looser command where npm ci calls the lock file incomplete, which stays as it is', async () => {
    write('on-ci.sh', 'echo "npm error package.json and package-lock.json are not in sync"; exit 1');
    write('on-install.sh', `${SUCCEEDS}; echo changed > package-lock.json`);
    await install();
    expect([asked(), stamp()]).toEqual([['ci', 'install'], hash(LOCK)]);
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).toBe(LOCK);
  });

  it('come with those that only building and testing need, and npm says nothing beside', async () => {
    write('on-ci.sh', SUCCEEDS);
    await install();
    expect(readFileSync(join(root, 'npm.log'), 'utf8')).toBe(
      'ci --include=dev --no-audit --no-fund --loglevel=http\n',
    );
  });

  it('cannot be told without a lock file', async () => {
    rmSync(join(root, 'package-lock.json'));
    mkdirSync(join(root, 'node_modules'));
    await expect(install()).rejects.toMatchObject({
      name: 'LaunchProblem',
      message: expect.stringContaining('has no package-lock.json'),
    });
  });
});

describe('the build', () => {
  const build = () => ensureBuilt({ root, progress });
  /** Writes an output for each source that is there, and takes none away, as the compiler does. */
  const COMPILES = `mkdir -p dist/src node_modules/.cache/tsc; touch node_modules/.cache/tsc/build.tsbuildinfo
    for source in src/*.ts; do cp "$source" "dist/\${source%.ts}.js"; done`;
  beforeEach(() => {
    write('src/main.ts', 'main');
    write('src/old.ts', 'old');
    write('on-run.sh', COMPILES);
  });
  const built = (/** @type {string} */ name) => existsSync(join(root, 'dist/src', name));

  it('is made when a source is another, and has the name of its sources', async () => {
    const first = await build();
    expect([await build(), asked()]).toEqual([first, ['run build']]);
    write('src/main.ts', 'main, changed');
    const second = await build();
    expect([second === first, asked()]).toEqual([false, ['run build', 'run build']]);
    write('src/main.ts', 'main');
    expect(await build()).toBe(first);
  });

  it('is not made for what it does not read', async () => {
    const first = await build();
    for (const path of [
      'src/main.spec.ts',
      'src/main.int-spec.ts',
      'src/x.test-support.ts',
      'src/README.md',
      'test/x.ts',
    ]) {
      write(path, 'new');
    }
    expect([await build(), asked()]).toEqual([first, ['run build']]);
  });

  it('leaves nothing of a source that is gone: a migration that was taken back would still run', async () => {
    await build();
    expect(built('old.js')).toBe(true);
    rmSync(join(root, 'src/old.ts'));
    await build();
    expect([built('old.js'), built('main.js')]).toEqual([false, true]);
  });

  it('is made from nothing where its output was lost, whatever the compiler has noted', async () => {
    await build();
    write('on-run.sh', `test -e node_modules/.cache/tsc/build.tsbuildinfo && exit 0; ${COMPILES}`);
    rmSync(join(root, 'dist/src/main.js'));
    await build();
    expect(built('main.js')).toBe(true);
  });

  it('that failed is made again, and shows the complaints alone', async () => {
    const complaint = 'src/main.ts(1,1): error TS1005: expected';
    write('on-run.sh', `${COMPILES}; echo "${complaint}"; echo "  the source around it"; exit 1`);
    await expect(build()).rejects.toMatchObject({
      name: 'LaunchProblem',
      message: `The build failed:\n${complaint}`,
    });
    write('on-run.sh', COMPILES);
    await build();
    expect(asked()).toEqual(['run build', 'run build']);
  });

  it('and an install of one product wait for each other', async () => {
    /** @type {string[]} */
    const order = [];
    /** @type {() => void} */
    let finish = () => undefined;
    const first = withBuildLock(root, progress, async () => {
      order.push('first begins');
      await new Promise((/** @type {(value: void) => void} */ resolve) => (finish = resolve));
      order.push('first ends');
    });
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = withBuildLock(root, progress, () => Promise.resolve(order.push('second')));
    while (!String(out.read() ?? '').includes(`Waiting for process ${process.pid}`))
      await new Promise((resolve) => setImmediate(resolve));
    finish();
    await Promise.all([first, second]);
    expect(order).toEqual(['first begins', 'first ends', 'second']);
  });
});
