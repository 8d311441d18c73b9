/** Our rule tables against the official schema: as tables, on real releases, on generated ones. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { PROBLEM_KEYWORDS } from '../quality/problem.js';
import { mutatedRelease, harmlessRelease } from '../quality/mutations.test-support.js';
import { compileReleaseSchema } from '../quality/schema-file.js';
import { validateRelease, type ValidationResult } from '../quality/validate.js';
import { sampleBids, sampleRelease } from '../sample-release.test-support.js';
import { itWithSharedData, readSharedJson, sharedOcdsPath } from '../shared-data.test-support.js';
import { CODELISTS } from './codelists.js';
import { RELEASE_WITH_BIDS } from './bids-rules.js';
import type { Release } from './package-types.js';
import { RELEASE } from './release-rules.js';
import type { FieldRule, ObjectRule } from './rule-types.js';

type Schema = Record<string, unknown>;

/** Merges an extension's schema into the standard's, as RFC 7396 says. */
function patch(target: Schema, change: Schema): Schema {
  const result = { ...target };
  for (const [key, value] of Object.entries(change)) {
    const both = typeof value === 'object' && value !== null && !Array.isArray(value);
    result[key] = both ? patch((result[key] ?? {}) as Schema, value as Schema) : (value as unknown);
  }
  return result;
}

const official = (withBids: boolean): Schema => {
  const schema = readSharedJson('schema-1.1/schema/release-schema.json') as Schema;
  return withBids ? patch(schema, readSharedJson('bid-extension/release-schema.json') as Schema) : schema;
};

const LANGUAGE_SUFFIX = /^\^\(([A-Za-z]+)_/;

/** One field of the official schema, written in the terms of our tables. */
function fieldFacts(root: Schema, field: Schema): Schema {
  const definitions = root['definitions'] as Record<string, Schema>;
  const target =
    typeof field['$ref'] === 'string' ? definitions[field['$ref'].split('/').at(-1) ?? ''] : field;
  const resolved = target ?? {};
  const items = resolved['items'] as Schema | undefined;
  const itemFacts = items && fieldFacts(root, items);
  // The standard states the code list of a list of codes on the list, the codes on its items.
  const codelist = resolved['codelist'] as string | undefined;
  if (codelist && itemFacts) itemFacts['codelist'] = codelist.replace('.csv', '');
  const namelessObjects =
    items && itemFacts?.['shape'] && !('id' in ((itemFacts['shape'] as Schema)['fields'] as Schema));
  return compact({
    types: [resolved['type']].flat(),
    minLength: resolved['minLength'],
    format: resolved['format'],
    codelist: items ? undefined : codelist?.replace('.csv', ''),
    shape: 'properties' in resolved ? objectFacts(root, resolved) : undefined,
    items: itemFacts,
    minItems: resolved['minItems'],
    uniqueItems: resolved['uniqueItems'],
    wholeListMerge: resolved['wholeListMerge'] ?? (namelessObjects ? true : undefined),
    omitWhenMerged: resolved['omitWhenMerged'],
    deprecated: 'deprecated' in field ? true : undefined,
  });
}

function objectFacts(root: Schema, schema: Schema): Schema {
  const fields = Object.entries(schema['properties'] as Schema).map(([name, field]) => [
    name,
    fieldFacts(root, field as Schema),
  ]);
  const patterns = Object.keys(schema['patternProperties'] ?? {});
  return compact({
    fields: Object.fromEntries(fields) as Schema,
    required: [...((schema['required'] ?? []) as string[])].sort(),
    translatable: patterns.map((pattern) => LANGUAGE_SUFFIX.exec(pattern)?.[1]).sort(),
    minProperties: schema['minProperties'],
  });
}

const compact = (facts: Schema): Schema =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

function ruleFacts(rule: FieldRule): Schema {
  return compact({
    ...rule,
    shape: rule.shape && tableFacts(rule.shape()),
    items: rule.items && ruleFacts(rule.items),
  });
}

const tableFacts = (rule: ObjectRule): Schema =>
  compact({
    fields: Object.fromEntries(Object.entries(rule.fields).map(([name, field]) => [name, ruleFacts(field)])),
    required: [...rule.required].sort(),
    translatable: [...rule.translatable].sort(),
    minProperties: rule.minProperties,
  });

/** Same verdict; the same places; and at each place a breach that the schema reports there too. */
function expectSameJudgement(ours: ValidationResult, judge: ValidationResult): void {
  const places = (result: ValidationResult) =>
    [...new Set(result.problems.map(({ pointer }) => pointer))].sort();
  expect({ valid: ours.valid, places: places(ours) }).toEqual({ valid: judge.valid, places: places(judge) });
  const reported = new Set(judge.problems.map(({ pointer, code }) => `${pointer} ${code}`));
  expect(ours.problems.filter(({ pointer, code }) => !reported.has(`${pointer} ${code}`))).toEqual([]);
}

const NO_LIMIT = 1_000_000;
const releasesWithBids = (): Release[] => {
  const release = sampleRelease();
  release.bids = sampleBids();
  for (const award of release.awards ?? []) award.relatedBids = ['bid-1'];
  return [release, sampleRelease()];
};

describe('the rule tables', () => {
  itWithSharedData('state the same rules as the official schema, field by field', () => {
    const schema = official(false);
    expect(tableFacts(RELEASE)).toEqual(objectFacts(schema, schema));
  });

  itWithSharedData('state the same rules as the bids extension, field by field', () => {
    const schema = official(true);
    expect(tableFacts(RELEASE_WITH_BIDS)).toEqual(objectFacts(schema, schema));
  });

  itWithSharedData('list the same codes as the official code lists', () => {
    for (const [name, list] of Object.entries(CODELISTS)) {
      const folder = ['bidStatus', 'submissionType', 'country', 'statistic'].includes(name)
        ? 'bid-extension/codelists'
        : 'schema-1.1/schema/codelists';
      const rows = parse(readFileSync(sharedOcdsPath(`${folder}/${name}.csv`)), {
        columns: true,
        bom: true,
      }) as unknown as {
        Code: string;
      }[];
      expect({ name, codes: [...list.codes].sort() }).toEqual({
        name,
        codes: rows.map((row) => row.Code).sort(),
      });
    }
  });

  it('close exactly the lists that the standard closes', () => {
    const closedLists = Object.entries(CODELISTS).flatMap(([name, list]) => (list.closed ? [name] : []));
    expect(closedLists).toEqual([
      'releaseTag', 'initiationType', 'tenderStatus', 'method', 'procurementCategory', 'awardStatus',
      'contractStatus', 'milestoneStatus', 'currency', 'bidStatus', 'submissionType', 'country',
    ]); // prettier-ignore
    expect(CODELISTS.currency.codes.size).toBe(302);
  });
});

describe('real releases', () => {
  const real = () => (readSharedJson('colombia-secop-100.json') as { releases: unknown[] }).releases;

  itWithSharedData('are judged like the official schema judges them: 96 accepted, 4 refused', () => {
    const judge = compileReleaseSchema(official(false), NO_LIMIT);
    const refused = real().filter((release) => {
      const ours = validateRelease(release, { maxProblems: NO_LIMIT });
      expectSameJudgement(ours, judge(release));
      return !ours.valid;
    });
    expect(refused).toHaveLength(4);
  });

  itWithSharedData('changed at random are judged like the official schema judges them', () => {
    const judge = compileReleaseSchema(official(false), NO_LIMIT);
    let valid = 0;
    let invalid = 0;
    fc.assert(
      fc.property(mutatedRelease([...real(), sampleRelease(), sampleRelease()]), (release) => {
        const ours = validateRelease(release, { maxProblems: NO_LIMIT });
        if (ours.valid) valid += 1;
        else invalid += 1;
        expectSameJudgement(ours, judge(release));
      }),
      { numRuns: 600 },
    );
    // The property would mean nothing if all cases fell on one side.
    expect({ valid: valid > 100, invalid: invalid > 100 }).toEqual({ valid: true, invalid: true });
  });
});

describe('releases of our own', () => {
  itWithSharedData('changed at random are judged like the official schema judges them', () => {
    const judge = compileReleaseSchema(official(false), NO_LIMIT);
    fc.assert(
      fc.property(mutatedRelease([sampleRelease()], 6), (release) => {
        expectSameJudgement(validateRelease(release, { maxProblems: NO_LIMIT }), judge(release));
      }),
      { numRuns: 1000 },
    );
  });

  itWithSharedData('with bids are judged like the official schema with the extension', () => {
    const judge = compileReleaseSchema(official(true), NO_LIMIT);
    fc.assert(
      fc.property(mutatedRelease(releasesWithBids(), 6), (release) => {
        expectSameJudgement(validateRelease(release, { bids: true, maxProblems: NO_LIMIT }), judge(release));
      }),
      { numRuns: 800 },
    );
  });

  itWithSharedData('would be told apart if a rule were missing (negative control)', () => {
    const schema = official(false);
    const award = (schema['definitions'] as Schema)['Award'] as Schema;
    Reflect.deleteProperty(award, 'required');
    const laxJudge = compileReleaseSchema(schema, NO_LIMIT);
    const broken = sampleRelease();
    Reflect.deleteProperty(broken.awards?.[0] ?? {}, 'id');
    const ours = validateRelease(broken);
    expect(() => {
      expectSameJudgement(ours, laxJudge(broken));
    }).toThrow();
  });

  it('are answered without an exception whatever they are changed into', () => {
    fc.assert(
      fc.property(mutatedRelease(releasesWithBids(), 10), (release) => {
        const result = validateRelease(release, { bids: true });
        expect(result.valid).toBe(result.problems.length === 0);
        for (const { code } of result.problems) expect(Object.keys(PROBLEM_KEYWORDS)).toContain(code);
      }),
    );
  });

  it('stay valid when fields are added that the standard does not know', () => {
    fc.assert(
      fc.property(harmlessRelease(sampleRelease()), (release) => {
        expect(validateRelease(release).problems).toEqual([]);
      }),
    );
  });
});
