const ROOMS = require('./rooms.cjs');

/** Who may import whom: the table of the architecture page. Every rule is proven by a file in test/architecture/seeds. */

/** A module's own code, and below it the modules it may use (through their front doors). */
const MAY_USE = {
  identity: [],
  organizations: ['identity'],
  budgets: ['identity', 'organizations'],
  procurement: ['identity', 'organizations', 'budgets'],
  contracts: ['identity', 'organizations', 'budgets', 'procurement'],
  projects: ['identity', 'organizations', 'contracts'],
  volunteering: ['identity', 'organizations', 'projects'],
  community: ['identity', 'organizations', 'projects', 'volunteering'],
};
const ORDER = Object.keys(MAY_USE);
/** They listen to everybody and nobody asks them: at the very top, side by side. */
const READERS = ['notifications', 'transparency', 'insights'];
for (const reader of READERS) MAY_USE[reader] = ORDER;

const TEST_CODE = [
  '[.](int-)?spec[.](ts|mjs)$',
  '[.](test-support|given|access-rows)[.]ts$',
  '(^|/)test/',
  '(^|/)test-support/',
];
const inPackage = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;
const FRAMEWORK = inPackage('@nestjs', 'typeorm', 'reflect-metadata', 'fastify', '@fastify', 'bullmq');
const HTTP = inPackage('@nestjs', 'fastify', '@fastify', 'class-validator', 'class-transformer', 'passport');

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule(
      'no-cycle',
      'Two files that need each other are one file, or hide a third.',
      { path: '^(src|libs)/' },
      { circular: true },
    ),
    rule(
      'kernel-stands-alone',
      'Everything leans on the kernel, so it leans on nothing of ours.',
      { path: '^libs/kernel/', pathNot: TEST_CODE },
      { path: '^(src|libs|test|bench)/', pathNot: '^libs/kernel/' },
    ),
    rule(
      'libs-lean-on-kernel-only',
      'A lib may use the kernel, through its front door, and no other lib; its tests may compare two.',
      { path: '^libs/([^/]+)/', pathNot: ['^libs/kernel/', ...TEST_CODE] },
      { path: '^libs/', pathNot: ['^libs/$1/', '^libs/kernel/index[.]ts$'] },
    ),
    rule(
      'libs-know-no-product',
      'libs are importable by anybody, without the product.',
      { path: '^libs/', pathNot: TEST_CODE },
      { path: '^(src|test|bench)/' },
    ),
    rule(
      'libs-know-no-framework',
      'libs are framework-free TypeScript.',
      { path: '^libs/' },
      { path: FRAMEWORK },
    ),
    rule(
      'libs-through-front-door',
      'Users of a lib import #libs/<name>, never a file behind it.',
      { path: '^src/' },
      { path: '^libs/', pathNot: '^libs/[^/]+/index[.]ts$' },
    ),
    rule(
      'platform-knows-no-module',
      'The platform is below every module and outlives them.',
      { path: '^src/platform/', pathNot: TEST_CODE },
      { path: '^src/', pathNot: '^src/platform/' },
    ),
    rule(
      'platform-through-front-door',
      'Modules and the demo use what #platform exports.',
      { path: '^src/(modules|demo)/', pathNot: TEST_CODE },
      { path: '^src/platform/', pathNot: '^src/platform/index[.]ts$' },
    ),
    ...Object.entries(MAY_USE).map(([module, used]) =>
      rule(
        `${module}-uses-only-what-is-below`,
        used.length === 0
          ? `${module} uses no other module. Up: by event.`
          : `${module} may use ${used.join(', ')}. Up: by event.`,
        { path: `^src/modules/${module}/` },
        { path: '^src/modules/', pathNot: `^src/modules/(${[module, ...used].join('|')})/` },
      ),
    ),
    ...Object.entries(ROOMS).flatMap(([module, rooms]) =>
      rooms
        .slice(0, -1)
        .map((room, at) =>
          rule(
            `${module}-${room}-uses-only-rooms-below`,
            `The room ${room} of ${module} may use ${rooms.slice(0, at).join(', ') || 'no other room'}.`,
            { path: `^src/modules/${module}/${room}/`, pathNot: TEST_CODE },
            { path: `^src/modules/${module}/(${rooms.slice(at + 1).join('|')})/` },
          ),
        ),
    ),
    rule(
      'every-room-has-its-place',
      'A folder of a module with rooms is one of the rooms in rooms.cjs.',
      {
        path: `^src/modules/(${Object.keys(ROOMS).join('|')})/[^/]+/`,
        pathNot: Object.entries(ROOMS).map(
          ([module, rooms]) => `^src/modules/${module}/(${rooms.join('|')})/`,
        ),
      },
      { path: '.' },
    ),
    rule(
      'rooms-know-no-composition',
      'What composes the rooms (module, façade, front door) is above them.',
      { path: `^src/modules/(${Object.keys(ROOMS).join('|')})/[^/]+/`, pathNot: TEST_CODE },
      {
        path: '^src/modules/[^/]+/(index|[^/]+[.](module|api))[.]ts$',
        pathNot: '^src/modules/(?!$1/)[^/]+/index[.]ts$',
      },
    ),
    rule(
      'every-module-has-its-place',
      'A module that is not in the table above may use nobody, and nobody may use it.',
      { path: '^src/modules/', pathNot: `^src/modules/(${Object.keys(MAY_USE).join('|')})/` },
      { path: '^src/' },
    ),
    rule(
      'modules-through-front-door',
      "A module's front door is its index.ts. Tests set their scene with the use cases of modules below.",
      { path: '^src/modules/([^/]+)/', pathNot: TEST_CODE },
      { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index[.]ts$'] },
    ),
    rule(
      'product-through-front-door',
      "A module's front door is its index.ts, for whoever composes the modules, too.",
      { path: '^(src|libs)/', pathNot: ['^src/modules/', ...TEST_CODE] },
      { path: '^src/modules/', pathNot: '^src/modules/[^/]+/index[.]ts$' },
    ),
    rule(
      'modules-know-no-composition',
      'What composes the modules (application, commands, demo, launcher) is above them.',
      { path: '^src/modules/', pathNot: TEST_CODE },
      { path: '^src/', pathNot: '^src/(modules|platform)/' },
    ),
    rule(
      'declarations-need-the-kernel-alone',
      'States, events, permissions and errors are words of the domain: they run anywhere.',
      { path: '^src/modules/.+[.](state|events|permissions|errors)[.]ts$' },
      {
        path: '.',
        pathNot: ['^libs/kernel/index[.]ts$', '^src/modules/.+[.](state|events|permissions|errors)[.]ts$'],
      },
    ),
    rule(
      'entities-know-no-framework',
      'Rules of the domain run without Nest, HTTP and the platform; the decorators of TypeORM are allowed.',
      { path: '^src/modules/.+([.]entity|-rules)[.]ts$' },
      { path: [HTTP, '^src/platform/'] },
    ),
    rule(
      'use-cases-know-no-http',
      'HTTP, jobs and commands translate; what they call does not know by which way it was called.',
      { path: '^src/modules/', pathNot: ['/http/', '[.](module|read|query)[.]ts$', ...TEST_CODE] },
      { path: ['^src/modules/.+/http/', inPackage('fastify', '@fastify')] },
    ),
    rule(
      'reads-know-shapes-only',
      'The row type of a read is the response that the HTTP edge declares, and it knows no more of HTTP.',
      { path: '^src/modules/.+[.]read[.]ts$' },
      {
        path: ['^src/modules/.+/http/', inPackage('fastify', '@fastify')],
        pathNot: '/http/[^/]+[.](query|response)[.]ts$',
      },
    ),
    rule(
      'migrations-stand-alone',
      'A migration must still run when the code it was written beside is gone.',
      { path: '^src/migrations/' },
      { path: '^(src|libs)/', pathNot: '^src/platform/database/migrations[.]ts$' },
    ),
    rule(
      'nobody-imports-migrations',
      'Migrations are found by their folder.',
      { path: '^(src|libs)/' },
      { path: '^src/migrations/' },
    ),
    rule(
      'demo-is-a-guest',
      'The demo district composes all modules; only the application and the commands know it.',
      { path: '^(src|libs)/', pathNot: ['^src/demo/', '^src/(app[.]module|cli)[.]ts$'] },
      { path: '^src/demo/' },
    ),
    rule(
      'composition-is-the-root',
      'Only the processes load the application.',
      { path: '^(src|libs)/', pathNot: ['^src/(main|worker|cli)[.]ts$', ...TEST_CODE] },
      { path: '^src/(app[.]module|main|worker|cli)[.]ts$' },
    ),
    rule(
      'commands-load-what-they-need',
      'One command is not slowed and filled by what another needs: each imports for itself, when it runs.',
      { path: '^src/cli[.]ts$' },
      {
        path: ['^(src|libs)/', inPackage('.+')],
        pathNot: inPackage('commander'),
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'launcher-stands-alone',
      'The launcher runs before anything is installed or built.',
      { path: '^src/launch/' },
      { path: '^(src|libs|test)/', pathNot: '^src/launch/' },
    ),
    rule(
      'nobody-imports-the-launcher',
      'The product must run without it: in a container there is none.',
      { path: '^(src|libs)/', pathNot: ['^src/launch/', ...TEST_CODE] },
      { path: '^src/launch/' },
    ),
    rule(
      'product-knows-no-test-code',
      'Test code is not built.',
      { path: '^(src|libs)/', pathNot: TEST_CODE },
      { path: TEST_CODE },
    ),
    rule(
      'no-development-package',
      'The product runs with `npm ci --omit=dev`.',
      {
        path: '^(src|libs)/',
        pathNot: [...TEST_CODE, '^src/launch/', '/generate-[^/]+[.]mjs$', '/rebuild-[^/]+[.]mjs$'],
      },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['npm', 'npm-optional', 'npm-peer'] },
    ),
    rule(
      'no-unresolvable',
      'An import that leads nowhere.',
      { path: '^(src|libs)/' },
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
