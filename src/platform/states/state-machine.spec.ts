import { describe, expect, it } from '@jest/globals';
import { defineStates } from './state-machine.js';

const door = () =>
  defineStates({
    name: 'probe.door',
    initial: 'closed',
    transitions: [
      { from: 'closed', to: 'open', by: 'open' },
      { from: 'open', to: 'closed', by: 'close' },
      { from: ['open', 'closed'], to: 'gone', by: 'remove' },
    ],
  });

describe('a state machine', () => {
  it('allows exactly what its table says', () => {
    const machine = door();
    expect(machine.states).toEqual(['closed', 'open', 'gone']);
    const allowed = machine.states.flatMap((state) =>
      (['open', 'close', 'remove'] as const)
        .filter((action) => machine.allows(state, action))
        .map((action) => `${state} ${action} ${machine.next(state, action)}`),
    );
    expect(allowed).toEqual([
      'closed open open',
      'closed remove gone',
      'open close closed',
      'open remove gone',
    ]);
  });

  it('refuses everything else as a conflict that says what is the case', () => {
    for (const [state, action] of [
      ['closed', 'close'],
      ['gone', 'open'],
      ['gone', 'remove'],
    ] as const) {
      expect(() => door().next(state, action)).toThrow(
        expect.objectContaining({
          kind: 'conflict',
          code: 'state.wrong-state',
          details: { machine: 'probe.door', state, action },
        }),
      );
    }
  });

  it('is not defined at all when its table contradicts itself', () => {
    const twice = () =>
      defineStates({
        name: 'probe.twice',
        initial: 'a',
        transitions: [
          { from: 'a', to: 'b', by: 'go' },
          { from: ['a', 'b'], to: 'c', by: 'go' },
        ],
      });
    expect(twice).toThrow('"go" from "a" is defined twice');
    const unreachable = () =>
      defineStates({ name: 'probe.island', initial: 'a', transitions: [{ from: 'b', to: 'a', by: 'go' }] });
    expect(unreachable).toThrow('the state "b" cannot be reached');
  });
});
