import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { decodePath, encodePath } from './base64.js';
import {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  withCosignature,
} from './checkpoint.js';
import { MERKLE_ERROR_CODES, MerkleError } from './errors.js';
import { EMPTY_ROOT, sha256 } from './hash.js';
import { codeOf } from './merkle.test-support.js';
import { openNote, parseNote, signNote } from './note.js';
import { NoteSigner, NoteVerifier } from './note-key.js';

const seed = (label: string) => sha256(new TextEncoder().encode(label));
const ORIGIN = 'linqiao.example/log';
const givenLogKey = () => NoteSigner.fromSeed(ORIGIN, 'log', seed('log'));
const givenWitnessKey = (name = 'witness.example/w1') => NoteSigner.fromSeed(name, 'witness', seed(name));

/** The note and the key that Go's golang.org/x/mod/sumdb/note documents as its example. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n\n" +
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

describe('signed notes', () => {
  it('open as the reference implementation signed them', async () => {
    const key = NoteVerifier.parse(GO_KEY);
    expect(key.toString()).toBe(GO_KEY);
    const { text, verified } = await openNote(GO_NOTE, [key]);
    expect(text).toBe(GO_NOTE.slice(0, GO_NOTE.indexOf('\n\n') + 1));
    expect(verified).toEqual([{ verifier: key, time: 0 }]);
  });

  it('do not open when a character of text or signature changed', async () => {
    const key = NoteVerifier.parse(GO_KEY);
    expect(await codeOf(() => openNote(GO_NOTE.replace('answer', 'Answer'), [key]))).toBe(
      'signature-invalid',
    );
    expect(await codeOf(() => openNote(GO_NOTE.replace('/ZJk', '/ZJl'), [key]))).toBe('signature-invalid');
    expect(await codeOf(() => openNote(GO_NOTE.replace('\u2014 Peter', '\u2014 Pieter'), [key]))).toBe(
      'signature-missing',
    );
  });

  it.each([
    'no signature\n',
    'no final newline\n\n\u2014 a AAAAAAAA',
    'another end\n\n\u2014 a AAAAAAAAx',
    'hyphen instead of dash\n\n- a AAAAAAAA\n',
    'a tab\there\n\n\u2014 a AAAAAAAA\n',
    'short\n\n\u2014 a AAAA\n',
    'bad base64\n\n\u2014 a AAAAAAA\n',
    `too many\n\n${'\u2014 a AAAAAAAA\n'.repeat(101)}`,
    '',
  ])('are refused when they are none: %j', async (note) => {
    expect(await codeOf(() => parseNote(note))).toBe('note-malformed');
  });

  it('may have a hundred signatures, of five bytes at least, and end with the text they began with', async () => {
    const line = '\u2014 a AAAAAAA=\n'; // five bytes: the key and one of signature
    const parsed = parseNote(`one\n\ntwo\n\n${line.repeat(100)}`);
    expect(parsed.text).toBe('one\n\ntwo\n');
    expect(parsed.signatures).toHaveLength(100);
    expect(parsed.signatures[0]).toEqual({ name: 'a', keyId: '00000000', signature: Uint8Array.of(0) });
    expect(await codeOf(() => parseNote('text\n\n\u2014 a AAAAAA==\n'))).toBe('note-malformed');
  });

  it('are refused beyond a million characters, before they are taken apart', async () => {
    const end = '\n\n\u2014 a AAAAAAAA\n';
    const long = (length: number) => `${'x'.repeat(length - end.length)}${end}`;
    expect(parseNote(long(1_000_000)).signatures).toHaveLength(1);
    expect(await codeOf(() => parseNote(long(1_000_001)))).toBe('note-malformed');
  });

  it.each(['a\u001fb', 'a\u0000b', 'a\ud800b'])('are refused with %j in the text', async (text) => {
    expect(parseNote(`${text.slice(0, 1)}\n\n\u2014 a AAAAAAAA\n`).text).toBe('a\n');
    expect(await codeOf(() => parseNote(`${text}\n\n\u2014 a AAAAAAAA\n`))).toBe('note-malformed');
  });

  it('are not signed when the text could not be read back', async () => {
    const signer = await givenLogKey();
    expect(await codeOf(() => signNote('no newline at the end', signer))).toBe('note-malformed');
    expect(await codeOf(() => signNote('a\ttab\n', signer))).toBe('note-malformed');
  });

  it('are of the key named, not of one with the same name or the same number', async () => {
    const signer = await givenLogKey();
    const note = await signNote('text\n', signer);
    const namesake = await NoteSigner.fromSeed(ORIGIN, 'log', seed('namesake'));
    const witness = await NoteSigner.fromSeed(ORIGIN, 'witness', seed('log'));
    expect(await codeOf(() => openNote(note, [namesake.verifier]))).toBe('signature-missing');
    expect(await codeOf(() => openNote(note, [witness.verifier]))).toBe('signature-missing');
    const renamed = note.replace(`\u2014 ${ORIGIN}`, '\u2014 another');
    expect(await codeOf(() => openNote(renamed, [signer.verifier]))).toBe('signature-missing');
  });

  it('of a log and of a witness are signed over different bytes, and have different lengths', async () => {
    const log = await givenLogKey();
    const witness = await givenWitnessKey();
    const bytesOf = (line: string) =>
      Uint8Array.from(Buffer.from(line.split(' ')[2]?.trim() ?? '', 'base64')).slice(4);
    const [byLog, byWitness] = [
      bytesOf(await log.signatureLine('text\n')),
      bytesOf(await witness.signatureLine('text\n', 7)),
    ];
    expect([byLog.length, byWitness.length]).toEqual([64, 72]);
    expect(await log.verifier.verify('text\n', byLog)).toBe(0);
    expect(await witness.verifier.verify('text\n', byWitness)).toBe(7);
    for (const wrong of [byLog, byWitness.slice(8), byWitness.slice(0, -1), new Uint8Array(0)]) {
      expect(await witness.verifier.verify('text\n', wrong)).toBeUndefined();
    }
    for (const wrong of [byWitness, byLog.slice(1), new Uint8Array(64)]) {
      expect(await log.verifier.verify('text\n', wrong)).toBeUndefined();
    }
    // A time no number holds exactly is none.
    const late = bytesOf(await witness.signatureLine('text\n', 2 ** 53));
    expect(await witness.verifier.verify('text\n', late)).toBeUndefined();
    // The same seed as the other kind is another key.
    const twin = await NoteSigner.fromSeed(ORIGIN, 'witness', seed('log'));
    expect(twin.verifier.keyId).not.toBe(log.verifier.keyId);
  });

  it('ignore the signatures of strangers', async () => {
    const log = await givenLogKey();
    const stranger = await NoteSigner.fromSeed('stranger', 'log', seed('s'));
    const note = `${await signNote('text\n', log)}${await stranger.signatureLine('something else\n')}`;
    expect((await openNote(note, [log.verifier])).verified).toHaveLength(1);
    expect(await codeOf(() => openNote(note, [stranger.verifier]))).toBe('signature-invalid');
  });

  it('are signed by keys that nothing can print and that name themselves strictly', async () => {
    const signer = await givenLogKey();
    const printed = `${inspect(signer, { depth: 9, showHidden: true })}${JSON.stringify(signer)}`;
    expect(printed).not.toContain(Buffer.from(seed('log')).toString('hex').slice(0, 16));
    expect(printed).not.toContain(Buffer.from(seed('log')).toString('base64').slice(0, 16));
    for (const name of ['', 'a b', 'a+b', 'a\nb']) {
      expect(await codeOf(() => NoteSigner.fromSeed(name, 'log', seed('x')))).toBe('key-malformed');
    }
    for (const bytes of [31, 33]) {
      expect(await codeOf(() => NoteSigner.fromSeed('a', 'log', new Uint8Array(bytes)))).toBe(
        'key-malformed',
      );
      expect(await codeOf(() => new NoteVerifier('a', 'log', new Uint8Array(bytes)))).toBe('key-malformed');
    }
    expect(await codeOf(() => new NoteVerifier('a b', 'log', new Uint8Array(32)))).toBe('key-malformed');
    for (const type of ['log', 'witness'] as const) {
      const { verifier } = await NoteSigner.fromSeed('a', type, seed('x'));
      const back = NoteVerifier.parse(JSON.parse(JSON.stringify(verifier)) as string);
      expect([back.name, back.type, back.keyId]).toEqual(['a', type, verifier.keyId]);
    }
    for (const vkey of [
      '',
      'a+b',
      GO_KEY.replace('c74f20a3', 'c74f20a4'),
      GO_KEY.replace('+ARpc', '+AxRp'),
    ]) {
      expect(await codeOf(() => NoteVerifier.parse(vkey))).toBe('key-malformed');
    }
  });
});

describe('checkpoints', () => {
  const head = { origin: ORIGIN, size: 20_852_163, root: EMPTY_ROOT };

  it('have the text of C2SP tlog-checkpoint', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const parsed = parseCheckpoint(text);
    expect([parsed.origin, parsed.size]).toEqual(['example.com/behind-the-sofa', 20_852_163]);
    expect(formatCheckpoint(parsed)).toBe(text);
  });

  it.each([
    'origin\n1\n',
    'origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n',
    'origin\n1\nAAAA\n',
    '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n',
    'origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    ' origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin \n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n1e3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n12345678901234567\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
  ])('are refused when they are none: %j', async (text) => {
    expect(await codeOf(() => parseCheckpoint(text))).toBe('checkpoint-malformed');
  });

  it('cannot be made to say something else by an origin with a line break', async () => {
    expect(await codeOf(() => formatCheckpoint({ ...head, origin: 'a\n5' }))).toBe('checkpoint-malformed');
  });

  it('open for the log they are of, and for no other', async () => {
    const signer = await givenLogKey();
    const note = await signCheckpoint(head, signer);
    const log = signer.verifier;
    expect(await openCheckpoint(note, { origin: ORIGIN, log, quorum: 0 })).toEqual({
      ...head,
      cosignatures: [],
    });
    expect(await codeOf(() => openCheckpoint(note, { origin: 'other', log, quorum: 0 }))).toBe(
      'origin-mismatch',
    );
    const { verifier: other } = await NoteSigner.fromSeed(ORIGIN, 'log', seed('other'));
    expect(await codeOf(() => openCheckpoint(note, { origin: ORIGIN, log: other, quorum: 0 }))).toBe(
      'signature-missing',
    );
  });

  it('are only as good as the number of different witnesses', async () => {
    const signer = await givenLogKey();
    const w1 = await givenWitnessKey('w1');
    const w2 = await givenWitnessKey('w2');
    const note = await signCheckpoint(head, signer);
    const { text } = parseNote(note);
    const once = withCosignature(note, await w1.signatureLine(text, 1_800_000_000));
    const again = withCosignature(once, await w1.signatureLine(text, 1_800_000_001));
    const both = withCosignature(again, await w2.signatureLine(text, 1_800_000_002));
    const trust = { origin: ORIGIN, log: signer.verifier, witnesses: [w1.verifier, w2.verifier], quorum: 2 };
    expect(await codeOf(() => openCheckpoint(note, trust))).toBe('quorum-missing');
    expect(await codeOf(() => openCheckpoint(again, trust))).toBe('quorum-missing');
    expect((await openCheckpoint(both, trust)).cosignatures).toEqual([
      { witness: 'w1', time: 1_800_000_000 },
      { witness: 'w2', time: 1_800_000_002 },
    ]);
  });

  it('count a witness once that is configured twice, and the log never as its own witness', async () => {
    const signer = await givenLogKey();
    const w1 = await givenWitnessKey('w1');
    const note = await signCheckpoint(head, signer);
    const once = withCosignature(note, await w1.signatureLine(parseNote(note).text, 1_800_000_000));
    const again = NoteVerifier.parse(w1.verifier.toString());
    const log = signer.verifier;
    const quorumOf = (quorum: number, ...witnesses: NoteVerifier[]) =>
      openCheckpoint(once, { origin: ORIGIN, log, witnesses, quorum });
    expect((await quorumOf(1, w1.verifier, again)).cosignatures).toHaveLength(1);
    expect(await codeOf(() => quorumOf(2, w1.verifier, again))).toBe('quorum-missing');
    const second = await NoteSigner.fromSeed('other-log', 'log', seed('second'));
    const both = withCosignature(once, await second.signatureLine(parseNote(note).text));
    const trust = { origin: ORIGIN, log, witnesses: [w1.verifier, log, second.verifier], quorum: 2 };
    expect(await codeOf(() => openCheckpoint(both, trust))).toBe('quorum-missing');
    expect((await openCheckpoint(both, { ...trust, quorum: 1 })).cosignatures).toEqual([
      { witness: 'w1', time: 1_800_000_000 },
    ]);
  });

  it('count a witness once that signs with its old key and its new one', async () => {
    const signer = await givenLogKey();
    const [old, renewed, other] = await Promise.all(
      (['w1', 'w1', 'w2'] as const).map((name, i) => NoteSigner.fromSeed(name, 'witness', seed(`key ${i}`))),
    );
    if (old === undefined || renewed === undefined || other === undefined) throw new Error('three keys');
    const text = formatCheckpoint(head);
    let note = await signNote(text, signer);
    for (const key of [old, renewed, other]) note = withCosignature(note, await key.signatureLine(text, 1));
    const quorumOf = (quorum: number, ...keys: NoteSigner[]) =>
      openCheckpoint(note, {
        origin: ORIGIN,
        log: signer.verifier,
        witnesses: keys.map(({ verifier }) => verifier),
        quorum,
      });
    expect((await quorumOf(1, old, renewed)).cosignatures).toHaveLength(2);
    expect(await codeOf(() => quorumOf(2, old, renewed))).toBe('quorum-missing');
    expect((await quorumOf(2, old, renewed, other)).cosignatures).toHaveLength(3);
    expect(await codeOf(() => quorumOf(3, old, renewed, other))).toBe('quorum-missing');
  });

  it('need the log itself, however many witnesses vouch', async () => {
    const signer = await givenLogKey();
    const w1 = await givenWitnessKey('w1');
    const text = formatCheckpoint(head);
    const note = await signNote(text, w1);
    const trust = { origin: ORIGIN, log: signer.verifier, witnesses: [w1.verifier], quorum: 1 };
    expect(await codeOf(() => openCheckpoint(note, trust))).toBe('signature-missing');
    const signed = withCosignature(note, await signer.signatureLine(text));
    expect((await openCheckpoint(signed, trust)).cosignatures).toHaveLength(1);
  });

  it('are refused when the log signed something that is none', async () => {
    const signer = await givenLogKey();
    const note = await signNote(`${ORIGIN}\nsoon\n`, signer);
    const trust = { origin: ORIGIN, log: signer.verifier, quorum: 0 };
    expect(await codeOf(() => openCheckpoint(note, trust))).toBe('checkpoint-malformed');
  });

  it.each([-1, 0.5, 2 ** 48 + 1])('have no size of %d', async (size) => {
    expect(await codeOf(() => formatCheckpoint({ ...head, size }))).toBe('size-invalid');
  });

  it('have sizes from none to 2^48, and roots of 32 bytes', async () => {
    for (const size of [0, 2 ** 48])
      expect(parseCheckpoint(formatCheckpoint({ ...head, size })).size).toBe(size);
    const root = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
    expect(await codeOf(() => parseCheckpoint(`origin\n${2 ** 48 + 1}\n${root}\n`))).toBe('size-invalid');
    for (const bytes of [31, 33]) {
      const wrong = { ...head, root: new Uint8Array(bytes) };
      expect(await codeOf(() => formatCheckpoint(wrong))).toBe('checkpoint-malformed');
    }
  });

  it('a witness cannot stand in for the log, nor its time be changed', async () => {
    const witness = await givenWitnessKey();
    expect(await codeOf(() => signCheckpoint(head, witness))).toBe('key-malformed');
    const signer = await givenLogKey();
    const note = await signCheckpoint(head, signer);
    const line = await witness.signatureLine(parseNote(note).text, 1_800_000_000);
    const bytes = Buffer.from(line.split(' ')[2]?.trim() ?? '', 'base64');
    bytes[11] = (bytes[11] ?? 0) ^ 1; // the last byte of the time
    const forged = withCosignature(note, `\u2014 ${witness.verifier.name} ${bytes.toString('base64')}\n`);
    const trust = { origin: ORIGIN, log: signer.verifier, witnesses: [witness.verifier], quorum: 1 };
    expect(await codeOf(() => openCheckpoint(forged, trust))).toBe('signature-invalid');
  });
});

describe('paths in JSON', () => {
  it('come back as they went, and nothing else passes', async () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 9 }), (path) => {
        expect(decodePath(JSON.parse(JSON.stringify(encodePath(path))))).toEqual(path);
      }),
    );
    for (const wrong of [null, {}, [1], ['AAAA'], ['not base64']]) {
      expect(await codeOf(() => decodePath(wrong))).toBe('hash-malformed');
    }
  });
});

describe('errors', () => {
  it('have unique codes and say their facts in the message', () => {
    expect(new Set(MERKLE_ERROR_CODES).size).toBe(MERKLE_ERROR_CODES.length);
    expect(new MerkleError('size-invalid', { size: 5, treeSize: 3 }).message).toBe(
      'size-invalid (size=5, treeSize=3)',
    );
    expect(new MerkleError('size-invalid').message).toBe('size-invalid');
  });
});
