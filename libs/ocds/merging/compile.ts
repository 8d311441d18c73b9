/** Compiled release: the present state of a contracting process, from all its releases. */
import { copyJson, isObject, type JsonObject } from '../quality/json-value.js';
import { RELEASE_WITH_BIDS } from '../standard/bids-rules.js';
import type { Release } from '../standard/package-types.js';
import type { FieldRule, ObjectRule } from '../standard/rule-types.js';
import { isWholeList, matchKey, mergeableFields, refuseDepth } from './merge-rules.js';
import { inDateOrder } from './release-order.js';

function mergeList(
  output: JsonObject[],
  input: JsonObject[],
  field: FieldRule | undefined,
  depth: number,
): void {
  const byId = new Map<string, JsonObject>();
  for (const element of output) {
    const key = matchKey(element);
    if (key !== undefined) byId.set(key, element);
  }
  for (const element of input) {
    const key = matchKey(element);
    let target = key === undefined ? undefined : byId.get(key);
    if (!target) {
      target = key === undefined ? {} : { id: element['id'] };
      output.push(target);
      if (key !== undefined) byId.set(key, target);
    }
    // A matched element keeps the spelling its id had first.
    const { id: _id, ...rest } = element;
    mergeObject(target, key === undefined ? element : rest, field?.items?.shape?.(), depth + 1);
  }
}

function mergeObject(
  output: JsonObject,
  input: JsonObject,
  rule: ObjectRule | undefined,
  depth: number,
): void {
  refuseDepth(depth);
  for (const [key, value, field] of mergeableFields(input, rule)) {
    const before = Object.hasOwn(output, key) ? output[key] : undefined;
    if (value === null) {
      Reflect.deleteProperty(output, key);
    } else if (isObject(value)) {
      if (Object.keys(value).length === 0) continue;
      const target = isObject(before) ? before : {};
      mergeObject(target, value, field?.shape?.(), depth + 1);
      output[key] = target;
    } else if (Array.isArray(value) && !isWholeList(field, value)) {
      if (value.length === 0) continue;
      const target = Array.isArray(before) && before.every(isObject) ? before : [];
      mergeList(target, value as JsonObject[], field, depth + 1);
      output[key] = target;
    } else {
      output[key] = copyJson(value);
    }
  }
}

/**
 * Merges the releases of one contracting process into its present state. Its id is `<ocid>-<date>`, its date the
 * date of the latest release, its tag `compiled`.
 * @throws DomainError `ocds.no-releases`, `ocds.different-ocids`, `ocds.missing-date`, `ocds.same-date`, `ocds.too-deep`
 */
export function compileReleases(releases: readonly Release[]): Release {
  const ordered = inDateOrder(releases);
  const { ocid, date } = ordered.latest;
  const compiled: JsonObject = { ocid, id: `${ocid}-${date}`, date, tag: ['compiled'] };
  for (const release of ordered.releases) {
    mergeObject(compiled, release as unknown as JsonObject, RELEASE_WITH_BIDS, 0);
  }
  return compiled as unknown as Release;
}
