import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOcdsError } from '../errors.js';
import { copyJson, isObject, MAX_DEPTH, type JsonObject } from '../quality/json-value.js';
import { mutatedRelease } from '../quality/mutations.test-support.js';
import { compileReleaseSchema } from '../quality/schema-file.js';
import { validateRelease } from '../quality/validate.js';
import { sampleBids, sampleRelease } from '../sample-release.test-support.js';
import { itWithSharedData, readSharedJson } from '../shared-data.test-support.js';
import type { Release } from '../standard/package-types.js';
import { compileReleases } from './compile.js';
import { buildRecord } from './record.js';
import { versionReleases } from './version.js';

interface Golden {
  description: string;
  releases: Release[];
  compiled: unknown;
  versioned: unknown;
}

const folder = join(import.meta.dirname, 'golden');
const goldens = readdirSync(folder).map(
  (name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden] as const,
);

describe('merging follows the written examples', () => {
  it.each(goldens)('%s: compiled release', (_name, { releases, compiled }) => {
    expect(compileReleases(releases)).toEqual(compiled);
  });

  it.each(goldens)('%s: versioned release', (_name, { releases, versioned }) => {
    expect(versionReleases(releases)).toEqual(versioned);
  });

  it.each(goldens)('%s: the releases themselves stay as they were', (_name, { releases }) => {
    const before = copyJson(releases);
    buildRecord(releases);
    expect(releases).toEqual(before);
  });
});

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (isOcdsError(error)) return error.code.replace('ocds.', '');
    throw error;
  }
  return 'no error';
};
const at = (date: string, more: object = {}): Release => ({
  ...sampleRelease(),
  id: `r-${date}`,
  date,
  ...more,
});

describe('merging refuses', () => {
  it('nothing at all, by a code that can be told from others', () => {
    expect(codeOf(() => compileReleases([]))).toBe('no-releases');
    try {
      compileReleases([]);
    } catch (error) {
      expect([undefined, 'no-releases', 'same-date'].map((code) => isOcdsError(error, code))).toEqual([
        true,
        true,
        false,
      ]);
    }
    expect(isOcdsError(new Error('ocds.no-releases'))).toBe(false);
  });

  it('two releases of the same moment, also when written in two time zones', () => {
    const releases = [at('2026-01-01T08:00:00+08:00'), at('2026-01-01T00:00:00Z')];
    expect(codeOf(() => compileReleases(releases))).toBe('same-date');
    expect(codeOf(() => versionReleases(releases))).toBe('same-date');
    const apart = [at('2026-01-01T08:00:00+08:00'), at('2026-01-01T00:00:00.000001Z')];
    expect(codeOf(() => compileReleases(apart))).toBe('no error');
  });

  it('nothing that differs by a nanosecond, and orders it by that', () => {
    const earlier = at('2026-01-01T00:00:00.000000001Z', { tag: ['tender'], language: 'a' });
    const later = at('2026-01-01T08:00:00.000000002+08:00', { tag: ['award'], language: 'b' });
    for (const releases of [
      [earlier, later],
      [later, earlier],
    ]) {
      const record = buildRecord(releases);
      expect(record.releases).toEqual([earlier, later]);
      expect(record.compiledRelease).toMatchObject({
        id: `${later.ocid}-${later.date}`,
        date: later.date,
        tag: ['compiled'],
        language: 'b',
      });
      expect(record.versionedRelease).toMatchObject({ language: [{ value: 'a' }, { value: 'b' }] });
    }
    expect(buildRecord([earlier], { versioned: false })).not.toHaveProperty('versionedRelease');
  });

  it('releases of different processes', () => {
    const other = at('2026-01-02T00:00:00Z', { ocid: 'ocds-zz0000-other' });
    expect(codeOf(() => compileReleases([at('2026-01-01T00:00:00Z'), other]))).toBe('different-ocids');
  });

  it('a release nested one level deeper than allowed', () => {
    const nested = (levels: number): Release =>
      at('2026-01-01T00:00:00Z', {
        deep: JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as object,
      });
    for (const merge of [compileReleases, versionReleases]) {
      expect(codeOf(() => merge([nested(MAX_DEPTH)]))).toBe('no error');
      expect(codeOf(() => merge([nested(MAX_DEPTH + 1)]))).toBe('too-deep');
    }
  });

  it('a release without a date to order it by', () => {
    expect(codeOf(() => compileReleases([at('2026-01-01')]))).toBe('missing-date');
  });

  it('a history whose field turns from object to text, and names the place', () => {
    const releases = [
      at('2026-01-01T00:00:00Z', { lots: { a: 1 } }),
      at('2026-01-02T00:00:00Z', { lots: 'none' }),
    ];
    expect(codeOf(() => versionReleases(releases))).toBe('shape-changed');
    expect(
      codeOf(() =>
        versionReleases(
          [...releases].reverse().map((r, i) => ({ ...r, date: `2026-01-0${i + 1}T00:00:00Z` })),
        ),
      ),
    ).toBe('shape-changed');
    expect(compileReleases(releases)).toMatchObject({ lots: 'none' });
    const listed = [
      at('2026-01-01T00:00:00Z', { lots: ['a'] }),
      at('2026-01-02T00:00:00Z', { lots: [{ id: 'a' }] }),
    ];
    expect(codeOf(() => versionReleases(listed))).toBe('shape-changed');
  });

  it('a release nested so deeply that merging it would overflow the stack', () => {
    const deep = JSON.parse('{"a":'.repeat(3000) + '1' + '}'.repeat(3000)) as object;
    expect(codeOf(() => compileReleases([at('2026-01-01T00:00:00Z', { deep })]))).toBe('too-deep');
    expect(codeOf(() => versionReleases([at('2026-01-01T00:00:00Z', { deep })]))).toBe('too-deep');
  });

  it('a key that would reach the prototype of every object', () => {
    const evil = JSON.parse(
      '{"__proto__":{"polluted":true},"tender":{"__proto__":{"polluted":true}}}',
    ) as object;
    const compiled = compileReleases([at('2026-01-01T00:00:00Z', evil)]);
    versionReleases([at('2026-01-01T00:00:00Z', evil)]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((compiled as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

/** The present state that a history ends in. */
function latestOf(tree: unknown): unknown {
  if (Array.isArray(tree)) {
    const last = tree.at(-1) as unknown;
    return isObject(last) && 'releaseID' in last && 'value' in last ? last['value'] : tree.map(latestOf);
  }
  if (!isObject(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, child]) => [key, latestOf(child)]));
}

/** Without nulls and without objects and lists that hold nothing, which the two routes may leave differently. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map(essence).filter((element) => element !== undefined);
    return elements.length > 0 ? elements : undefined;
  }
  if (!isObject(value)) return value ?? undefined;
  const entries = Object.entries(value).map(([key, child]) => [key, essence(child)] as const);
  const kept = entries.filter(([, child]) => child !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

const withBids = (): Release => ({ ...sampleRelease(), bids: sampleBids() });
const history = fc
  .array(mutatedRelease([withBids(), sampleRelease()], 5), { minLength: 1, maxLength: 4 })
  .map((versions) =>
    versions.map((version, day) => {
      const release = version as Release;
      return {
        ...release,
        ocid: 'ocds-zz0000-1',
        id: `r${day}`,
        date: `2026-01-0${day + 1}T00:00:00Z`,
        tag: ['tender'],
        initiationType: 'tender',
      };
    }),
  )
  .filter((releases) => releases.every((release) => validateRelease(release, { bids: true }).valid));

describe('merging any releases', () => {
  it('gives the same result in whatever order they are handed over', () => {
    fc.assert(
      fc.property(history, (releases) => {
        expect(compileReleases([...releases].reverse())).toEqual(compileReleases(releases));
      }),
    );
  });

  it('gives a history that ends in the present state', () => {
    fc.assert(
      fc.property(history, (releases) => {
        let versioned;
        try {
          versioned = versionReleases(releases);
        } catch (error) {
          fc.pre(!isOcdsError(error, 'shape-changed'));
          throw error;
        }
        const { id: _id, date: _date, tag: _tag, ...present } = compileReleases(releases);
        expect(essence(latestOf(versioned))).toEqual(essence(present));
      }),
      { numRuns: 300 },
    );
  });

  it('gives a valid release again, when valid releases without nulls are merged', () => {
    const hasNull = (value: unknown): boolean => JSON.stringify(value).includes('null');
    fc.assert(
      fc.property(history, (releases) => {
        fc.pre(!hasNull(releases) && releases.length === 1);
        expect(validateRelease(compileReleases(releases), { bids: true }).problems).toEqual([]);
      }),
    );
  });

  itWithSharedData('gives versioned releases that the official schema accepts', () => {
    const judge = compileReleaseSchema(
      readSharedJson('schema-1.1/schema/versioned-release-validation-schema.json'),
    );
    const { releases } = readSharedJson('colombia-secop-100.json') as { releases: Release[] };
    const accepted = releases.filter((release) => validateRelease(release).valid);
    for (const release of [sampleRelease(), ...accepted].map((each) => withoutDisputed(each))) {
      const later = { ...copyJson(release), id: 'later', date: '2030-01-01T00:00:00Z' };
      expect(judge(versionReleases([release, later])).problems).toEqual([]);
    }
  });
});

/**
 * Without the two places where the official schema of versioned releases and the official merging rules disagree:
 * translated fields (the schema forgets their history) and `details` of a party (the schema takes the object as one
 * value, the rules and the reference implementation give each of its fields a history).
 */
function withoutDisputed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutDisputed) as T;
  if (!isObject(value)) return value;
  const kept = Object.entries(value as JsonObject).filter(([key]) => !key.includes('_') && key !== 'details');
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutDisputed(child)])) as T;
}
