import { describe, expect, it } from '@jest/globals';
import { renderError, type DomainError } from './domain-error.js';
import { defineStates, stateMachines } from './states.js';

let doors = 0;
const door = () =>
  defineStates({
    name: `probe.door-${(doors += 1)}`,
    object: { zh: '门', en: 'door' },
    initial: 'closed',
    states: {
      closed: { zh: '关着', en: 'closed' },
      open: { zh: '开着', en: 'open' },
      gone: { zh: '拆了', en: 'gone' },
    },
    actions: {
      open: { zh: '打开', en: 'open it' },
      close: { zh: '关上', en: 'close it' },
      remove: { zh: '拆除', en: 'remove it' },
    },
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
      machine.actions
        .filter((action) => machine.allows(state, action))
        .map((action) => `${state} ${action} ${machine.next(state, action)}`),
    );
    expect(allowed).toEqual([
      'closed open open',
      'closed remove gone',
      'open close closed',
      'open remove gone',
    ]);
    expect(machine.states.map((state) => machine.possible(state))).toEqual([
      ['open', 'remove'],
      ['close', 'remove'],
      [],
    ]);
  });

  it('refuses everything else as a conflict that says in words what is the case', () => {
    const machine = door();
    for (const [state, action] of [
      ['closed', 'close'],
      ['gone', 'open'],
      ['gone', 'remove'],
    ] as const) {
      expect(() => machine.next(state, action)).toThrow(
        expect.objectContaining({
          kind: 'conflict',
          code: 'state.wrong-state',
          details: expect.objectContaining({ machine: machine.name, state, action }),
        }),
      );
    }
    let refusal: unknown;
    try {
      machine.next('closed', 'close');
    } catch (error) {
      refusal = error;
    }
    expect(renderError(refusal as DomainError, 'zh-CN')).toBe('门目前为“关着”，不能进行“关上”。');
    expect(renderError(refusal as DomainError, 'en')).toBe(
      'The door is "closed": "close it" is not possible now.',
    );
  });

  it('begins in its first beginning, and may have others', () => {
    expect([door().initial, door().beginnings]).toEqual(['closed', ['closed']]);
    const words = { zh: '字', en: 'word' };
    const two = defineStates({
      name: 'probe.two-beginnings',
      object: words,
      initial: ['b', 'a'],
      states: { a: words, b: words },
      actions: { go: words },
      transitions: [{ from: 'a', to: 'b', by: 'go' }],
    });
    expect([two.initial, two.beginnings]).toEqual(['b', ['b', 'a']]);
  });

  it('is known to the product by its name', () => {
    const machine = door();
    expect(stateMachines().get(machine.name)).toBe(machine);
  });

  const word = { zh: '字', en: 'word' };
  const island = { a: word, b: word, c: word };
  it.each([
    [
      'two ends for one state and action',
      { states: { a: word, b: word, c: word }, actions: { go: word } },
      [
        { from: 'a', to: 'b', by: 'go' },
        { from: ['a', 'b'], to: 'c', by: 'go' },
      ],
      '"go" from "a" is defined twice',
    ],
    [
      'a state that cannot be reached, not even by another such',
      { states: island, actions: { go: word } },
      [
        { from: 'b', to: 'c', by: 'go' },
        { from: 'c', to: 'b', by: 'go' },
      ],
      'the state "b" cannot be reached',
    ],
    [
      'an action that is nowhere possible',
      { states: { a: word }, actions: { go: word } },
      [],
      '"go" is nowhere possible',
    ],
    [
      'a state without a Chinese word',
      { states: { a: { zh: 'a', en: 'a' } }, actions: {} },
      [],
      'a has no word in Chinese',
    ],
    [
      'an action without an English word',
      { states: { a: word }, actions: { go: { zh: '走', en: ' ' } } },
      [{ from: 'a', to: 'a', by: 'go' }],
      'go has no word in English',
    ],
  ] as const)('is not defined at all with %s', (what, parts, transitions, reason) => {
    const name = `probe.${what.replaceAll(' ', '-')}`;
    const definition: unknown = { name, object: word, initial: 'a', ...parts, transitions };
    const define = () => defineStates(definition as Parameters<typeof defineStates>[0]);
    expect(define).toThrow(reason);
  });

  it('has a name of its own', () => {
    const machine = door();
    expect(() =>
      defineStates({
        ...machine,
        name: machine.name,
        object: word,
        initial: 'a',
        states: { a: word },
        actions: {},
        transitions: [],
      }),
    ).toThrow('are defined twice');
  });
});
