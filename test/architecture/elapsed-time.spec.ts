import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/**
 * A machine that is busy with something else is slow, and nothing is wrong with the product: how long something
 * takes is measured in bench/, in one run with what it is compared to. Whoever may measure in a test after all
 * is listed here with the reason, and no longer than that.
 */
const MAY_MEASURE: Readonly<Record<string, string>> = {};

/** Clocks of the process, which tell nothing but durations. */
const STOPWATCHES = /^(performance\.now|process\.hrtime(\.bigint)?|process\.uptime)$/;

/** What every measurement begins with; most tests have none of it, and need not be read closely. */
const CLOCKS = /performance|hrtime|uptime|elapsedTime|Date\.now|new Date\(\)/;

/** Every place of a test where it works out how long something took, as `line: text`. */
function measurements(source: string): string[] {
  if (!CLOCKS.test(source)) return [];
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const instants = namesOfInstants(file);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (isDuration(node, instants) || isDeadlineInExpect(node, instants)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.add(`${line + 1}: ${node.getText().replace(/\s+/g, ' ')}`);
      return;
    }
    node.forEachChild(visit);
  };
  visit(file);
  return [...found];
}

/** Variables that hold what a clock said: `const begun = performance.now()`. */
function namesOfInstants(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && readsClock(node.initializer))
      names.add(node.name.getText());
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      readsClock(node.right)
    ) {
      names.add(node.left.getText());
    }
    node.forEachChild(visit);
  };
  visit(file);
  return names;
}

/** `performance.now()`, `Date.now()`, `new Date()`, and these as a number. */
function readsClock(node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (ts.isNewExpression(inner)) return isWord(inner.expression, 'Date') && !inner.arguments?.length;
  if (!ts.isCallExpression(inner)) return false;
  return inner.arguments.length === 0 && (isStopwatch(inner) || isWord(inner.expression, 'Date.now'));
}

function isStopwatch(node: ts.Node): boolean {
  return ts.isCallExpression(node) && STOPWATCHES.test(node.expression.getText());
}

function isWord(node: ts.Node, text: string): boolean {
  return node.getText() === text;
}

/** Without brackets, casts, signs and what turns a Date into a number. */
function unwrapped(node: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    return unwrapped(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return unwrapped(node.operand);
  if (ts.isCallExpression(node)) {
    const [only] = node.arguments;
    if (only && node.arguments.length === 1 && isWord(node.expression, 'Number')) return unwrapped(only);
    if (
      ts.isPropertyAccessExpression(node.expression) &&
      /^(getTime|valueOf)$/.test(node.expression.name.text)
    )
      return unwrapped(node.expression.expression);
  }
  return node;
}

/** One moment minus another, or what a library measured. `Date.now() - DAY` is a date, and no duration. */
function isDuration(node: ts.Node, instants: ReadonlySet<string>): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'elapsedTime';
  if (ts.isCallExpression(node))
    return isWord(node.expression, 'performance.measure') || (isStopwatch(node) && node.arguments.length > 0);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.MinusToken) return false;
  const sides = [unwrapped(node.left), unwrapped(node.right)];
  if (sides.every((side) => readsClock(side) || instants.has(side.getText()))) return true;
  return sides.some(isStopwatch) && !sides.some(ts.isNumericLiteral);
}

/** `expect(Date.now()).toBeLessThan(begun + 100)`: a limit on time without a difference. */
function isDeadlineInExpect(node: ts.Node, instants: ReadonlySet<string>): boolean {
  if (!ts.isExpressionStatement(node) || !/^(await )?expect\(/.test(node.getText())) return false;
  const found = { clock: false, movedInstant: false };
  const visit = (inner: ts.Node): void => {
    if (ts.isExpression(inner) && readsClock(inner)) found.clock = true;
    if (ts.isBinaryExpression(inner) && /^[-+]$/.test(inner.operatorToken.getText())) {
      const sides = [inner.left, inner.right].map(unwrapped);
      if (sides.some((side) => instants.has(side.getText()))) found.movedInstant = true;
    }
    inner.forEachChild(visit);
  };
  visit(node);
  return found.clock && found.movedInstant;
}

/** Every test and what only tests use, by path. */
function testSources(): string[] {
  return ['src', 'libs', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((path) => /^test\/.*\.ts$|spec\.m?[jt]s$|\.(test-support|given)\.ts$/.test(path))
      .filter((path) => !/^test\/architecture\/(seeds|elapsed-time\.spec)/.test(path)),
  );
}

describe('how long something takes', () => {
  it('is measured by no test', () => {
    const files = testSources();
    expect(files.length).toBeGreaterThan(150);
    const measuring = files.flatMap((path) => {
      const found = measurements(readFileSync(join(root, path), 'utf8'));
      return found.length > 0 ? [{ path, found }] : [];
    });
    expect(measuring.filter(({ path }) => MAY_MEASURE[path] === undefined)).toEqual([]);
    const needed = measuring.map(({ path }) => path);
    expect(Object.keys(MAY_MEASURE).filter((path) => !needed.includes(path))).toEqual([]);
  });

  it.each([
    'const begun = performance.now(); await work(); expect(performance.now() - begun).toBeLessThan(5_000);',
    'const begun = Date.now(); await work(); const took = Date.now() - begun; expect(took < 100).toBe(true);',
    'const begun = Date.now(); await work(); expect(Date.now()).toBeLessThan(begun + 1_000);',
    'const a = new Date(); await work(); const b = new Date(); expect(b.getTime() - a.getTime()).toBe(0);',
    'const begun = +new Date(); await work(); times.push(Number(new Date()) - begun);',
    'const begun = process.hrtime.bigint(); await work(); expect(process.hrtime.bigint() - begun).toBe(1n);',
    'const begun = process.hrtime(); await work(); const [seconds] = process.hrtime(begun);',
    'let begun = 0; begun = performance.now(); const ask = async () => ({ ms: (performance.now()) - begun });',
    'const since = (begun: number) => performance.now() - begun;',
    'expect(reply.elapsedTime).toBeLessThan(50);',
  ])('is found where a test measures it: %s', (seed) => {
    expect(measurements(seed)).toHaveLength(1);
  });

  it.each([
    'const end = Date.now() + 5_000; while (Date.now() < end) await delay(10);',
    'const yesterday = new Date(Date.now() - DAY_MS); const before = new Date(Date.now() - 1_000);',
    'const before = Date.now(); const now = clock.now(); expect(now >= before && now <= Date.now()).toBe(true);',
    'const now = clock.now(); expect(due.getTime() - now.getTime()).toBe(90_000);',
    'const startsAt = new Date(Date.now() + hours * 3_600_000); expect(await read()).toEqual({ startsAt });',
  ])('is not meant where a test waits, or speaks of dates: %s', (innocent) => {
    expect(measurements(innocent)).toEqual([]);
  });
});
