/** Gathers the bytes of one part that may lie in several chunks, within limits of size and depth. */

export interface SplitterLimits {
  /** The largest part that is kept, in bytes. */
  readonly maxPartBytes: number;
  /** The deepest nesting of objects and lists within a part. */
  readonly maxDepth: number;
}

export type Fault = 'too-large' | 'too-deep';

interface FinishedPart {
  readonly bytes: Uint8Array | undefined;
  readonly fault?: Fault;
  readonly offset: number;
  /** How many members its objects have, as written: a repeated name counts each time. */
  readonly members: number;
}

/** Opening and closing bracket differ by two in ASCII: [ ] and { }. */
const CLOSES_BY = 2;

export class PartBuffer {
  depth = 0;
  /** Colons outside of texts. */
  members = 0;

  private readonly brackets: Uint8Array;
  private chunks: Uint8Array[] = [];
  private size = 0;
  /** Where the part begins in the present chunk; 0 when it began in an earlier one. */
  private from = 0;
  private offset = 0;
  private fault: Fault | undefined;

  constructor(private readonly limits: SplitterLimits) {
    this.brackets = new Uint8Array(limits.maxDepth);
  }

  start(at: number, offset: number): void {
    this.depth = 0;
    this.members = 0;
    this.chunks = [];
    this.size = 0;
    this.from = at;
    this.offset = offset;
    this.fault = undefined;
  }

  open(bracket: number): void {
    if (this.depth < this.brackets.length) this.brackets[this.depth] = bracket;
    else this.fail('too-deep');
    this.depth += 1;
  }

  /** False when the bracket closes another kind than the one that is open. */
  close(bracket: number): boolean {
    this.depth -= 1;
    // Beyond the limit only the depth is counted: the part is lost anyway, but its end must be found.
    return this.depth >= this.brackets.length || this.brackets[this.depth] === bracket - CLOSES_BY;
  }

  /** The chunk ends within the part. */
  keepRest(chunk: Uint8Array): void {
    this.keep(chunk.subarray(this.from));
    this.from = 0;
  }

  /** The part ends in this chunk, before `end`. */
  finish(chunk: Uint8Array, end: number): FinishedPart {
    this.keep(chunk.subarray(this.from, end));
    const [only] = this.chunks;
    const bytes = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks);
    this.chunks = [];
    return this.fault === undefined
      ? { bytes, offset: this.offset, members: this.members }
      : { bytes: undefined, fault: this.fault, offset: this.offset, members: this.members };
  }

  private keep(piece: Uint8Array): void {
    this.size += piece.length;
    if (this.size > this.limits.maxPartBytes) this.fail('too-large');
    if (this.fault === undefined && piece.length > 0) this.chunks.push(piece);
  }

  private fail(fault: Fault): void {
    this.fault ??= fault;
    this.chunks = [];
  }
}
