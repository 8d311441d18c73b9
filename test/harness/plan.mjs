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
 * @property {{ at: string, zone: string }} [moment] where and when it runs; here and now when absent
 * @property {boolean} [waits] for programs, timers and midnight more than for the processor: such layers run beside the
 *   others, one after another
 * @property {string[]} [jestArgs] instead of `--selectProjects <name>`
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

/** The tests that depend on the day, as patterns of their paths: each must find some. */
export const REHEARSED_TESTS = [
  'libs/kernel/.+[^-]spec\\.ts',
  ...[
    ...['budgets', 'contracts', 'identity', 'notifications', 'organizations', 'procurement', 'projects'],
    'volunteering',
  ].map((module) => `/modules/${module}/.+[^-]spec\\.ts`),
  ...['deadlines', 'figures', 'tasks'].map((part) => `/platform/${part}/`),
  ...['sealed-bids', 'publish-tender', 'plan-items', 'settle-payment', 'roles', 'sign-in'].map(
    (name) => `${name}\\.int-spec`,
  ),
  ...['volunteering', 'shift-edges'].map((name) => `${name}\\.int-spec`),
];

/**
 * What depends on the day: the short form of a run of all tests on another day, which is
 * `npm test -- --at 2028-02-29T12:00:00+08:00 --zone America/New_York`.
 *
 * @type {Pick<Layer, 'database' | 'browser' | 'waits' | 'jestArgs'>}
 */
const REHEARSED = {
  database: false,
  browser: false,
  waits: true,
  jestArgs: [...['--selectProjects', 'unit', 'integration', '--testPathPatterns'], ...REHEARSED_TESTS],
};

/** Quick ones of each lane first: a broken rule shows before a minute is spent. @type {Layer[]} */
export const LAYERS = [
  { name: 'unit', database: false, browser: false },
  { name: 'architecture', database: false, browser: false },
  { name: 'integration', database: true, browser: false },
  { name: 'concurrency', database: true, browser: false },
  { name: 'e2e', database: true, browser: false, waits: true },
  { name: 'faults', database: true, browser: false, waits: true },
  { name: 'launch', database: false, browser: false, waits: true },
  { name: 'browser', database: true, browser: true, waits: true },
  ...[
    // Midnight passes while they run; the machine is a day behind the district.
    { name: 'new-year', moment: { at: '2027-12-31T23:59:30+08:00', zone: 'America/New_York' } },
    { name: 'leap-day', moment: { at: '2028-02-29T00:00:30+08:00', zone: 'Asia/Shanghai' } },
  ].map((rehearsal) => ({ ...rehearsal, ...REHEARSED })),
];

/**
 * @param {string[]} args `--only unit,lint`; whatever else is handed to jest
 *   `--at <instant> --zone <zone>` runs all of it then and there
 * @returns {{ checks: Check[], layers: Layer[], jestArgs: string[], moment: { at?: string, zone?: string } }}
 */
export function choose(args) {
  const jestArgs = [...args];
  const only = takeOption(jestArgs, '--only')
    ?.split(',')
    .filter((name) => name !== '');
  const [at, zone] = [takeOption(jestArgs, '--at'), takeOption(jestArgs, '--zone')];
  if (at !== undefined && Number.isNaN(Date.parse(at))) {
    throw new Error(`--at wants an instant such as 2028-02-29T12:00:00+08:00, not ${at}`);
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
    // Some jest tests are asked for by a pattern: the rehearsals are a choice of their own.
    layers: LAYERS.filter(({ name, moment }) =>
      only ? only.includes(name) : moment === undefined || (jestArgs.length === 0 && at === undefined),
    ),
    jestArgs,
    moment: { ...(at === undefined ? {} : { at }), ...(zone === undefined ? {} : { zone }) },
  };
}

/** @param {string[]} args the option and its value are taken out @param {string} name @returns {string | undefined} */
function takeOption(args, name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  const [flag = '', value = ''] = args.splice(at, args[at] === name ? 2 : 1);
  return flag === name ? value : flag.slice(name.length + 1);
}
