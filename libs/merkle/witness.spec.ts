import { describe, expect, it } from '@jest/globals';
import { openCheckpoint, signCheckpoint, withCosignature } from './checkpoint.js';
import { sha256 } from './hash.js';
import type { MerkleLog } from './log.js';
import { codeOf, entries, entry, givenLog } from './merkle.test-support.js';
import { NoteSigner } from './note-key.js';
import { verifySplitView, VolatileWitnessMemory, Witness, type WitnessAnswer } from './witness.js';

const ORIGIN = 'linqiao.example/log';
const seed = (label: string) => sha256(new TextEncoder().encode(label));

async function given(memory = new VolatileWitnessMemory()) {
  const logKey = await NoteSigner.fromSeed(ORIGIN, 'log', seed('log'));
  const witnessKey = await NoteSigner.fromSeed('witness.example/w1', 'witness', seed('w1'));
  let now = 1_800_000_000;
  const witness = new Witness(witnessKey, new Map([[ORIGIN, logKey.verifier]]), memory, () => now++);
  const noteOf = async (log: MerkleLog) => signCheckpoint({ origin: ORIGIN, ...(await log.head()) }, logKey);
  /** Offers the log's present head with a proof from `oldSize`. */
  const offer = async (log: MerkleLog, oldSize: number): Promise<WitnessAnswer> =>
    witness.cosign({ oldSize, path: (await log.consistencyProof(oldSize)).path, note: await noteOf(log) });
  return { logKey, witnessKey, witness, noteOf, offer };
}

const reasonOf = (answer: WitnessAnswer) => (answer.signed ? 'signed' : answer.reason);

describe('a witness', () => {
  it('signs a log that only grows, and its signature counts', async () => {
    const { offer, noteOf, logKey, witnessKey } = await given();
    const log = await givenLog(5);
    expect(reasonOf(await offer(log, 0))).toBe('signed');
    await log.append(entries(300, 5));
    const answer = await offer(log, 5);
    if (!answer.signed) throw new Error(answer.reason);
    const opened = await openCheckpoint(withCosignature(await noteOf(log), answer.line), {
      origin: ORIGIN,
      log: logKey.verifier,
      witnesses: [witnessKey.verifier],
      quorum: 1,
    });
    expect([opened.size, opened.cosignatures]).toEqual([
      305,
      [{ witness: 'witness.example/w1', time: answer.time }],
    ]);
  });

  it('signs the same head again, with a new time', async () => {
    const { offer } = await given();
    const log = await givenLog(5);
    const first = await offer(log, 0);
    const second = await offer(log, 5);
    if (!first.signed || !second.signed) throw new Error('refused');
    expect(second.time).toBe(first.time + 1);
  });

  it('does not sign without a consistency proof from the size it signed last', async () => {
    const { offer, witness, noteOf } = await given();
    const log = await givenLog(5);
    await offer(log, 0);
    await log.append(entries(3, 5));
    const note = await noteOf(log);
    expect(await witness.cosign({ oldSize: 5, path: [], note })).toEqual({
      signed: false,
      reason: 'consistency-unproven',
      lastSize: 5,
    });
    // a proof from another size is no proof, and neither is the claim that this is the first time
    expect(reasonOf(await offer(log, 4))).toBe('wrong-old-size');
    expect(await witness.cosign({ oldSize: 0, path: [], note })).toEqual({
      signed: false,
      reason: 'wrong-old-size',
      lastSize: 5,
    });
    expect(reasonOf(await offer(log, 5))).toBe('signed');
  });

  it('does not sign a log that rewrote its past, even when it grew', async () => {
    const { offer } = await given();
    await offer(await givenLog(5), 0);
    const forged = await givenLog(0);
    await forged.append([entry(0), entry(99), ...entries(10, 2)]);
    expect(reasonOf(await offer(forged, 5))).toBe('consistency-unproven');
  });

  it('does not sign a log that shrank', async () => {
    const { offer, witness, noteOf } = await given();
    await offer(await givenLog(5), 0);
    const note = await noteOf(await givenLog(4));
    expect(reasonOf(await witness.cosign({ oldSize: 4, path: [], note }))).toBe('wrong-old-size');
    expect(reasonOf(await witness.cosign({ oldSize: 5, path: [], note }))).toBe('wrong-old-size');
  });

  it('answers a second root for one size with evidence that convicts the log', async () => {
    const { offer, logKey } = await given();
    await offer(await givenLog(5), 0);
    const other = await givenLog(0);
    await other.append(entries(5, 100));
    for (const oldSize of [5, 0]) {
      const answer = await offer(other, oldSize);
      if (answer.signed || answer.reason !== 'split-view') throw new Error(reasonOf(answer));
      await verifySplitView(answer.evidence, logKey.verifier);
      const [first, second] = answer.evidence.notes;
      // Evidence that is none: the same note twice, another size, another log's key.
      const judge = (change: object, key = logKey.verifier) =>
        codeOf(() => verifySplitView({ ...answer.evidence, ...change }, key));
      expect(await judge({ notes: [first, first] })).toBe('evidence-invalid');
      expect(await judge({ size: 6 })).toBe('evidence-invalid');
      expect(await judge({ notes: [first, second.replace('linqiao', 'linqia0')] })).toBe('evidence-invalid');
      const { verifier: innocent } = await NoteSigner.fromSeed(ORIGIN, 'log', seed('innocent'));
      expect(await judge({}, innocent)).toBe('evidence-invalid');
    }
  });

  it('does not take two sizes for a split view, whichever of the two is claimed', async () => {
    const { noteOf, logKey } = await given();
    const [small, large] = [await noteOf(await givenLog(4)), await noteOf(await givenLog(5))];
    for (const notes of [
      [small, large],
      [large, small],
    ] as const) {
      for (const size of [4, 5]) {
        const evidence = { kind: 'split-view', origin: ORIGIN, size, notes } as const;
        expect(await codeOf(() => verifySplitView(evidence, logKey.verifier))).toBe('evidence-invalid');
      }
    }
  });

  it('does not sign for logs it does not know or notes the log did not sign', async () => {
    const { witness, noteOf } = await given();
    const note = await noteOf(await givenLog(3));
    const unknown = note.replaceAll('linqiao.example', 'someone.example');
    expect(reasonOf(await witness.cosign({ oldSize: 0, path: [], note: unknown }))).toBe('unknown-log');
    const forged = note.replace('\n3\n', '\n4\n');
    expect(reasonOf(await witness.cosign({ oldSize: 0, path: [], note: forged }))).toBe('checkpoint-invalid');
    expect(reasonOf(await witness.cosign({ oldSize: 0, path: [], note: 'nonsense' }))).toBe('unknown-log');
  });

  it('signs a log from its first entry, and one that is still empty', async () => {
    const { offer } = await given();
    const log = await givenLog(0);
    expect(reasonOf(await offer(log, 0))).toBe('signed');
    await log.append(entries(3));
    expect(await offer(log, 1)).toMatchObject({ reason: 'wrong-old-size', lastSize: 0 });
    expect(reasonOf(await offer(log, 0))).toBe('signed');
  });

  it('takes no proof with the first head, nor with the same again', async () => {
    const { witness, noteOf, offer } = await given();
    const log = await givenLog(5);
    const note = await noteOf(log);
    const path = [seed('a path')];
    expect(await witness.cosign({ oldSize: 0, path, note })).toEqual({
      signed: false,
      reason: 'consistency-unproven',
      lastSize: 0,
    });
    expect(await witness.cosign({ oldSize: 5, path: [], note })).toMatchObject({ lastSize: 0 });
    await offer(log, 0);
    expect(reasonOf(await witness.cosign({ oldSize: 5, path, note }))).toBe('consistency-unproven');
  });

  it('remembers each log by itself', async () => {
    const keys = await Promise.all(
      ['a.example/log', 'b.example/log'].map((name) => NoteSigner.fromSeed(name, 'log', seed(name))),
    );
    const witnessKey = await NoteSigner.fromSeed('witness.example/w1', 'witness', seed('w1'));
    const logs = new Map(keys.map(({ verifier }) => [verifier.name, verifier]));
    const witness = new Witness(witnessKey, logs, new VolatileWitnessMemory(), () => 0);
    for (const key of keys) {
      const head = await (await givenLog(key === keys[0] ? 5 : 3)).head();
      const note = await signCheckpoint({ origin: key.verifier.name, ...head }, key);
      expect(reasonOf(await witness.cosign({ oldSize: 0, path: [], note }))).toBe('signed');
    }
    // Signed with a key it knows, for a log that is another one's.
    const [a, b] = keys;
    if (a === undefined || b === undefined) throw new Error('two keys');
    const note = await signCheckpoint({ origin: b.verifier.name, ...(await (await givenLog(9)).head()) }, a);
    expect(reasonOf(await witness.cosign({ oldSize: 3, path: [], note }))).toBe('checkpoint-invalid');
  });

  it('stops when it cannot read what it signed itself', async () => {
    class ForgetfulMemory extends VolatileWitnessMemory {
      override async last(origin: string) {
        const last = await super.last(origin);
        return last === undefined ? undefined : { ...last, note: last.note.replace('\n5\n', '\n4\n') };
      }
    }
    const { offer } = await given(new ForgetfulMemory());
    const log = await givenLog(5);
    await offer(log, 0);
    expect(await codeOf(() => offer(log, 5))).toBe('store-corrupted');
  });

  describe('asked twice at the same time', () => {
    /** Lets both requests read what was signed last before either records: the worst order there is. */
    class MeetingMemory extends VolatileWitnessMemory {
      #waiting: (() => void)[] | undefined;

      meet(): void {
        this.#waiting = [];
      }

      override async last(origin: string) {
        const last = await super.last(origin);
        const waiting = this.#waiting;
        if (waiting === undefined) return last;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length < 2) return;
          this.#waiting = undefined;
          for (const go of waiting) go();
        });
        return last;
      }
    }

    async function twoAtOnce(memory: MeetingMemory) {
      const { offer } = await given(memory);
      const log = await givenLog(5);
      await offer(log, 0);
      await log.append(entries(1, 5));
      const longer = await givenLog(8);
      memory.meet();
      return Promise.all([offer(log, 5), offer(longer, 5)]);
    }

    it('remembers before it signs: only one of the two is signed, the other is told the new size', async () => {
      const answers = await twoAtOnce(new MeetingMemory());
      const [signed, refused] = answers.toSorted((a, b) => Number(b.signed) - Number(a.signed));
      expect(signed?.signed).toBe(true);
      const size = signed === answers[0] ? 6 : 8;
      expect(refused).toEqual({ signed: false, reason: 'wrong-old-size', lastSize: size });
    });

    it('would sign both if its memory did not compare: the comparison is what protects', async () => {
      class CarelessMemory extends MeetingMemory {
        override async record(
          origin: string,
          _size: number | undefined,
          next: { size: number; note: string },
        ) {
          return super.record(origin, (await this.last(origin))?.size, next);
        }
      }
      const answers = await twoAtOnce(new CarelessMemory());
      expect(answers.map(reasonOf)).toEqual(['signed', 'signed']);
    });
  });

  it('signs nothing when its memory cannot be written', async () => {
    class BrokenMemory extends VolatileWitnessMemory {
      override record(): Promise<boolean> {
        return Promise.reject(new Error('disk full'));
      }
    }
    const { offer } = await given(new BrokenMemory());
    await expect(offer(await givenLog(5), 0)).rejects.toThrow('disk full');
  });

  it('is made with a witness key only', async () => {
    const { logKey } = await given();
    expect(await codeOf(() => new Witness(logKey, new Map(), new VolatileWitnessMemory(), () => 0))).toBe(
      'key-malformed',
    );
  });
});
