import { join } from 'node:path';
import { frontDoors, swcOptions } from './harness/native/compile.cjs';

const rootDir = join(import.meta.dirname, '..');

/** One project per layer, so that `npm run jest -- --selectProjects unit` runs just that layer. */
const shared = {
  rootDir,
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  moduleNameMapper: {
    ...Object.fromEntries(frontDoors.map(([name, file]) => [name, `<rootDir>/${file}`])),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcOptions, sourceMaps: 'inline' }] },
};
/** The whole application is loaded in nearly every file of these layers: once for all files of a worker, by Node itself. */
const onDatabase = {
  runtime: '<rootDir>/test/harness/native/runtime.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
const layer = (displayName, testMatch, extra = {}) => ({
  ...shared,
  displayName,
  testMatch: testMatch.map((p) => `<rootDir>/${p}`),
  ...extra,
});

export default {
  rootDir,
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default'],
  testSequencer: join(import.meta.dirname, 'harness', 'slow-first.cjs'),
  projects: [
    layer('unit', ['src/**/*.spec.ts', 'libs/**/*.spec.ts']),
    layer('architecture', ['test/architecture/**/*.spec.ts']),
    layer('integration', ['src/**/*.int-spec.ts', 'libs/**/*.int-spec.ts'], onDatabase),
    layer('concurrency', ['test/concurrency/**/*.spec.ts'], onDatabase),
    layer('faults', ['test/faults/**/*.spec.ts'], onDatabase),
    layer('e2e', ['test/e2e/**/*.spec.ts'], onDatabase),
    layer('launch', ['test/launch/**/*.spec.ts', '{src/launch,test/harness}/*.spec.mjs']),
    layer('browser', ['test/browser/**/*.spec.ts'], onDatabase),
  ],
};
