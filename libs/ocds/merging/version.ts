/** Versioned release: every value that a field had, with the release that stated it. */
import type { DomainError } from '#libs/kernel';
import { ocdsErrors } from '../errors.js';
import { canonicalText, copyJson, isObject, type JsonObject } from '../quality/json-value.js';
import { pointerStep } from '../quality/problem.js';
import { RELEASE_WITH_BIDS } from '../standard/bids-rules.js';
import type { Release, VersionedRelease, VersionedValue } from '../standard/package-types.js';
import type { FieldRule, ObjectRule } from '../standard/rule-types.js';
import { isWholeList, matchKey, mergeableFields, refuseDepth } from './merge-rules.js';
import { inDateOrder } from './release-order.js';

/** Marks lists of versioned values, which otherwise look like any list of objects. */
class Histories {
  private readonly known = new WeakSet<object>();

  start(): VersionedValue[] {
    const history: VersionedValue[] = [];
    this.known.add(history);
    return history;
  }

  is(value: unknown): value is VersionedValue[] {
    return Array.isArray(value) && this.known.has(value);
  }
}

class Versioning {
  private readonly histories = new Histories();

  constructor(readonly output: JsonObject) {}

  add(release: Release): void {
    const stamp = { releaseID: release.id, releaseDate: release.date, releaseTag: release.tag };
    const { ocid: _ocid, ...input } = release as unknown as JsonObject;
    this.mergeObject(this.output, input, RELEASE_WITH_BIDS, stamp, '');
  }

  private mergeObject(
    output: JsonObject,
    input: JsonObject,
    rule: ObjectRule | undefined,
    stamp: Omit<VersionedValue, 'value'>,
    pointer: string,
    depth = 0,
  ): void {
    refuseDepth(depth);
    for (const [key, value, field] of mergeableFields(input, rule)) {
      const before = Object.hasOwn(output, key) ? output[key] : undefined;
      const at = pointer + pointerStep(key);
      if (isObject(value)) {
        if (Object.keys(value).length === 0) continue;
        const target = before === undefined ? {} : this.treeOf(before, at);
        this.mergeObject(target, value, field?.shape?.(), stamp, at, depth + 1);
        if (Object.keys(target).length > 0) output[key] = target;
      } else if (Array.isArray(value) && !isWholeList(field, value)) {
        if (value.length === 0) continue;
        const target = before === undefined ? [] : this.listOf(before, at);
        this.mergeList(target, value as JsonObject[], field, stamp, at, depth + 1);
        output[key] = target;
      } else {
        output[key] = this.appendValue(before, value, stamp, at);
      }
    }
  }

  private mergeList(
    output: JsonObject[],
    input: readonly JsonObject[],
    field: FieldRule | undefined,
    stamp: Omit<VersionedValue, 'value'>,
    pointer: string,
    depth: number,
  ): void {
    const byId = new Map(output.map((element) => [matchKey(element), element]));
    for (const element of input) {
      const key = matchKey(element);
      let target = key === undefined ? undefined : byId.get(key);
      if (!target) {
        target = key === undefined ? {} : { id: element['id'] };
        output.push(target);
        byId.set(key, target);
      }
      // The id of a list element says which element it is, so it has no history.
      const { id: _id, ...rest } = element;
      this.mergeObject(target, rest, field?.items?.shape?.(), stamp, `${pointer}/${key ?? '-'}`, depth);
    }
  }

  private appendValue(
    before: unknown,
    value: unknown,
    stamp: Omit<VersionedValue, 'value'>,
    pointer: string,
  ): unknown {
    if (before !== undefined && !this.histories.is(before)) {
      if (value !== null) throw this.shapeChanged(pointer);
      this.endAll(before, stamp);
      return before;
    }
    const history = before ?? this.histories.start();
    const last = history.at(-1);
    if (!last || canonicalText(last.value) !== canonicalText(value)) {
      history.push({ ...stamp, value: copyJson(value) });
    }
    return history;
  }

  /** `null` for a whole object says that each of its fields has no value any more. */
  private endAll(tree: unknown, stamp: Omit<VersionedValue, 'value'>): void {
    if (this.histories.is(tree)) {
      if (tree.at(-1)?.value !== null) tree.push({ ...stamp, value: null });
    } else if (Array.isArray(tree)) {
      for (const element of tree as unknown[]) this.endAll(element, stamp);
    } else if (isObject(tree)) {
      for (const child of Object.values(tree)) this.endAll(child, stamp);
    }
  }

  private treeOf(before: unknown, pointer: string): JsonObject {
    if (isObject(before)) return before;
    throw this.shapeChanged(pointer);
  }

  private listOf(before: unknown, pointer: string): JsonObject[] {
    if (Array.isArray(before) && !this.histories.is(before)) return before as JsonObject[];
    throw this.shapeChanged(pointer);
  }

  private shapeChanged(pointer: string): DomainError {
    return ocdsErrors.shapeChanged({ pointer });
  }
}

/**
 * Merges the releases of one contracting process into the history of every field.
 * @throws DomainError as for a compiled release, and `ocds.shape-changed` when a field unknown to the standard changes between object and plain value
 */
export function versionReleases(releases: readonly Release[]): VersionedRelease {
  const ordered = inDateOrder(releases);
  const versioning = new Versioning({ ocid: ordered.latest.ocid });
  for (const release of ordered.releases) versioning.add(release);
  return versioning.output as VersionedRelease;
}
