/** Reads other publishers' files of any size: every release is accepted or put in quarantine with its reasons. */
import { checkRelease } from '../quality/check-release.js';
import { finding, type Finding } from '../quality/finding.js';
import { isObject, type JsonObject } from '../quality/json-value.js';
import { pointerStep, short, type Problem } from '../quality/problem.js';
import { validateAgainst, validateRelease, type ValidationResult } from '../quality/validate.js';
import type { PackageMetadata, Release } from '../standard/package-types.js';
import { PACKAGE_METADATA } from '../standard/package-rules.js';
import { OCDS_VERSION } from '../standard/release-rules.js';
import { decodePart, encodingProblem, fileSignature, looksLikeLines } from './decode.js';
import { JsonSplitter, type ListName, type Part, type SplitEvent } from './json-splitter.js';
import { SeenReleases } from './seen-releases.js';

export interface ReadLimits {
  /** The largest release or record, in bytes. Default 16 MiB. */
  readonly maxReleaseBytes: number;
  /** The deepest nesting within a release or record. Default 64. */
  readonly maxDepth: number;
  /** How many release ids are remembered to notice repeated ones. Default 200,000. */
  readonly maxRememberedIds: number;
}

export interface ReadOptions {
  /** Judge releases by this instead of our rules, for instance by {@link compileReleaseSchema}. */
  readonly judge?: (value: unknown) => ValidationResult;
  /** Apply the rules of the bids extension too. */
  readonly bids?: boolean;
  readonly limits?: Partial<ReadLimits>;
}

/** Where a release stands. */
export interface ReleasePosition {
  /** Counts the releases of the file from 0, whatever becomes of them. */
  readonly index: number;
  /** Counts the JSON values of the file from 0: always 0, but in a file of lines. */
  readonly document: number;
  /** JSON pointer from that value to the release. */
  readonly at: string;
  /** The compiled release of a record, as against a release published by itself. */
  readonly compiled: boolean;
}

export interface AcceptedRelease {
  readonly kind: 'accepted';
  readonly position: ReleasePosition;
  readonly release: Release;
  /** What the rules do not see, see {@link checkRelease}. */
  readonly findings: readonly Finding[];
}

export interface QuarantinedRelease {
  readonly kind: 'quarantined';
  readonly position: ReleasePosition;
  readonly ocid: string | null;
  readonly id: string | null;
  readonly problems: readonly Problem[];
  readonly omittedProblems: number;
}

export interface FileProblem {
  readonly kind: 'file-problem';
  readonly code: string;
  readonly message: string;
  readonly document: number;
  /** JSON pointer within the document, where it concerns one place of it. */
  readonly pointer?: string;
  /** Offset in bytes, where the structure breaks. */
  readonly offset?: number;
}

export interface PackageRead {
  readonly kind: 'package';
  readonly document: number;
  readonly metadata: Partial<PackageMetadata>;
}

export type ReadEvent = AcceptedRelease | QuarantinedRelease | FileProblem | PackageRead;

export const DEFAULT_LIMITS: ReadLimits = {
  maxReleaseBytes: 16 * 1024 * 1024,
  maxDepth: 64,
  maxRememberedIds: 200_000,
};

const LISTS = ['releases', 'records'] as const;
const MOST_REPEATED = 20;
const REPEATED = 'this name stands here more than once; the last value holds, the others are lost';

/** A decoded value, and the pointers in it of names that an object has more than once. */
interface Read {
  readonly value: unknown;
  readonly repeated: readonly string[];
}
type TopLevelObject = Extract<SplitEvent, { kind: 'object' }>;

const HEAD_BYTES = 64 * 1024;

const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? short(String(value), 300) : null;

class ReleaseReader {
  private readonly splitter: JsonSplitter;
  private readonly seen: SeenReleases;
  private readonly judge: (value: unknown) => ValidationResult;
  private document = 0;
  private index = 0;
  private sawOtherEncoding: Problem | undefined;
  /** Something was said already that explains why a file holds no release. */
  private explained = false;
  /** Links met in the object being read; whether it is a record, which may hold them, shows at its end. */
  private links = 0;

  constructor(options: ReadOptions, lines: boolean) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.splitter = new JsonSplitter(
      { maxPartBytes: limits.maxReleaseBytes, maxDepth: limits.maxDepth },
      lines,
    );
    this.seen = new SeenReleases(limits.maxRememberedIds);
    const bids = options.bids ?? false;
    this.judge = options.judge ? guarded(options.judge) : (value) => validateRelease(value, { bids });
  }

  get stopped(): boolean {
    return this.splitter.stopped;
  }

  *push(chunk: Uint8Array): Generator<ReadEvent> {
    for (const event of this.splitter.push(chunk)) yield* this.handle(event);
  }

  *end(): Generator<ReadEvent> {
    for (const event of this.splitter.end()) yield* this.handle(event);
    if (this.document === 0) {
      yield this.fileProblem('empty-file', 'the file holds no JSON value');
    } else if (this.index === 0 && !this.explained) {
      yield this.fileProblem(
        'no-releases',
        'no release was found: neither a package, a record, a release nor lists or lines of them',
      );
    }
  }

  private *handle(event: SplitEvent): Generator<ReadEvent> {
    switch (event.kind) {
      case 'element':
        yield* this.element(event.list, event.position, event.part);
        return;
      case 'object':
        yield* this.object(event);
        break;
      case 'scalar':
        yield* this.scalar(event.part);
        break;
      case 'broken':
        yield* this.broken(
          event.part,
          event.truncated ? 'truncated' : 'not-json',
          event.reason,
          event.offset,
        );
        break;
      case 'list':
        break;
    }
    this.document += 1;
  }

  private *scalar(part: Part): Generator<ReadEvent> {
    const decoded = decodePart(part);
    if (!decoded.ok)
      yield* this.broken(part, 'not-json', 'a value that is neither object nor list', part.offset);
    else if (this.splitter.readsLines) yield* this.release(decoded, '');
  }

  private *element(list: ListName, position: number, part: Part): Generator<ReadEvent> {
    const at = list === '' ? `/${position}` : `/${list}/${position}`;
    const decoded = decodePart(part);
    if (!decoded.ok) yield this.refuse(at, decoded.problem);
    else if (list !== 'releases') yield* this.anything(decoded, at);
    else if (isLink(decoded.value)) this.links += 1;
    else yield* this.release(decoded, at);
  }

  /** A top-level object: a package, a record whose releases have been read already, or a bare release. */
  private *object({ members, lists, repeated: names }: TopLevelObject): Generator<ReadEvent> {
    const entries: [string, unknown][] = [];
    const repeated = [...names].slice(0, MOST_REPEATED).map(pointerStep);
    for (const [name, part] of members) {
      const decoded = decodePart(part);
      if (decoded.ok) {
        entries.push([name, decoded.value]);
        repeated.push(...decoded.repeated.map((pointer) => pointerStep(name) + pointer));
      } else if (lists.size > 0)
        yield this.fileProblem(decoded.problem.code, decoded.problem.message, `/${name}`);
      else {
        yield this.refuse('', { ...decoded.problem, pointer: `/${name}` });
        return;
      }
    }
    // Not an object literal: a field called __proto__ must stay a field.
    const value = Object.fromEntries(entries);
    const links = this.links;
    this.links = 0;
    if (links > 0 && !isRecord(value)) {
      yield this.fileProblem(
        'links-in-package',
        `${links} times a link stands where a release should`,
        '/releases',
      );
    }
    if (lists.size === 0) {
      yield* this.anything({ value, repeated }, '');
      return;
    }
    yield* this.repeatedNames(repeated, '');
    yield* this.nameWhatIsNoList(value, '');
    if (isRecord(value)) yield* this.compiledRelease(value, '');
    else yield* this.package(value, '');
  }

  private *repeatedNames(pointers: readonly string[], at: string): Generator<ReadEvent> {
    for (const pointer of pointers) yield this.fileProblem('repeated-name', REPEATED, at + pointer);
  }

  /** `releases` or `records` that are there, but no list: whatever they hold is not read, and that is said. */
  private *nameWhatIsNoList(value: JsonObject, at: string): Generator<ReadEvent> {
    for (const list of LISTS) {
      if (!(list in value) || Array.isArray(value[list])) continue;
      this.explained = true;
      yield this.fileProblem(
        `${list}-not-a-list`,
        `${list} is ${kindOf(value[list])} where a list of them must stand`,
        `${at}/${list}`,
      );
    }
  }

  /** An object that is at hand as a whole: a package, a record or a release. */
  private *anything({ value, repeated }: Read, at: string): Generator<ReadEvent> {
    if (!isObject(value) || isBareRelease(value)) {
      yield* this.release({ value, repeated }, at);
      return;
    }
    const lists = LISTS.filter((name) => Array.isArray(value[name]));
    yield* this.repeatedNames(repeated, at);
    yield* this.nameWhatIsNoList(value, at);
    for (const list of lists) {
      for (const [position, element] of (value[list] as unknown[]).entries()) {
        const place = `${at}/${list}/${position}`;
        if (list === 'records') yield* this.anything({ value: element, repeated: [] }, place);
        else if (!isRecord(value) || !isLink(element))
          yield* this.release({ value: element, repeated: [] }, place, value['ocid']);
      }
    }
    if (isRecord(value) || 'compiledRelease' in value) yield* this.compiledRelease(value, at);
    else yield* this.package(value, at);
  }

  private *compiledRelease(record: JsonObject, at: string): Generator<ReadEvent> {
    const compiled = record['compiledRelease'];
    if (compiled === undefined || compiled === null) return;
    yield* this.release({ value: compiled, repeated: [] }, `${at}/compiledRelease`, record['ocid'], true);
  }

  private *release(
    { value, repeated }: Read,
    at: string,
    recordOcid?: unknown,
    compiled = false,
  ): Generator<ReadEvent> {
    const position = this.nextPosition(at, compiled);
    const { valid, problems, omitted } = this.judge(value);
    if (!valid || !isObject(value)) {
      const { ocid, id } = isObject(value) ? value : {};
      yield {
        kind: 'quarantined',
        position,
        ocid: textOrNull(ocid),
        id: textOrNull(id),
        problems: [...problems, ...repeated.map((pointer) => finding(pointer, 'repeated-name', REPEATED))],
        omittedProblems: omitted,
      };
      return;
    }
    const release = value as unknown as Release;
    const findings = [...checkRelease(release)];
    for (const pointer of repeated) findings.push(finding(pointer, 'repeated-name', REPEATED));
    if (!compiled && this.seen.repeats(release)) {
      findings.push(
        finding('/id', 'repeated-release', 'the file holds another release of this ocid with this id'),
      );
    }
    if (typeof recordOcid === 'string' && recordOcid !== release.ocid) {
      findings.push(finding('/ocid', 'record-ocid-differs', `the record is of ${short(recordOcid, 200)}`));
    }
    yield { kind: 'accepted', position, release, findings };
  }

  private *package(metadata: JsonObject, at: string): Generator<ReadEvent> {
    const { problems } = validateAgainst(PACKAGE_METADATA, metadata);
    for (const { pointer, code, message } of problems) {
      yield this.fileProblem(`package-${code}`, message, at + pointer);
    }
    const { version } = metadata;
    if (
      typeof version === 'string' &&
      version !== OCDS_VERSION &&
      !problems.some(({ pointer }) => pointer === '/version')
    ) {
      yield this.fileProblem(
        'package-version',
        `the package is of OCDS ${version}; it is read as ${OCDS_VERSION}`,
        `${at}/version`,
      );
    }
    yield { kind: 'package', document: this.document, metadata };
  }

  /** In a file of lines a broken line is a lost release; any other file cannot be read on from there. */
  private *broken(part: Part, code: string, reason: string, offset: number): Generator<ReadEvent> {
    const encoding = part.bytes && encodingProblem(part.bytes);
    const other = encoding ?? this.sawOtherEncoding;
    const problem = other ?? { pointer: '', code, message: `${reason}, at byte ${offset}` };
    if (this.splitter.readsLines) yield this.refuse('', problem);
    else {
      this.explained = true;
      yield { ...this.fileProblem(problem.code, problem.message), offset };
    }
  }

  private refuse(at: string, problem: Problem): QuarantinedRelease {
    if (problem.code.startsWith('encoding-')) this.sawOtherEncoding = problem;
    const position = this.nextPosition(at, false);
    return { kind: 'quarantined', position, ocid: null, id: null, problems: [problem], omittedProblems: 0 };
  }

  private nextPosition(at: string, compiled: boolean): ReleasePosition {
    const index = this.index;
    this.index += 1;
    return { index, document: this.document, at, compiled };
  }

  private fileProblem(code: string, message: string, pointer?: string): FileProblem {
    return {
      kind: 'file-problem',
      code,
      message,
      document: this.document,
      ...(pointer === undefined ? {} : { pointer }),
    };
  }
}

/** A judge from elsewhere may throw on hostile values: Ajv does, on a field called valueOf or megabytes of URI. */
const guarded =
  (judge: (value: unknown) => ValidationResult) =>
  (value: unknown): ValidationResult => {
    try {
      return judge(value);
    } catch (error) {
      const message = `the schema could not be applied: ${error instanceof Error ? error.message : String(error)}`;
      return { valid: false, problems: [{ pointer: '', code: 'not-judged', message }], omitted: 0 };
    }
  };

/** A record may list links instead of releases: a URL with the date and tags of what is found there. */
const isLink = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['url'] === 'string' &&
  Object.keys(value).every((key) => key === 'url' || key === 'date' || key === 'tag');

/** A record states the ocid that its releases share; a package has none. */
const isRecord = (value: JsonObject): boolean => typeof value['ocid'] === 'string';

/**
 * Neither a package nor a record. An object with `releases` that are no list is one of those, broken, unless it is a
 * release in everything else.
 */
const isBareRelease = (value: JsonObject): boolean =>
  !('compiledRelease' in value) &&
  (LISTS.every((list) => !(list in value)) ||
    (isRecord(value) && 'tag' in value && LISTS.every((list) => !Array.isArray(value[list]))));

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return isObject(value) ? 'an object' : `a ${typeof value}`;
};

type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

async function readHead(source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await source.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(chunks);
}

/**
 * Reads releases from a stream of bytes: a release package, a record package, a record, a bare release, a JSON list
 * of any of them, or one of them per line. Memory depends on the largest release, not on the file. No content makes
 * it throw; an error of the source itself (a disk that fails) passes through.
 *
 * A record's `versionedRelease` is not read: its releases and its compiled release are.
 */
export async function* readReleases(
  source: ByteSource,
  options: ReadOptions = {},
): AsyncGenerator<ReadEvent> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  try {
    const head = await readHead(iterator);
    const signature = fileSignature(head);
    if (signature.problem) {
      yield { kind: 'file-problem', document: 0, ...signature.problem };
      return;
    }
    const text = head.subarray(signature.skip);
    const reader = new ReleaseReader(options, looksLikeLines(text));
    yield* reader.push(text);
    while (!reader.stopped) {
      const next = await iterator.next();
      if (next.done) break;
      yield* reader.push(next.value);
    }
    yield* reader.end();
  } finally {
    await iterator.return?.();
  }
}
