import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import type { Problem } from './check.js';
import { match, type MatchResult } from './engine.js';
import type { MatchingInstance } from './instance.js';
import { sampleInstance } from './sample-instance.js';

const crowds = [
  sampleInstance({ volunteers: 300, slots: 20, candidates: 6, seed: 31 }),
  // More hands, more candidates, other prices than the first: whatever they shared would be seen.
  sampleInstance({ volunteers: 80, slots: 16, candidates: 12, seed: 32, kind: 'uniform' }),
  sampleInstance({ volunteers: 30, slots: 8, candidates: 5, seed: 33 }),
] as const;

const comparable = ({ taken, price, objective, bound }: MatchResult) =>
  [taken.join(''), price.join(' '), objective, bound].join('\n');

/** Solves the first instance and the others within it, while it asks whether to stop: often at first, then rarely. */
function solveInTurns(
  [instance, ...others]: readonly MatchingInstance[],
  problem: Problem,
  finished: (instance: MatchingInstance, problem: Problem, result: MatchResult) => void,
): void {
  if (instance === undefined) return;
  let asked = 0;
  const cancelled = () => {
    if (Math.log2(++asked) % 1 === 0) solveInTurns(others, asked % 3 === 1 ? 'pure' : 'schedule', finished);
    return false;
  };
  finished(instance, problem, match(instance, { problem, seed: 1, cancelled }));
}

describe('solves that run within each other', () => {
  it.each(['pure', 'schedule'] as const)('give what each gives alone, a %s one around them', (outer) => {
    const alone = (instance: MatchingInstance, problem: Problem) =>
      comparable(match(instance, { problem, seed: 1 }));
    const expected = new Map(
      crowds.map((crowd) => [crowd, { pure: alone(crowd, 'pure'), schedule: alone(crowd, 'schedule') }]),
    );
    const runs = new Map<MatchingInstance, number>();
    solveInTurns(crowds, outer, (instance, problem, result) => {
      runs.set(instance, (runs.get(instance) ?? 0) + 1);
      expect(comparable(result)).toBe(expected.get(instance)?.[problem]);
    });
    expect(crowds.map((crowd) => runs.get(crowd) ?? 0)).toEqual([1, expect.any(Number), expect.any(Number)]);
    expect(Math.min(...runs.values())).toBeGreaterThan(0);
  });
});

type Kept = ts.VariableDeclaration | ts.PropertyDeclaration;

/** What a file keeps beside its objects: variables that change, and what is made once for all who import it. */
function moduleState(source: string): string[] {
  const file = ts.createSourceFile('engine.ts', source, ts.ScriptTarget.Latest, true);
  const makes = (node: ts.Node): boolean =>
    ts.isNewExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    (ts.forEachChild(node, (child) => makes(child) || undefined) ?? false);
  const kept = file.statements.flatMap((statement): readonly Kept[] => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations;
    if (!ts.isClassDeclaration(statement)) return [];
    const isStatic = ({ kind }: ts.ModifierLike) => kind === ts.SyntaxKind.StaticKeyword;
    return statement.members
      .filter(ts.isPropertyDeclaration)
      .filter((member) => member.modifiers?.some(isStatic));
  });
  const isConstant = (node: Kept) =>
    ts.isVariableDeclaration(node) && (node.parent.flags & ts.NodeFlags.Const) !== 0;
  return kept
    .filter((node) => !isConstant(node) || (node.initializer !== undefined && makes(node.initializer)))
    .map(({ name }) => name.getText());
}

describe('the files of the engine', () => {
  /** The worker is a script of one run; the loader of the reference belongs to tests. */
  const NOT_SHARED = /[.](?:spec|test-support|worker)[.]ts$/;
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !NOT_SHARED.test(file),
  );

  it('keep nothing that two runs could share', () => {
    expect(files.length).toBeGreaterThan(25);
    const found = files.flatMap((file) => {
      const names = moduleState(readFileSync(join(import.meta.dirname, file), 'utf8'));
      return names.map((name) => `${file}: ${name}`);
    });
    expect(found).toEqual([]);
  });

  it('would be caught at it (negative control)', () => {
    const seed = `let values = new Int32Array(64);
      const top = new Int32Array(5);
      export const cache = new Map<string, number>();
      const waiting: number[] = [];
      const KEEP = 5;
      const DIGITS = 1 << 10;
      const USAGE = 'match [--json]';
      export class Queue { private keys = new Float64Array(8); static size = 0; }`;
    expect(moduleState(seed)).toEqual(['values', 'top', 'cache', 'waiting', 'size']);
  });
});
