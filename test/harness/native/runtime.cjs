const { register } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');
const JestRuntime = require('jest-runtime').default;
const { compile } = require('./compile.cjs');

/** Where the hooks' stand-in for `@jest/globals` finds those of the file that runs. */
const GLOBALS = Symbol.for('linqiao.jest-globals');
const CIRCUS_INITIALIZER = /jest-circus\/build\/jestAdapterInit\.js$/;
const CIRCUS_HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Where the lines of a stack stand in the source; asked by the name in a frame. */
class SourceMaps extends Map {
  get(source) {
    if (!/^file:.*\.ts(?:\?|$)/.test(source)) return undefined;
    return compile(fileURLToPath(source.split('?', 1)[0])).mapFile;
  }
}
const SOURCE_MAPS = new SourceMaps();

register('./hooks.mjs', pathToFileURL(__filename));
let files = 0;

/**
 * Runs test files as Node itself would: in the process of the worker, without a `vm` context for each file. The
 * application is loaded and compiled once for all files of a worker and not once for each (two thirds of a layer's
 * time). The price: files that share a worker share what modules and `process` remember, as the tests of one file
 * always did; and there are no module mocks and no fake timers of jest.
 */
module.exports = class NativeRuntime extends JestRuntime {
  setGlobalsForRuntime(globals) {
    globalThis[GLOBALS] = globals;
    const { jest: _, ...injected } = globals;
    Object.assign(globalThis, injected);
  }

  /** The test framework, in our realm too and with nothing left of the file before. */
  requireInternalModule(from, moduleName) {
    if (moduleName !== undefined || !CIRCUS_INITIALIZER.test(from))
      return super.requireInternalModule(from, moduleName);
    Reflect.deleteProperty(globalThis, CIRCUS_HANDLERS);
    delete require.cache[from];
    return require(from);
  }

  getSourceMaps() {
    return SOURCE_MAPS;
  }

  async unstable_importModule(from) {
    files += 1;
    return import(`${pathToFileURL(from).href}?file=${files}`);
  }
};
