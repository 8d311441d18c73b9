import { describe, expect, it } from '@jest/globals';
import { defineStates } from '#libs/kernel';
import { defineObject } from './object-type.js';

class Probe {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

const states = defineStates({
  name: 'probe-object.thing',
  object: { zh: '东西', en: 'thing' },
  initial: 'new',
  states: { new: { zh: '新', en: 'new' }, old: { zh: '旧', en: 'old' } },
  actions: { age: { zh: '变旧', en: 'age' } },
  transitions: [{ from: 'new', to: 'old', by: 'age' }],
});
const words = { zh: '描述', en: 'describe' };
const machines = { state: states };

describe('a kind of object', () => {
  it('has one name and one meaning of each action', () => {
    const declare = (acts: Record<string, typeof words>) => () =>
      defineObject({ name: 'probe-object.thing', entity: Probe, machines, acts, traced: [] });
    expect(declare({ describe: words, age: words })).toThrow('the action "age" is named twice');
    expect(declare({ describe: { zh: '', en: 'describe' } })).toThrow('probe-object.thing: describe');
    expect(declare({ describe: words })()).toMatchObject({ time: 'clock', under: undefined });
    expect(declare({ describe: words })).toThrow('defined twice');
  });
});
