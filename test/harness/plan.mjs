/**
 * What `npm test` consists of.
 *
 * @typedef {object} Check a step that is one test: it passes or fails as a whole
 * @property {string} name
 * @property {string[]} command for `npm`
 *
 * @typedef {object} Layer the tests of one jest project
 * @property {string} name
 * @property {boolean} database whether it is given a database and a queue
 * @property {boolean} browser whether it needs a Chromium
 */

/** Longest first: two run at a time, and a long one begun last would run alone. @type {Check[]} */
export const CHECKS = [
  { name: 'build', command: [] },
  { name: 'lint', command: ['run', '--silent', 'lint'] },
  { name: 'types', command: ['run', '--silent', 'types'] },
  { name: 'arch', command: ['run', '--silent', 'arch'] },
  { name: 'knip', command: ['run', '--silent', 'knip'] },
  { name: 'format', command: ['run', '--silent', 'format:check'] },
  { name: 'launch-types', command: ['exec', '--no', '--', 'tsc', '-p', '.config/tsconfig.launch.json'] },
];

/** Quick ones first: a broken rule shows before a minute is spent. @type {Layer[]} */
export const LAYERS = [
  { name: 'unit', database: false, browser: false },
  { name: 'architecture', database: false, browser: false },
  { name: 'integration', database: true, browser: false },
  { name: 'concurrency', database: true, browser: false },
  { name: 'e2e', database: true, browser: false },
  { name: 'faults', database: true, browser: false },
  { name: 'launch', database: false, browser: false },
  { name: 'browser', database: true, browser: true },
];

/**
 * @param {string[]} args `--only unit,lint`; whatever else is handed to jest
 * @returns {{ checks: Check[], layers: Layer[], jestArgs: string[] }}
 */
export function choose(args) {
  const jestArgs = [...args];
  /** @type {string[] | undefined} */
  let only;
  const at = jestArgs.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at >= 0) {
    const [flag = '', value = ''] = jestArgs.splice(at, jestArgs[at] === '--only' ? 2 : 1);
    only = (flag.includes('=') ? flag.slice('--only='.length) : value)
      .split(',')
      .filter((name) => name !== '');
  }
  const names = [...CHECKS, ...LAYERS].map(({ name }) => name);
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (only?.length === 0 || unknown.length > 0) {
    throw new Error(
      `--only knows: ${names.join(', ')}. It does not know: ${unknown.join(', ') || 'nothing'}`,
    );
  }
  return {
    // A pattern asks for some jest tests; the checks know nothing of it.
    checks: CHECKS.filter(({ name }) => (only ? only.includes(name) : jestArgs.length === 0)),
    layers: LAYERS.filter(({ name }) => only?.includes(name) ?? true),
    jestArgs,
  };
}
