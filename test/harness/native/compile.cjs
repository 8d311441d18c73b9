const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync, version } = require('@swc/core');

const cacheFolder = join(__dirname, '..', '..', '..', 'node_modules', '.cache', 'compiled-for-tests');

/** How tests, and sources for tests, are compiled. */
const swcOptions = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

/** What the front doors of libraries, platform and modules are called, and where they are. */
const frontDoors = [
  ['^#libs/(.*)$', 'libs/$1/index.ts'],
  ['^#platform$', 'src/platform/index.ts'],
  ['^#modules/(.*)$', 'src/modules/$1/index.ts'],
];

/**
 * Compiles a TypeScript file, unless that was done before.
 *
 * @param {string} path
 * @returns {{ codeFile: string, mapFile: string }}
 */
function compile(path) {
  const source = readFileSync(path, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([version, swcOptions, path, source]))
    .digest('hex');
  const files = { codeFile: join(cacheFolder, `${key}.js`), mapFile: join(cacheFolder, `${key}.js.map`) };
  if (existsSync(files.codeFile)) return files;
  const { code, map = '' } = transformSync(source, {
    ...swcOptions,
    swcrc: false,
    filename: path,
    sourceMaps: true,
  });
  mkdirSync(cacheFolder, { recursive: true });
  write(files.mapFile, map);
  write(files.codeFile, code);
  return files;
}

/**
 * Several workers write the same file at a time, and none may read half of it.
 *
 * @param {string} file @param {string} text
 */
function write(file, text) {
  const part = `${file}.${process.pid}.${Math.random()}`;
  writeFileSync(part, text);
  renameSync(part, file);
}

module.exports = { compile, frontDoors, swcOptions };
