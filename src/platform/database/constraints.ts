import type { DomainError } from '#libs/kernel';
import { platformErrors } from '../platform.errors.js';
import { ownSqlState, violatedConstraint, violatedSchema } from './database-error.js';

/** The refusal that a violated constraint stands for. */
export type ConstraintRefusal = () => DomainError;

/**
 * What a module says of one of its named constraints: the refusal that a person gets when it is violated (two
 * people at once, a colleague a moment earlier), or `unreachable`: why no request, import or command gets as far
 * as this wall.
 */
export type ConstraintMeaning = ConstraintRefusal | { readonly unreachable: string };

const meanings = new Map<string, ConstraintMeaning>();

/**
 * Declares what the constraints of a schema mean. A test walks the catalogue of the database: every named
 * constraint, unique index and trigger with a name must be declared by its module.
 * @throws Error when a constraint is declared twice
 */
export function defineConstraints(
  schema: string,
  definitions: Readonly<Record<string, ConstraintMeaning>>,
): void {
  for (const [name, meaning] of Object.entries(definitions)) {
    const key = `${schema}.${name}`;
    if (meanings.has(key)) throw new Error(`The constraint ${key} is declared twice`);
    meanings.set(key, meaning);
  }
}

/** Every declared constraint by `schema.name`. */
export function declaredConstraints(): ReadonlyMap<string, ConstraintMeaning> {
  return meanings;
}

/** SQLSTATE class 23, integrity constraint violation. */
const VIOLATION = /^23/;

/**
 * A database's refusal as ours: nobody outside learns an SQLSTATE. A wall that was declared unreachable still refuses
 * in words. A wall with a name that nobody declares (the key over a generated id, the list of an object's states)
 * says nothing of what was asked: that is a fault of ours, and asking again may help. The log names them all.
 * @returns undefined when the error is no violation
 */
export function refusalOf(error: unknown): DomainError | undefined {
  const state = ownSqlState(error);
  if (state === undefined || !VIOLATION.test(state)) return undefined;
  const name = violatedConstraint(error);
  const meaning = name === undefined ? undefined : meanings.get(`${violatedSchema(error) ?? ''}.${name}`);
  const refusal = name !== undefined && meaning === undefined ? platformErrors.internal() : saidBy(meaning);
  refusal.cause ??= error;
  return refusal;
}

function saidBy(meaning: ConstraintMeaning | undefined): DomainError {
  return typeof meaning === 'function' ? meaning() : platformErrors.ruleViolated();
}
