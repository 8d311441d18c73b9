import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile, frontDoors } from './compile.cjs';

const root = join(import.meta.dirname, '..', '..', '..');
const rootUrl = `${pathToFileURL(root).href}/`;
const JEST_GLOBALS = 'linqiao:jest-globals';

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: JEST_GLOBALS, format: 'module', shortCircuit: true };
  const parent = context.parentURL;
  if (parent === undefined || !parent.startsWith(rootUrl) || parent.includes('/node_modules/')) {
    return next(specifier, context);
  }
  for (const [pattern = '', target = ''] of frontDoors) {
    const name = new RegExp(pattern);
    if (name.test(specifier)) {
      const url = rootUrl + specifier.replace(name, target);
      return { url, format: 'module', shortCircuit: true };
    }
  }
  if (/^\.{1,2}\/.*\.js$/.test(specifier)) {
    const url = new URL(`${specifier.slice(0, -'.js'.length)}.ts`, parent);
    url.search = '';
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export function load(url, context, next) {
  if (url === JEST_GLOBALS)
    return { format: 'module', source: globalsOfTheFileThatRuns(), shortCircuit: true };
  const path = url.startsWith(rootUrl) ? fileURLToPath(url.split('?', 1)[0] ?? url) : '';
  if (!path.endsWith('.ts')) return next(url, context);
  return { format: 'module', source: readFileSync(compile(path).codeFile, 'utf8'), shortCircuit: true };
}

/** Modules are kept from file to file, the globals are new in each: every use asks for those of now. */
function globalsOfTheFileThatRuns() {
  const names = [
    'expect',
    'describe',
    'it',
    'test',
    'beforeAll',
    'beforeEach',
    'afterAll',
    'afterEach',
    'jest',
  ];
  return `
    const now = (name) => globalThis[Symbol.for('linqiao.jest-globals')][name];
    const live = (name) => new Proxy(function () {}, {
      apply: (_, self, args) => Reflect.apply(now(name), self, args),
      get: (_, key) => now(name)[key],
    });
    ${names.map((name) => `export const ${name} = live('${name}');`).join('\n')}
  `;
}
