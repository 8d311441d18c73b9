import type { OpenAPIObject } from '@nestjs/swagger';
import { permissionCatalogue, ROLES, type StateMachine, stateMachines, type Words } from '#libs/kernel';
import { objectTypes } from '../register/object-type.js';

type Dictionary = Readonly<Record<string, Words>>;

/** The words of the domain, so that screens, letters and documents need no second list. */
export interface Glossary {
  /** By state machine, `<module>.<object>`. */
  readonly states: Readonly<Record<string, { object: Words; states: Dictionary; actions: Dictionary }>>;
  /** By object, `<module>.<object>`: acts that move no state, as the history of a record tells them. */
  readonly acts: Readonly<Record<string, Dictionary>>;
  readonly roles: Dictionary;
  readonly permissions: Dictionary;
}

export function glossary(): Glossary {
  return {
    states: Object.fromEntries([...stateMachines()].map(([name, machine]) => [name, wordsOf(machine)])),
    acts: Object.fromEntries([...objectTypes()].map(([name, { acts }]) => [name, acts])),
    roles: dictionary(Object.entries(ROLES)),
    permissions: dictionary([...permissionCatalogue()]),
  };
}

/** Says in words what each value of a state means, wherever a schema lists the states of a machine or some of them. */
export function describeStates(document: OpenAPIObject): void {
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    if (!('properties' in schema)) continue;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (!['state', 'status', 'stage'].includes(name) || !('enum' in property)) continue;
      const values = (property.enum ?? []) as string[];
      const fitting = [...stateMachines().values()].filter(({ states }) =>
        values.every((value) => states.includes(value)),
      );
      const [machine] = fitting.sort((one, other) => one.states.length - other.states.length);
      if (!machine) continue;
      // In the order of the machine: the compiler gives the values as it happened to meet them.
      const words = machine.states
        .filter((state) => values.includes(state))
        .map((value) => {
          const { zh, en } = machine.stateWords(value);
          return `\`${value}\` ${zh} (${en})`;
        });
      const description = [property.description, words.join(', ')]
        .filter((part) => part !== undefined)
        .join(' — ');
      Object.assign(property, { description, 'x-states': machine.name });
    }
  }
}

function wordsOf(machine: StateMachine) {
  return {
    object: machine.object,
    states: Object.fromEntries(machine.states.map((state) => [state, machine.stateWords(state)])),
    actions: Object.fromEntries(machine.actions.map((action) => [action, machine.actionWords(action)])),
  };
}

function dictionary(entries: readonly (readonly [string, Words])[]): Dictionary {
  return Object.fromEntries(entries.map(([name, { zh, en }]) => [name, { zh, en }]));
}
