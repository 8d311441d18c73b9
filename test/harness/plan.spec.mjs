import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, choose, LAYERS, REHEARSED_TESTS } from './plan.mjs';

/** @param {...string} args */
const chosen = (...args) => {
  const { checks, layers, jestArgs } = choose(args);
  return { names: [...checks, ...layers].map(({ name }) => name), jestArgs };
};
const everything = [...CHECKS, ...LAYERS].map(({ name }) => name);

describe('what `npm test` runs', () => {
  it('is everything when nothing is said', () => {
    expect(chosen()).toEqual({ names: everything, jestArgs: [] });
    expect(everything).toEqual(
      expect.arrayContaining(['build', 'lint', 'types', 'unit', 'faults', 'browser']),
    );
    expect(new Set(everything).size).toBe(everything.length);
  });

  it('is what is named, in the order of the plan, and the rest goes to jest', () => {
    expect(chosen('--only', 'unit,lint')).toEqual({ names: ['lint', 'unit'], jestArgs: [] });
    expect(chosen('--only=integration', 'contracts')).toEqual({
      names: ['integration'],
      jestArgs: ['contracts'],
    });
  });

  it('is every layer, and no check and no rehearsal, where a pattern alone is given', () => {
    const names = LAYERS.filter(({ moment }) => moment === undefined).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['unit', 'integration', 'browser']));
    expect(chosen('contracts')).toEqual({ names, jestArgs: ['contracts'] });
  });

  it('happens at another moment where one is named, once for everything', () => {
    const { moment, layers } = choose(['--at', '2028-02-29T12:00:00+08:00', '--zone=America/New_York']);
    expect(moment).toEqual({ at: '2028-02-29T12:00:00+08:00', zone: 'America/New_York' });
    expect(layers.every((layer) => layer.moment === undefined)).toBe(true);
    expect(() => choose(['--at', 'tomorrow'])).toThrow('--at wants an instant');
  });

  it.each([['--only'], ['--only='], ['--only', 'unit,units'], ['--only=everything']])(
    'is nothing where %j asks for what there is not: nobody shall take that for green',
    (...args) => {
      expect(() => choose(args)).toThrow('--only knows: build, lint');
    },
  );

  it('rehearses no name that is gone: each pattern finds tests', () => {
    const root = join(import.meta.dirname, '..', '..');
    const specs = ['src', 'libs']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true }).map((file) => join(root, folder, String(file))),
      )
      .filter((file) => file.endsWith('spec.ts'));
    const finds = (/** @type {string} */ pattern) => specs.some((file) => new RegExp(pattern).test(file));
    expect(REHEARSED_TESTS.filter((pattern) => !finds(pattern))).toEqual([]);
    expect(finds('/domain/')).toBe(false);
  });
});
