/**
 * Draws which module uses which from the imports themselves.
 *
 *   node test/architecture/module-graph.mjs           writes the picture into README.md
 *   node test/architecture/module-graph.mjs --check   fails when the picture there is not what the code says
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const FILE = join(root, 'README.md');
const [BEGIN, END] = ['<!-- module-graph:begin -->', '<!-- module-graph:end -->'];
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

/** What a file is part of, as a node of the picture. @param {string} file */
function nodeOf(file) {
  if (/[.](int-)?spec[.]ts$|[.](test-support|given|access-rows)[.]ts$|\/test-support\//.test(file))
    return undefined;
  const [, module] = /^src\/modules\/([^/]+)\//.exec(file) ?? [];
  if (module) return module;
  const [, lib] = /^libs\/([^/]+)\//.exec(file) ?? [];
  if (lib) return `#libs/${lib}`;
  if (file.startsWith('src/platform/')) return '#platform';
  return undefined;
}

/** @param {SourceFile[]} files @returns {Map<string, Set<string>>} who uses whom */
function usesOf(files) {
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

const { modules, summary } = cruise(root);
const { violations } = summary;
if (violations.length > 0) {
  for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);
  process.exitCode = 1;
} else {
  const text = readFileSync(FILE, 'utf8');
  const [before, rest = ''] = text.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  const drawn = `${before}${BEGIN}\n\n${draw(usesOf(modules))}\n${END}${after}`;
  if (!process.argv.includes('--check')) writeFileSync(FILE, drawn);
  else if (text !== drawn) {
    console.error('The picture in README.md is out of date: run node test/architecture/module-graph.mjs');
    process.exitCode = 1;
  }
}
