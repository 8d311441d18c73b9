/**
 * Cuts a stream of JSON bytes into its parts without ever holding more than one of them: the elements of a
 * top-level list, the elements of `releases` and `records` of a top-level object, and that object's other members.
 *
 * It follows only the structure (brackets, strings, commas); whether a part is JSON is for `JSON.parse` to say.
 * Work per byte is constant and memory is bounded by {@link SplitterLimits.maxPartBytes}, whatever the input.
 */
import { PartBuffer, type Fault, type SplitterLimits } from './part-buffer.js';

export type SplitEvent =
  /** An element of a list that is read one by one. */
  | { readonly kind: 'element'; readonly list: ListName; readonly position: number; readonly part: Part }
  /** A top-level object ended; `members` holds what was not read one by one. */
  | {
      readonly kind: 'object';
      readonly members: ReadonlyMap<string, Part>;
      readonly lists: ReadonlySet<ListName>;
      /** Names that the object has more than once, each once. */
      readonly repeated: ReadonlySet<string>;
    }
  /** A top-level list ended. */
  | { readonly kind: 'list'; readonly length: number }
  /** A top-level value that is neither. */
  | { readonly kind: 'scalar'; readonly part: Part }
  /** The structure is broken. Reading goes on at the next line of a file of lines, and ends in any other file. */
  | {
      readonly kind: 'broken';
      readonly offset: number;
      readonly reason: string;
      /** The file ended too early, as against holding something wrong. */
      readonly truncated: boolean;
      readonly part: Part;
    };

/** `''` is the top-level list itself. */
export type ListName = 'releases' | 'records' | '';

export interface Part {
  /** `undefined` when the part was dropped for its fault. */
  readonly bytes: Uint8Array | undefined;
  readonly fault?: Fault;
  /** Where the part begins in the stream, in bytes. */
  readonly offset: number;
  /** How many members its objects have, as written: a repeated name counts each time. */
  readonly members: number;
}

type State =
  | 'top'
  | 'key-or-end'
  | 'key'
  | 'colon'
  | 'value'
  | 'after-value'
  | 'element-or-end'
  | 'element'
  | 'after-element'
  | 'skip-line'
  | 'stopped';
type Capture = 'none' | 'text' | 'scalar' | 'container';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST_START = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT_START = 0x7b;
const OBJECT_END = 0x7d;
const NEW_LINE = 0x0a;

/** What the name and the bookkeeping of one member cost, roughly. */
const MEMBER_OVERHEAD = 200;

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === NEW_LINE || byte === 0x0d || byte === 0x09;
const listNamed = (key: string): ListName | undefined =>
  key === 'releases' || key === 'records' ? key : undefined;

export class JsonSplitter {
  private state: State = 'top';
  private capture: Capture = 'none';
  private readonly buffer: PartBuffer;
  private escaped = false;
  private inText = false;
  private offset = 0;
  private chunk: Uint8Array = new Uint8Array();

  /** The list being read one by one, `undefined` inside a top-level object but outside its lists. */
  private list: ListName | undefined;
  private position = 0;
  private key = '';
  private members = new Map<string, Part>();
  private lists = new Set<ListName>();
  private names = new Set<string>();
  private repeated = new Set<string>();
  private memberBytes = 0;
  private membersDropped: string | undefined;
  private events: SplitEvent[] = [];

  private lineBreaks = 0;
  private documents = 0;

  /**
   * @param lines one top-level value per line. Otherwise found out: a file whose first value ends before the first
   *   line break and is followed by another value is a file of lines.
   */
  constructor(
    private readonly limits: SplitterLimits,
    private lines = false,
  ) {
    this.buffer = new PartBuffer(limits);
  }

  /** True while no value was begun that is not ended. */
  get atRest(): boolean {
    return this.state === 'top' || this.state === 'skip-line' || this.state === 'stopped';
  }

  get readsLines(): boolean {
    return this.lines;
  }

  get stopped(): boolean {
    return this.state === 'stopped';
  }

  /** Takes the next bytes and answers with the parts that ended within them. */
  push(chunk: Uint8Array): SplitEvent[] {
    this.events = [];
    this.chunk = chunk;
    let at = 0;
    while (at < chunk.length && this.state !== 'stopped') {
      if (this.capture === 'none') at = this.structure(chunk, at);
      else at = this.captured(chunk, at);
    }
    if (this.capture !== 'none') this.buffer.keepRest(chunk);
    this.offset += chunk.length;
    return this.events;
  }

  /** Ends the stream. An unfinished value is reported as broken. */
  end(): SplitEvent[] {
    this.events = [];
    this.chunk = new Uint8Array();
    if (this.capture === 'scalar') this.endPart(0);
    if (!this.atRest) this.break('the file ends in the middle of a value', 0, true);
    return this.events;
  }

  /** Handles one byte between parts. */
  private structure(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte === NEW_LINE) {
      this.lineBreaks += 1;
      if (this.lines && this.state !== 'top') {
        if (this.state !== 'skip-line') this.break('the line ends in the middle of a value', at);
        this.state = 'top';
      }
      return at + 1;
    }
    if (isSpace(byte) || this.state === 'skip-line') return at + 1;
    return this.token(chunk, at, byte);
  }

  private token(chunk: Uint8Array, at: number, byte: number): number {
    switch (this.state) {
      case 'top':
        return this.startDocument(at, byte);
      case 'key-or-end':
      case 'key':
        if (byte === QUOTE) return this.startPart('text', at);
        if (byte === OBJECT_END && this.state === 'key-or-end') return this.endObject(at);
        return this.break('expected a field name', at);
      case 'colon':
        if (byte !== COLON) return this.break('expected a colon', at);
        this.state = 'value';
        return at + 1;
      case 'value':
        return this.startMember(at, byte);
      case 'after-value':
        if (byte === COMMA) this.state = 'key';
        else if (byte === OBJECT_END) return this.endObject(at);
        else return this.break('expected a comma or the end of the object', at);
        return at + 1;
      case 'element-or-end':
      case 'element':
        if (byte === LIST_END && this.state === 'element-or-end') return this.endList(at);
        return this.startValue(at, byte);
      case 'after-element':
        if (byte === COMMA) this.state = 'element';
        else if (byte === LIST_END) return this.endList(at);
        else return this.break('expected a comma or the end of the list', at);
        return at + 1;
      default:
        return chunk.length;
    }
  }

  private startDocument(at: number, byte: number): number {
    if (this.documents === 1 && this.lineBreaks === 1) this.lines = true;
    this.documents += 1;
    this.position = 0;
    if (byte === OBJECT_START) {
      this.members = new Map();
      this.lists = new Set();
      this.names = new Set();
      this.repeated = new Set();
      this.memberBytes = 0;
      this.membersDropped = undefined;
      this.state = 'key-or-end';
      return at + 1;
    }
    if (byte === LIST_START) {
      this.list = '';
      this.state = 'element-or-end';
      return at + 1;
    }
    return this.startValue(at, byte);
  }

  private startMember(at: number, byte: number): number {
    const list = listNamed(this.key);
    if (byte === LIST_START && list !== undefined) {
      this.list = list;
      this.lists.add(list);
      this.position = 0;
      this.state = 'element-or-end';
      return at + 1;
    }
    return this.startValue(at, byte);
  }

  private startValue(at: number, byte: number): number {
    if (byte === OBJECT_START || byte === LIST_START) return this.startPart('container', at);
    if (byte === QUOTE) return this.startPart('text', at);
    if (byte === COMMA || byte === COLON || byte === LIST_END || byte === OBJECT_END) {
      return this.break('expected a value', at);
    }
    return this.startPart('scalar', at);
  }

  private startPart(capture: Capture, at: number): number {
    this.capture = capture;
    this.buffer.start(at, this.offset + at);
    this.inText = false;
    this.escaped = false;
    // The opening quote of a text is consumed here; an opening bracket is counted by the container's scan.
    return capture === 'text' ? at + 1 : at;
  }

  private captured(chunk: Uint8Array, at: number): number {
    if (this.capture === 'text') return this.scanText(chunk, at, true);
    if (this.capture === 'scalar') return this.scanScalar(chunk, at);
    return this.scanContainer(chunk, at);
  }

  /** Reads on to the closing quote. In a file of lines no text goes on over the end of its line. */
  private scanText(chunk: Uint8Array, from: number, isPart: boolean): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) {
        this.inText = false;
        if (isPart) this.endPart(at + 1);
        return at + 1;
      }
      if (byte === NEW_LINE && this.lines) return this.break('the line ends in the middle of a text', at);
    }
    return chunk.length;
  }

  private scanScalar(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (isSpace(byte) || byte === COMMA || byte === LIST_END || byte === OBJECT_END) {
        this.endPart(at);
        return at;
      }
    }
    return chunk.length;
  }

  private scanContainer(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.inText) {
        at = this.scanText(chunk, at, false);
        if (this.capture === 'none') return at;
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) this.inText = true;
      else if (byte === OBJECT_START || byte === LIST_START) this.buffer.open(byte);
      else if (byte === OBJECT_END || byte === LIST_END) {
        if (!this.buffer.close(byte)) return this.break('brackets do not match', at);
        if (this.buffer.depth === 0) {
          this.endPart(at + 1);
          return at + 1;
        }
      } else if (byte === COLON) this.buffer.members += 1;
      else if (byte === NEW_LINE) {
        this.lineBreaks += 1;
        if (this.lines) return this.break('the line ends in the middle of a value', at);
      }
      at += 1;
    }
    return at;
  }

  /** A part is complete: hands it to the object or list it stands in. */
  private endPart(end: number): void {
    const part = this.buffer.finish(this.chunk, end);
    this.capture = 'none';
    if (this.state === 'key-or-end' || this.state === 'key') {
      this.key = textOf(part);
      if (this.names.has(this.key)) this.repeated.add(this.key);
      // What lies beyond the limit of one part is lost anyway, and is not remembered either.
      else if (this.memberBytes <= this.limits.maxPartBytes) this.names.add(this.key);
      this.state = 'colon';
    } else if (this.state === 'value') {
      this.keepMember(part);
      this.state = 'after-value';
    } else if (this.list !== undefined) {
      this.events.push({ kind: 'element', list: this.list, position: this.position, part });
      this.position += 1;
      this.state = 'after-element';
    } else {
      this.events.push({ kind: 'scalar', part });
      // Neither a page of HTML nor a lone number is followed by releases.
      if (!this.lines) this.state = 'stopped';
    }
  }

  /** The members of one object together, with what each costs to keep, stay within the limit of one part. */
  private keepMember(part: Part): void {
    this.memberBytes += (part.bytes?.length ?? 0) + this.key.length + MEMBER_OVERHEAD;
    if (this.memberBytes > this.limits.maxPartBytes) {
      // One dropped member stands for all that follow: the object is lost as a whole.
      this.members.set(this.membersDropped ?? this.key, {
        bytes: undefined,
        fault: 'too-large',
        offset: part.offset,
        members: 0,
      });
      this.membersDropped ??= this.key;
    } else {
      // A copy, because a few bytes would keep the whole chunk in memory that they lie in.
      this.members.set(this.key, part.bytes ? { ...part, bytes: Buffer.from(part.bytes) } : part);
    }
  }

  private endList(at: number): number {
    const topLevel = this.list === '';
    this.list = undefined;
    if (topLevel) {
      this.events.push({ kind: 'list', length: this.position });
      this.state = 'top';
    } else {
      this.state = 'after-value';
    }
    return at + 1;
  }

  private endObject(at: number): number {
    this.events.push({
      kind: 'object',
      members: this.members,
      lists: this.lists,
      repeated: this.repeated,
    });
    this.reset();
    this.state = 'top';
    return at + 1;
  }

  private reset(): void {
    this.members = new Map();
    this.list = undefined;
    this.capture = 'none';
  }

  /** Gives up the present value; answers where to go on. */
  private break(reason: string, at: number, truncated = false): number {
    const nothing = { bytes: undefined, offset: this.offset + at, members: 0 };
    const part = this.capture === 'none' ? nothing : this.buffer.finish(this.chunk, at);
    this.events.push({ kind: 'broken', offset: this.offset + at, reason, truncated, part });
    this.reset();
    this.state = this.lines ? 'skip-line' : 'stopped';
    // The byte is looked at again: it may be the line break that ends the skipping.
    return at;
  }
}

/** A field name; two that cannot be decoded are the same strange name, which no rule knows. */
function textOf(part: Part): string {
  try {
    return JSON.parse(Buffer.from(part.bytes ?? []).toString('utf8')) as string;
  } catch {
    return '\uFFFD';
  }
}
