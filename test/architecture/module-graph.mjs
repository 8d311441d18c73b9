/**
 * Draws which module uses which, and inside a module which room uses which, from the imports themselves.
 *
 *   node test/architecture/module-graph.mjs           writes the pictures into README.md
 *   node test/architecture/module-graph.mjs --check   fails when a picture there is not what the code says
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const FILE = join(root, 'README.md');
/** @type {Readonly<Record<string, readonly string[]>>} */
const ROOMS = createRequire(import.meta.url)(join(root, '.config', 'rooms.cjs'));
const CRUISER = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

/**
 * @typedef {{ source: string, dependencies: { resolved: string }[] }} SourceFile
 * @typedef {{ from: string, to: string, rule: { name: string } }} Violation
 */

/**
 * Runs the import rules over `src` and `libs` of a folder.
 *
 * @param {string} folder
 * @returns {{ modules: SourceFile[], summary: { violations: Violation[] } }}
 */
function cruise(folder) {
  const config = join(root, '.config', 'dependency-cruiser.cjs');
  const args = [CRUISER, '--config', config, '--output-type', 'json', 'src', 'libs'];
  const output = execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(output);
}

/** Tests and what only they use may look anywhere. @param {string} file */
const isTestCode = (file) =>
  /[.](int-)?spec[.]ts$|[.](test-support|given|access-rows)[.]ts$|\/test-support\//.test(file);

/** What a file is part of, as a node of the picture. @param {string} file */
function nodeOf(file) {
  if (isTestCode(file)) return undefined;
  const [, module] = /^src\/modules\/([^/]+)\//.exec(file) ?? [];
  if (module) return module;
  const [, lib] = /^libs\/([^/]+)\//.exec(file) ?? [];
  if (lib) return `#libs/${lib}`;
  if (file.startsWith('src/platform/')) return '#platform';
  return undefined;
}

/** The room of a file, `module/room`; of a file above the rooms there is none. @param {string} file */
function roomOf(file) {
  if (isTestCode(file)) return undefined;
  const [, module = '', room = ''] = /^src\/modules\/([^/]+)\/([^/]+)\//.exec(file) ?? [];
  return ROOMS[module]?.includes(room) ? `${module}/${room}` : undefined;
}

/**
 * @param {SourceFile[]} files
 * @param {(file: string) => string | undefined} nodeOf
 * @returns {Map<string, Set<string>>} who uses whom
 */
function usesOf(files, nodeOf) {
  /** @type {Map<string, Set<string>>} */
  const uses = new Map();
  for (const { source, dependencies } of files) {
    const user = nodeOf(source);
    if (!user) continue;
    const used = uses.get(user) ?? new Set();
    uses.set(user, used);
    for (const { resolved } of dependencies) {
      const target = nodeOf(resolved);
      if (target && target !== user) used.add(target);
    }
  }
  return uses;
}

/** What everybody uses would only hide the rest. */
const EVERYWHERE = new Set(['#platform', '#libs/kernel']);

/** @param {Map<string, Set<string>>} uses */
function draw(uses) {
  const nodes = [...uses.keys()].sort();
  const id = (/** @type {string} */ node) => node.replaceAll(/[^a-z]/g, '');
  const shape = (/** @type {string} */ node) =>
    node.startsWith('#') ? `${id(node)}(["${node.slice(1)}"])` : `${id(node)}[${node}]`;
  const arrows = nodes.flatMap((node) =>
    [...(uses.get(node) ?? [])]
      .filter((target) => !EVERYWHERE.has(target) || !nodes.includes(node))
      .sort()
      .map((target) => `  ${id(node)} --> ${id(target)}`),
  );
  const shown = nodes.filter((node) => !EVERYWHERE.has(node));
  return [
    '```mermaid',
    'flowchart TD',
    ...shown.map((node) => `  ${shape(node)}`),
    ...arrows,
    '```',
    '',
  ].join('\n');
}

/** Each module with its rooms, the lowest first. @param {Map<string, Set<string>>} uses */
function drawRooms(uses) {
  const id = (/** @type {string} */ node) => node.replaceAll(/[^a-z]/g, '_');
  const lines = Object.entries(ROOMS).flatMap(([module, rooms]) => [
    `  subgraph ${module}`,
    ...rooms.map((room) => `    ${id(`${module}/${room}`)}[${room}]`),
    ...rooms.flatMap((room) =>
      [...(uses.get(`${module}/${room}`) ?? [])]
        .filter((used) => used.startsWith(`${module}/`))
        .sort()
        .map((used) => `    ${id(`${module}/${room}`)} --> ${id(used)}`),
    ),
    '  end',
  ]);
  return ['```mermaid', 'flowchart TD', ...lines, '```', ''].join('\n');
}

/** @param {string} text @param {string} name @param {string} picture */
function withPicture(text, name, picture) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [before, rest = ''] = text.split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
  return `${before}${begin}\n\n${picture}\n${end}${after}`;
}

const { modules, summary } = cruise(root);
const { violations } = summary;
if (violations.length > 0) {
  for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);
  process.exitCode = 1;
} else {
  const text = readFileSync(FILE, 'utf8');
  const drawn = withPicture(
    withPicture(text, 'module-graph', draw(usesOf(modules, nodeOf))),
    'room-graph',
    drawRooms(usesOf(modules, roomOf)),
  );
  if (!process.argv.includes('--check')) writeFileSync(FILE, drawn);
  else if (text !== drawn) {
    console.error('A picture in README.md is out of date: run node test/architecture/module-graph.mjs');
    process.exitCode = 1;
  }
}
