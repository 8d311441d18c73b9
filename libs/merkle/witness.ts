import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { MerkleError } from './errors.js';
import { EMPTY_ROOT, sameHash, type Hash } from './hash.js';
import { parseNote } from './note.js';
import type { NoteSigner, NoteVerifier } from './note-key.js';
import { verifyConsistency } from './proof.js';

/** What a witness remembers of a log: the last note it signed for. */
export interface WitnessMemory {
  last(origin: string): Promise<{ size: number; note: string } | undefined>;
  /**
   * Remembers a new one, durably, before the signature is given out; only if the last size is still
   * `previousSize` (undefined: none). Must be atomic: of two at the same time one gets false.
   */
  record(
    origin: string,
    previousSize: number | undefined,
    next: { size: number; note: string },
  ): Promise<boolean>;
}

export class VolatileWitnessMemory implements WitnessMemory {
  readonly #logs = new Map<string, { size: number; note: string }>();

  last(origin: string): Promise<{ size: number; note: string } | undefined> {
    return Promise.resolve(this.#logs.get(origin));
  }

  record(
    origin: string,
    previousSize: number | undefined,
    next: { size: number; note: string },
  ): Promise<boolean> {
    if (this.#logs.get(origin)?.size !== previousSize) return Promise.resolve(false);
    this.#logs.set(origin, next);
    return Promise.resolve(true);
  }
}

/**
 * Two notes signed by the log for one size with different roots. Nobody but the log can make this pair, so
 * it convicts the log by itself, wherever it is shown.
 */
export interface SplitViewEvidence {
  kind: 'split-view';
  origin: string;
  size: number;
  notes: readonly [string, string];
}

export type WitnessRefusal =
  | { signed: false; reason: 'unknown-log' | 'checkpoint-invalid' }
  /** Ask again with a proof from this size. */
  | { signed: false; reason: 'wrong-old-size'; lastSize: number }
  | { signed: false; reason: 'consistency-unproven'; lastSize: number }
  | { signed: false; reason: 'split-view'; evidence: SplitViewEvidence };

export type WitnessAnswer = { signed: true; line: string; time: number } | WitnessRefusal;

export interface CosignRequest {
  /** The size the witness signed last, as far as the log knows; 0 the first time. */
  oldSize: number;
  /** Consistency proof from there; empty when the size is the same or it is the first time. */
  path: readonly Hash[];
  note: string;
}

/**
 * Signs a log's checkpoint only if the log has kept all it showed this witness before. With witnesses in
 * independent hands the log cannot show different people different histories.
 */
export class Witness {
  readonly #signer: NoteSigner;
  readonly #logs: ReadonlyMap<string, NoteVerifier>;
  readonly #memory: WitnessMemory;
  readonly #now: () => number;

  /**
   * @param logs key of each log by its origin.
   * @param now seconds since 1970.
   */
  constructor(
    signer: NoteSigner,
    logs: ReadonlyMap<string, NoteVerifier>,
    memory: WitnessMemory,
    now: () => number,
  ) {
    if (signer.verifier.type !== 'witness')
      throw new MerkleError('key-malformed', { name: signer.verifier.name });
    this.#signer = signer;
    this.#logs = logs;
    this.#memory = memory;
    this.#now = now;
  }

  /** C2SP tlog-witness, `add-checkpoint`. Refusing is an answer, not an error. */
  async cosign({ oldSize, path, note }: CosignRequest): Promise<WitnessAnswer> {
    const origin = originOf(note);
    const log = origin === undefined ? undefined : this.#logs.get(origin);
    if (origin === undefined || log === undefined) return { signed: false, reason: 'unknown-log' };
    const offered = await openOrRefuse(note, origin, log);
    if (offered === undefined) return { signed: false, reason: 'checkpoint-invalid' };

    const last = await this.#memory.last(origin);
    const refusal = await this.#refusal(offered, { oldSize, path, note }, last, log);
    if (refusal !== undefined) return refusal;
    if (!(await this.#memory.record(origin, last?.size, { size: offered.size, note }))) {
      // Somebody was faster; what we compared with is no longer the last.
      const lastSize = (await this.#memory.last(origin))?.size ?? 0;
      return { signed: false, reason: 'wrong-old-size', lastSize };
    }
    const time = this.#now();
    return { signed: true, line: await this.#signer.signatureLine(parseNote(note).text, time), time };
  }

  async #refusal(
    offered: OpenedCheckpoint,
    { oldSize, path, note }: CosignRequest,
    last: { size: number; note: string } | undefined,
    log: NoteVerifier,
  ): Promise<WitnessRefusal | undefined> {
    const { origin, size } = offered;
    const lastSize = last?.size ?? 0;
    const known = last === undefined ? undefined : await openOrRefuse(last.note, origin, log);
    // What it signed itself is the one thing a witness must be able to read.
    if (last !== undefined && known === undefined) throw new MerkleError('store-corrupted', { origin });
    if (last !== undefined && known?.size === size && !sameHash(known.root, offered.root)) {
      return {
        signed: false,
        reason: 'split-view',
        evidence: { kind: 'split-view', origin, size, notes: [last.note, note] },
      };
    }
    if (oldSize !== lastSize || size < lastSize) return { signed: false, reason: 'wrong-old-size', lastSize };
    try {
      verifyConsistency(known ?? { size: 0, root: EMPTY_ROOT }, offered, { from: lastSize, to: size, path });
    } catch {
      return { signed: false, reason: 'consistency-unproven', lastSize };
    }
    return undefined;
  }
}

function originOf(note: string): string | undefined {
  try {
    return parseNote(note).text.split('\n', 1)[0];
  } catch {
    return undefined;
  }
}

async function openOrRefuse(
  note: string,
  origin: string,
  log: NoteVerifier,
): Promise<OpenedCheckpoint | undefined> {
  try {
    return await openCheckpoint(note, { origin, log, quorum: 0 });
  } catch (error) {
    if (error instanceof MerkleError) return undefined;
    throw error;
  }
}

/**
 * Checks evidence without trusting who shows it.
 *
 * @throws MerkleError `evidence-invalid` when it does not convict the log.
 */
export async function verifySplitView(evidence: SplitViewEvidence, log: NoteVerifier): Promise<void> {
  const { origin, size, notes } = evidence;
  const opened = await Promise.all(notes.map((note) => openOrRefuse(note, origin, log)));
  const [first, second] = opened;
  if (
    first === undefined ||
    second === undefined ||
    first.size !== size ||
    second.size !== size ||
    sameHash(first.root, second.root)
  ) {
    throw new MerkleError('evidence-invalid', { origin });
  }
}
