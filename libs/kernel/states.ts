import { defineErrors, type DomainError } from './domain-error.js';
import { mustBeWords, type Words } from './words.js';

export interface Transition<S extends string, A extends string> {
  readonly from: S | readonly S[];
  readonly to: S;
  readonly by: A;
}

const errors = defineErrors('state', {
  wrongState: {
    code: 'state.wrong-state',
    kind: 'conflict',
    zh: '{object}目前为“{is}”，不能进行“{wanted}”。',
    en: 'The {object} is "{is}": "{wanted}" is not possible now.',
  },
});

export interface StateMachine<S extends string = string, A extends string = string> {
  /** `<module>.<object>` */
  readonly name: string;
  readonly object: Words;
  /** The state in which an object begins unless something else is said. */
  readonly initial: S;
  /** All states in which an object may begin. */
  readonly beginnings: readonly S[];
  readonly states: readonly S[];
  readonly actions: readonly A[];
  readonly transitions: readonly Transition<S, A>[];
  /** The state after the action. @throws DomainError state.wrong-state (409) when the table does not allow it */
  next(current: S, action: A): S;
  allows(current: S, action: A): boolean;
  /** The actions that are possible in a state, in the order of the definition. */
  possible(current: S): readonly A[];
  stateWords(state: S): Words;
  actionWords(action: A): Words;
}

const registered = new Map<string, StateMachine>();

/** Every state machine of the product, by name: compared with the database and published in the API description. */
export function stateMachines(): ReadonlyMap<string, StateMachine> {
  return registered;
}

/**
 * A state machine as one table with its words, which is the only authority: the register asks it, READMEs, letters,
 * the API description and the database's CHECK list the same states.
 * @throws Error when a name is taken, a word is missing, two rows give the same state and action different ends, a
 *   state cannot be reached, or an action is nowhere possible
 */
export function defineStates<const S extends string, const A extends string>(definition: {
  readonly name: string;
  readonly object: Words;
  /** The first of several is the ordinary one. */
  readonly initial: NoInfer<S> | readonly [NoInfer<S>, ...NoInfer<S>[]];
  readonly states: Readonly<Record<S, Words>>;
  readonly actions: Readonly<Record<A, Words>>;
  readonly transitions: readonly Transition<NoInfer<S>, NoInfer<A>>[];
}): StateMachine<S, A> {
  const { name, object, states, actions, transitions } = definition;
  const beginnings: readonly [S, ...S[]] =
    typeof definition.initial === 'string' ? [definition.initial] : definition.initial;
  if (registered.has(name)) throw new Error(`The states of ${name} are defined twice`);
  mustBeWords(name, object);
  for (const [key, words] of Object.entries<Words>({ ...states, ...actions }))
    mustBeWords(`${name}: ${key}`, words);
  const table = tableOf(name, transitions);
  const stateNames = Object.keys(states) as S[];
  const actionNames = Object.keys(actions) as A[];
  mustAllBeReached(name, stateNames, beginnings, transitions);
  const idle = actionNames.find((action) => !transitions.some(({ by }) => by === action));
  if (idle !== undefined) throw new Error(`${name}: "${idle}" is nowhere possible`);
  const machine: StateMachine<S, A> = {
    name,
    object,
    initial: beginnings[0],
    beginnings,
    states: stateNames,
    actions: actionNames,
    transitions,
    allows: (current, action) => table.has(`${current} ${action}`),
    possible: (current) => actionNames.filter((action) => table.has(`${current} ${action}`)),
    stateWords: (state) => states[state],
    actionWords: (action) => actions[action],
    next(current, action) {
      const state = table.get(`${current} ${action}`);
      if (state === undefined) throw wrongState(machine, current, action);
      return state;
    },
  };
  registered.set(name, machine);
  return machine;
}

function tableOf<S extends string, A extends string>(
  name: string,
  transitions: readonly Transition<S, A>[],
): Map<string, S> {
  const table = new Map<string, S>();
  for (const { from, to, by } of transitions) {
    for (const state of sourcesOf(from)) {
      const key = `${state} ${by}`;
      if (table.has(key)) throw new Error(`${name}: "${by}" from "${state}" is defined twice`);
      table.set(key, to);
    }
  }
  return table;
}

function mustAllBeReached<S extends string, A extends string>(
  name: string,
  states: readonly S[],
  initial: readonly S[],
  transitions: readonly Transition<S, A>[],
): void {
  const reached = new Set<S>(initial);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { from, to } of transitions) {
      if (sourcesOf(from).some((state) => reached.has(state))) reached.add(to);
    }
  }
  const unreached = states.find((state) => !reached.has(state));
  if (unreached !== undefined) throw new Error(`${name}: the state "${unreached}" cannot be reached`);
}

function sourcesOf<S extends string>(from: S | readonly S[]): readonly S[] {
  return typeof from === 'string' ? [from] : from;
}

function wrongState<S extends string, A extends string>(
  machine: StateMachine<S, A>,
  state: S,
  action: A,
): DomainError {
  return errors.wrongState({
    machine: machine.name,
    state,
    action,
    object: machine.object,
    is: machine.stateWords(state),
    wanted: machine.actionWords(action),
  });
}
