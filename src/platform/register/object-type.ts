import type { Type } from '@nestjs/common';
import { type DomainError, mustBeWords, type StateMachine, type Words } from '#libs/kernel';
import { platformErrors } from '../platform.errors.js';

/** What the register needs of an entity: who it is and how often it was changed. */
export interface Registered {
  readonly id: string;
  readonly version: number;
}

/** The state machines of an object, by the property that holds the state. */
export type Machines = Readonly<Record<string, StateMachine>>;

/** A kind of object that the register keeps: its table, its states, and what its trace may say. */
export interface ObjectType<
  E extends Registered,
  Action extends string,
  Parent extends Registered | undefined = undefined,
> {
  /** `<module>.<object>`; an audit entry says `<module>.<action>` of an `<object>`. */
  readonly name: `${string}.${string}`;
  readonly entity: Type<E>;
  readonly machines: Machines;
  /** Acts that move no state. */
  readonly acts: Readonly<Record<string, Words>>;
  /** Fields whose values the audit trail keeps: ids, states, dates, amounts. No texts, names or numbers of persons. */
  readonly traced: readonly (keyof E & string)[];
  /** The object that is locked before this one, e.g. a milestone's contract. */
  readonly under: Under<E, Parent> | undefined;
  /** `database` where deadlines are judged by database time: then that is the instant of every act. */
  readonly time: 'clock' | 'database';
  /** What is said of one that is not there. */
  readonly missing: () => DomainError;
  readonly action?: Action;
}

export interface Under<E, Parent> {
  readonly type: ObjectType<NonNullable<Parent> & Registered, string>;
  readonly id: (object: E) => string;
}

const registered = new Map<string, ObjectType<Registered, string>>();

/** Every kind of object that the register keeps, by name. */
export function objectTypes(): ReadonlyMap<string, ObjectType<Registered, string>> {
  return registered;
}

/**
 * Declares a kind of object. Its actions are those of its state machines and its other acts; an action of several
 * machines moves each of them.
 * @throws Error when the name is taken, or an act is named like an action of a machine
 */
export function defineObject<
  E extends Registered,
  const M extends Machines,
  const Act extends string = never,
  Parent extends Registered | undefined = undefined,
>(definition: {
  readonly name: `${string}.${string}`;
  readonly entity: Type<E>;
  readonly machines: M & { readonly [K in keyof M]: K extends keyof E ? StateMachine : never };
  readonly acts?: Readonly<Record<Act, Words>>;
  readonly traced: readonly (keyof E & string)[];
  readonly under?: Under<E, Parent>;
  readonly time?: 'clock' | 'database';
  /** `platform.not-found` unless the object has an answer of its own. */
  readonly missing?: () => DomainError;
}): ObjectType<E, M[keyof M]['actions'][number] | Act, Parent> {
  const { name, machines } = definition;
  const acts: Readonly<Record<string, Words>> = definition.acts ?? {};
  if (registered.has(name)) throw new Error(`The object ${name} is defined twice`);
  for (const [act, words] of Object.entries(acts)) mustBeWords(`${name}: ${act}`, words);
  const moves = new Set(Object.values(machines).flatMap((machine) => [...machine.actions]));
  const twice = Object.keys(acts).find((act) => moves.has(act));
  if (twice !== undefined) throw new Error(`${name}: the action "${twice}" is named twice`);
  const defaults = { under: undefined, time: 'clock' as const, missing: () => platformErrors.notFound() };
  const type = { ...defaults, ...definition, acts };
  registered.set(name, type as unknown as ObjectType<Registered, string>);
  return type;
}
