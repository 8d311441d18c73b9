/** Fast-check arbitraries that break (or only change) valid releases in the ways real files do. */
import fc from 'fast-check';
import { copyJson, type JsonObject } from './json-value.js';

type Container = JsonObject | unknown[];
type Site = { holder: Container; key: string | number };

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place of a JSON value that can be replaced, in document order. */
function sites(value: Container, found: Site[] = []): Site[] {
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  for (const key of keys) {
    found.push({ holder: value, key });
    const child = (value as Record<string | number, unknown>)[key];
    if (isContainer(child)) sites(child, found);
  }
  return found;
}

const FIELD_NAMES = [
  'id', 'name', 'title', 'title_zh-Hans', 'title_en', 'title_e', 'description_x-own', 'legalName_en', 'status',
  'date', 'value', 'amount', 'currency', 'uri', 'url', 'items', 'documents', 'amendment', 'amendments', 'changes',
  'roles', 'details', 'identifier', 'additionalIdentifiers', 'period', 'maxExtentDate', 'durationInDays', 'unit',
  'transactions', 'providerOrganization', 'source', 'source_fr', 'minValue', 'language', 'relationship', 'former_value',
  'tag', 'numberOfTenderers', 'hasEnquiries', 'submissionMethod', 'awardID', 'unknownField', 'bids', 'relatedBids',
  'identifiers', 'countriesOfOrigin', 'statistics', 'measure', 'rank', 'hasRank', 'variant', 'relatedLots',
]; // prettier-ignore

const strangeValue = fc.oneof(
  fc.constantFrom<unknown>(
    null, '', 'x', 0, 1, -1, 1.5, 1e400, true, false, [], {}, [{}], [[]], [null], ['a', 'a'], [{ id: 1 }, { id: 1 }],
    [{ id: '1' }, { id: 1 }], { id: null }, { id: '' }, { amount: '1' }, 'active', 'CNY', 'cny', 'open', 'CN',
    '2026-01-01T00:00:00Z', '2026-01-01', '2026-02-30T00:00:00Z', 'https://example.org/', 'example.org', 'mailto:a@b',
    'zh', ['tender'], ['tender', 'nope'], 'bid', 'valid', ['CN'], ['XX'], 9007199254740993,
  ), // prettier-ignore
  fc.string({ maxLength: 8 }),
  fc.double({ noNaN: true }),
);

type Mutation = (release: JsonObject, at: number) => void;
const siteAt = (release: JsonObject, at: number): Site | undefined => {
  const all = sites(release);
  return all[Math.floor(at * all.length)];
};
const read = ({ holder, key }: Site): unknown => (holder as Record<string | number, unknown>)[key];
const write = ({ holder, key }: Site, value: unknown): void => {
  (holder as Record<string | number, unknown>)[key] = value;
};

const remove: Mutation = (release, at) => {
  const site = siteAt(release, at);
  if (!site) return;
  if (Array.isArray(site.holder)) site.holder.splice(Number(site.key), 1);
  else Reflect.deleteProperty(site.holder, site.key);
};
const repeat: Mutation = (release, at) => {
  const site = siteAt(release, at);
  if (site && Array.isArray(site.holder)) site.holder.push(copyJson(read(site)));
};
const replace =
  (value: unknown): Mutation =>
  (release, at) => {
    const site = siteAt(release, at);
    if (site) write(site, copyJson(value));
  };
const transplant =
  (from: number): Mutation =>
  (release, at) => {
    const [source, target] = [siteAt(release, from), siteAt(release, at)];
    if (source && target) write(target, copyJson(read(source)));
  };
const addField =
  (name: string, value: unknown): Mutation =>
  (release, at) => {
    const site = siteAt(release, at);
    const holder = site && read(site);
    const target = isContainer(holder) && !Array.isArray(holder) ? holder : release;
    target[name] = copyJson(value);
  };

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant(remove),
  fc.constant(repeat),
  strangeValue.map(replace),
  place.map(transplant),
  fc.tuple(fc.constantFrom(...FIELD_NAMES), strangeValue).map(([name, value]) => addField(name, value)),
);

/** A release made from one of `bases` by up to `most` changes; none at all now and then. */
export function mutatedRelease(bases: readonly unknown[], most = 4): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(mutation, place), { maxLength: most });
  return fc.tuple(fc.nat({ max: bases.length - 1 }), changes).map(([base, steps]) => {
    const release = copyJson(bases[base]) as JsonObject;
    for (const [change, at] of steps) change(release, at);
    return release;
  });
}

/** Changes that leave a valid release valid: fields OCDS does not know, and code words of open lists. */
export function harmlessRelease(base: unknown): fc.Arbitrary<unknown> {
  const additions = fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 6 }), place, fc.jsonValue()), {
    maxLength: 4,
  });
  return additions.map((steps) => {
    const release = copyJson(base) as JsonObject;
    for (const [name, at, value] of steps) addField(`x:${name}`, value)(release, at);
    return release;
  });
}
