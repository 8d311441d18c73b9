import { defineErrors, DomainError } from '#libs/kernel';

export interface Transition<S extends string, A extends string> {
  readonly from: S | readonly S[];
  readonly to: S;
  readonly by: A;
}

const errors = defineErrors('state', {
  wrongState: {
    kind: 'conflict',
    zh: '当前状态为“{state}”，不能进行此操作（{action}）。',
    en: 'In the state "{state}" this cannot be done ({action}).',
  },
});

export interface StateMachine<S extends string, A extends string> {
  readonly name: string;
  readonly initial: S;
  readonly states: readonly S[];
  readonly transitions: readonly Transition<S, A>[];
  /** The state after the action. @throws DomainError state.wrong-state (409) when the table does not allow it */
  next(current: S, action: A): S;
  allows(current: S, action: A): boolean;
}

/**
 * A state machine as one table, which is the only authority: use cases ask it, READMEs and the database's
 * CHECK list the same states.
 * @throws Error when two rows give the same state and action different ends, or a state is unreachable
 */
export function defineStates<const S extends string, const A extends string>(definition: {
  name: string;
  initial: S;
  transitions: readonly Transition<S, A>[];
}): StateMachine<S, A> {
  const { name, initial, transitions } = definition;
  const table = new Map<string, S>();
  const reached = new Set<S>([initial]);
  for (const { from, to, by } of transitions) {
    for (const state of typeof from === 'string' ? [from] : from) {
      const key = `${state} ${by}`;
      if (table.has(key)) throw new Error(`${name}: "${by}" from "${state}" is defined twice`);
      table.set(key, to);
    }
    reached.add(to);
  }
  for (const { from } of transitions) {
    for (const state of typeof from === 'string' ? [from] : from) {
      if (!reached.has(state)) throw new Error(`${name}: the state "${state}" cannot be reached`);
    }
  }
  return {
    name,
    initial,
    transitions,
    states: [...reached],
    allows: (current, action) => table.has(`${current} ${action}`),
    next(current, action) {
      const state = table.get(`${current} ${action}`);
      if (state === undefined) throw wrongState(name, current, action);
      return state;
    },
  };
}

function wrongState(machine: string, state: string, action: string): DomainError {
  return errors.wrongState({ machine, state, action });
}
