import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTenderSeal, rehearse } from './ceremony.js';
import { open, seal } from './envelope.js';
import { generateHolderKey, HolderPublicKey, newTenderKey } from './keys.js';
import { checkThreshold, parseManifest, shareCommitment, type ShareManifest } from './manifest.js';
import { reveal } from './secret.js';
import {
  combineShares,
  openShare,
  parseSealedShare,
  sealShare,
  splitKey,
  TenderKeyShare,
  withRecoveredKey,
} from './shares.js';
import {
  codeOf,
  errorOf,
  EXPECTED,
  givenOffice,
  sharesOf,
  TENDER,
  type Office,
} from './sealing.test-support.js';

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** Made once for the tests that only read it. */
let office: Promise<Office> | undefined;
const readOnlyOffice = (): Promise<Office> => (office ??= givenOffice(2, 2));
const changeFirst = ({ holders }: ShareManifest, change: object): object[] => [
  { ...holders[0], ...change },
  ...holders.slice(1),
];

describe('the ceremony', () => {
  it('makes a key that the shares, and nothing else, bring back', async () => {
    const office = await givenOffice(3, 3);
    const { manifest, publicKey } = office.tenderSeal;
    const content = new TextEncoder().encode('128,500');
    const { envelope } = await seal({ to: publicKey, ...EXPECTED, content });

    const shares = await sharesOf(office, ...office.officers);
    expect(await codeOf(withRecoveredKey(manifest, shares.slice(0, 2), () => Promise.resolve()))).toBe(
      'too-few-shares',
    );
    const opened = await withRecoveredKey(manifest, shares, (key) => open(envelope, key, EXPECTED));
    expect(opened.content).toEqual(content);
  });

  it('destroys the recovered key when its use ends, well or badly', async () => {
    const office = await givenOffice(2, 2);
    const shares = await sharesOf(office, ...office.officers);
    const { manifest } = office.tenderSeal;
    const key = await withRecoveredKey(manifest, shares, (recovered) => Promise.resolve(recovered));
    expect(key.destroyed).toBe(true);
    let kept = key;
    const failing = withRecoveredKey(manifest, shares, (recovered) => {
      kept = recovered;
      return Promise.reject(new Error('database down'));
    });
    await expect(failing).rejects.toThrow('database down');
    expect(kept.destroyed).toBe(true);
  });

  it('survives the loss of an officer with the share in escrow, and says so', async () => {
    const office = await givenOffice(2, 2);
    const [first] = office.officers;
    const shares = await sharesOf(office, first, office.supervisor);
    expect(await rehearse({ ...office.tenderSeal, shares })).toEqual({
      holders: ['officer-1', 'supervisor'],
      escrowUsed: true,
    });
    expect(
      await rehearse({ ...office.tenderSeal, shares: await sharesOf(office, ...office.officers) }),
    ).toEqual({
      holders: ['officer-1', 'officer-2'],
      escrowUsed: false,
    });
  });

  it('rehearses on the rehearsal envelope only, and opens bids only as bids', async () => {
    const office = await givenOffice(2, 2);
    const { tenderSeal } = office;
    const shares = await sharesOf(office, ...office.officers);
    const bid = await seal({ to: tenderSeal.publicKey, ...EXPECTED, content: new Uint8Array(1) });
    expect(await codeOf(rehearse({ ...tenderSeal, shares, rehearsal: bid }))).toBe(
      'envelope-is-not-a-rehearsal',
    );
    const opening = withRecoveredKey(tenderSeal.manifest, shares, (key) =>
      open(tenderSeal.rehearsal.envelope, key, EXPECTED),
    );
    expect(await codeOf(opening)).toBe('envelope-is-a-rehearsal');
  });

  it.each([
    [1, 3],
    [4, 3],
    [2.5, 3],
    [2, 1],
    [0, 0],
  ])('refuses a threshold of %d among %d officers', async (threshold, officers) => {
    expect(await codeOf(givenOffice(threshold, officers))).toBe('threshold-invalid');
  });

  it('takes two of two without a supervisor, and at most 32 holders with one', async () => {
    const officers = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => (await generateHolderKey(name)).publicKey),
    );
    const key = await newTenderKey(TENDER);
    const rolesOf = async (escrow: HolderPublicKey | null = null) =>
      (await splitKey(key, 2, { officers: officers.slice(0, 2), escrow })).manifest.holders.map(
        ({ role }) => role,
      );
    expect(await rolesOf()).toEqual(['officer', 'officer']);
    expect(await rolesOf(officers[2])).toEqual(['officer', 'officer', 'escrow']);
    const check = (threshold: number, officerCount: number, holders: number) =>
      Promise.resolve().then(() => {
        checkThreshold(threshold, officerCount, holders);
      });
    for (const [threshold, officerCount, holders] of [
      [2, 2, 2],
      [32, 32, 32],
      [2, 31, 32],
    ] as const) {
      await check(threshold, officerCount, holders);
    }
    expect(await codeOf(check(2, 33, 33))).toBe('holders-invalid');
    expect(await codeOf(check(2, 32, 33))).toBe('holders-invalid');
    const many = Array.from(
      { length: 33 },
      (_, i) => new HolderPublicKey(`o${i}`, new Uint8Array(32).fill(i)),
    );
    expect(await codeOf(splitKey(key, 2, { officers: many, escrow: null }))).toBe('holders-invalid');
  });

  it('destroys the shares it tried, and keeps the rehearsal unusable as a bid', async () => {
    const office = await givenOffice(2, 3);
    const { manifest, rehearsal, sealedShares } = office.tenderSeal;
    expect(sealedShares.map(({ holder }) => holder)).toEqual([
      'officer-1',
      'officer-2',
      'officer-3',
      'supervisor',
    ]);
    expect(manifest).toMatchObject({ version: 1, tender: TENDER, threshold: 2 });
    expect(rehearsal.summary).toMatchObject({
      kind: 'rehearsal',
      bidder: 'rehearsal',
      document: 'rehearsal',
    });
  });

  it('refuses two shares for one holder or one key, and a public key of small order', async () => {
    const { publicKey: a } = await generateHolderKey('a');
    const { publicKey: b } = await generateHolderKey('b');
    const ceremony = (officers: HolderPublicKey[], escrow: HolderPublicKey | null = null) =>
      codeOf(createTenderSeal({ tender: TENDER, threshold: 2, officers, escrow }));
    expect(await ceremony([a, a])).toBe('holders-invalid');
    expect(await ceremony([a, new HolderPublicKey('c', a.bytes)])).toBe('holders-invalid');
    expect(await ceremony([a, b], a)).toBe('holders-invalid');
    expect(await ceremony([a, new HolderPublicKey('zero', new Uint8Array(32))])).toBe('public-key-invalid');
  });

  it('works after manifest and shares went through JSON', async () => {
    const office = await givenOffice(2, 3);
    const manifest = parseManifest(json(office.tenderSeal.manifest));
    expect(manifest).toEqual(office.tenderSeal.manifest);
    const [officer] = office.officers;
    const sealed = parseSealedShare(json(office.tenderSeal.sealedShares[0]));
    if (officer === undefined) throw new Error('no officer');
    expect((await openShare(manifest, sealed, officer)).holder).toBe('officer-1');
  });
});

describe('k of n', () => {
  it('every k holders open, no k - 1 do, for any k and n', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 6 }).chain((n) => fc.tuple(fc.integer({ min: 2, max: n }), fc.constant(n))),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        async ([threshold, n], ranks) => {
          const key = await newTenderKey(TENDER);
          const holders = await Promise.all(Array.from({ length: n }, (_, i) => generateHolderKey(`h${i}`)));
          const officers = holders.map(({ publicKey }) => publicKey);
          const { manifest, shares } = await splitKey(key, threshold, { officers, escrow: null });
          const order = shares
            .map((share, i) => ({ share, rank: ranks[i] ?? 0 }))
            .sort((x, y) => x.rank - y.rank);
          const chosen = order.map(({ share }) => share).slice(0, threshold);
          const recovered = await combineShares(manifest, chosen);
          expect(reveal(recovered)).toEqual(reveal(key));
          expect(await codeOf(combineShares(manifest, chosen.slice(1)))).toBe('too-few-shares');
        },
      ),
      { numRuns: 25 },
    );
  });

  it('too few shares are too few even when the manifest is forged to ask for fewer', async () => {
    const office = await givenOffice(3, 3);
    const shares = (await sharesOf(office, ...office.officers)).slice(0, 2);
    const forged = { ...office.tenderSeal.manifest, threshold: 2 };
    expect(await codeOf(combineShares(forged, shares))).toBe('recovered-key-mismatch');
  });
});

describe('a share that does not fit is refused by name', () => {
  it('opened by another holder, or sealed for another manifest', async () => {
    const office = await givenOffice(2, 2);
    const [first, second] = office.officers;
    const { manifest, sealedShares } = office.tenderSeal;
    const [sealed] = sealedShares;
    if (first === undefined || second === undefined || sealed === undefined) throw new Error('no office');
    expect(await codeOf(openShare(manifest, sealed, second))).toBe('share-for-another-holder');
    // the same, with the label rewritten to fool the check of the label
    const relabelled = { ...sealed, recipientKeyId: second.publicKey.keyId };
    expect(await codeOf(openShare(manifest, relabelled, second))).toBe('share-seal-broken');
    const changed = { ...manifest, threshold: 1 };
    expect(await codeOf(openShare(changed, sealed, first))).toBe('share-seal-broken');
    expect(await codeOf(openShare(manifest, { ...sealed, sealed: sealed.sealed.slice(1) }, first))).toBe(
      'share-malformed',
    );
    const flipped = sealed.sealed.startsWith('A')
      ? `B${sealed.sealed.slice(1)}`
      : `A${sealed.sealed.slice(1)}`;
    expect(await codeOf(openShare(manifest, { ...sealed, sealed: flipped }, first))).toBe(
      'share-seal-broken',
    );
  });

  it('of another tender, of another splitting of the same tender', async () => {
    const office = await givenOffice(2, 2);
    const again = await givenOffice(2, 2);
    const elsewhere = await givenOffice(2, 2, 'tender-2027-014');
    const { manifest } = office.tenderSeal;
    const [mine] = await sharesOf(office, office.officers[0]);
    const [sibling] = await sharesOf(again, again.officers[1]);
    const [foreign] = await sharesOf(elsewhere, elsewhere.officers[1]);
    if (mine === undefined || sibling === undefined || foreign === undefined) throw new Error('no shares');
    expect(await codeOf(combineShares(manifest, [mine, foreign]))).toBe('share-of-another-tender');
    expect(await codeOf(combineShares(manifest, [mine, sibling]))).toBe('share-of-another-set');
    const [sealed] = elsewhere.tenderSeal.sealedShares;
    const [officer] = office.officers;
    if (sealed === undefined || officer === undefined) throw new Error('no share');
    expect(await codeOf(openShare(manifest, sealed, officer))).toBe('share-of-another-tender');
  });

  it('given twice, damaged, mixed up between holders: and the holder is named', async () => {
    const office = await givenOffice(2, 3);
    const { manifest } = office.tenderSeal;
    const [a, b] = await sharesOf(office, ...office.officers);
    if (a === undefined || b === undefined) throw new Error('no shares');
    expect((await errorOf(combineShares(manifest, [a, a]))).details).toEqual({ holder: 'officer-1' });
    expect(await codeOf(combineShares(manifest, [a, a]))).toBe('share-duplicated');

    const bytes = Uint8Array.from(reveal(b));
    bytes[7] = (bytes[7] ?? 0) ^ 1;
    const damaged = new TenderKeyShare(bytes, b.tender, b.setId, b.holder, b.role);
    const error = await errorOf(combineShares(manifest, [a, damaged]));
    expect([error.code, error.details]).toEqual(['share-corrupted', { holder: 'officer-2' }]);

    const mixedUp = new TenderKeyShare(reveal(b), b.tender, b.setId, 'officer-3', b.role);
    expect(await codeOf(combineShares(manifest, [a, mixedUp]))).toBe('share-corrupted');
    const stranger = new TenderKeyShare(reveal(b), b.tender, b.setId, 'nobody', b.role);
    expect(await codeOf(combineShares(manifest, [a, stranger]))).toBe('share-for-another-holder');
  });

  it('consistent among themselves but not of this key', async () => {
    const office = await givenOffice(2, 2);
    const [a, b] = await sharesOf(office, ...office.officers);
    if (a === undefined || b === undefined) throw new Error('no shares');
    const { manifest } = office.tenderSeal;
    const bytes = Uint8Array.from(reveal(b));
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const forgedShare = new TenderKeyShare(bytes, b.tender, b.setId, b.holder, b.role);
    const holders = manifest.holders.map((one) =>
      one.holder === b.holder ? { ...one, commitment: shareCommitment(manifest, bytes) } : one,
    );
    expect(await codeOf(combineShares({ ...manifest, holders }, [a, forgedShare]))).toBe(
      'recovered-key-mismatch',
    );
  });

  it('sealed on to an opening session opens there and only there', async () => {
    const office = await givenOffice(2, 2);
    const [share] = await sharesOf(office, office.officers[0]);
    const session = await generateHolderKey('opening-session-7');
    if (share === undefined) throw new Error('no share');
    const { manifest } = office.tenderSeal;
    const onward = await sealShare(manifest, share, session.publicKey);
    expect(reveal(await openShare(manifest, onward, session))).toEqual(reveal(share));
    expect(await codeOf(openShare(manifest, onward, office.supervisor))).toBe('share-for-another-holder');
  });

  it('of a stranger to the manifest, before anything is opened', async () => {
    const office = await givenOffice(2, 2);
    const { manifest, sealedShares } = office.tenderSeal;
    const [sealed] = sealedShares;
    const [officer] = office.officers;
    if (sealed === undefined || officer === undefined) throw new Error('no share');
    const stranger = await errorOf(openShare(manifest, { ...sealed, holder: 'nobody' }, officer));
    expect([stranger.code, stranger.details]).toEqual(['share-for-another-holder', { holder: 'nobody' }]);
    const another = { ...sealed, setId: '00'.repeat(16) };
    expect(await codeOf(openShare(manifest, another, officer))).toBe('share-of-another-set');
    // A manifest whose commitment was changed is another manifest: the seal does not open under it.
    const holders = manifest.holders.map((one) => ({ ...one, commitment: '00'.repeat(32) }));
    expect(await codeOf(openShare({ ...manifest, holders }, sealed, officer))).toBe('share-seal-broken');
  });

  it('and one too few is said with both numbers, before shares that do not fit', async () => {
    const office = await givenOffice(3, 3);
    const shares = await sharesOf(office, ...office.officers);
    const { manifest } = office.tenderSeal;
    const error = await errorOf(combineShares(manifest, shares.slice(1)));
    expect([error.code, error.details]).toEqual(['too-few-shares', { given: 2, needed: 3 }]);
    expect(await codeOf(combineShares(manifest, []))).toBe('too-few-shares');
    // More than needed is as good.
    const all = await sharesOf(office, ...office.officers, office.supervisor);
    expect((await combineShares(manifest, all)).publicKey.keyId).toBe(manifest.tenderKeyId);
  });

  it.each<[string, (manifest: ShareManifest) => object]>([
    ['another version', (manifest) => ({ ...manifest, version: 2 })],
    ['no tender', (manifest) => ({ ...manifest, tender: '' })],
    ['half a fingerprint', (manifest) => ({ ...manifest, tenderKeyId: manifest.tenderKeyId.slice(2) })],
    ['half a set', (manifest) => ({ ...manifest, setId: manifest.setId.slice(2) })],
    ['a threshold of one', (manifest) => ({ ...manifest, threshold: 1 })],
    ['a threshold above the officers', (manifest) => ({ ...manifest, threshold: 3 })],
    ['a threshold as text', (manifest) => ({ ...manifest, threshold: '2' })],
    ['no holders', (manifest) => ({ ...manifest, holders: {} })],
    [
      'a role nobody has, beside officers enough',
      (manifest) => ({
        ...manifest,
        holders: [...manifest.holders.slice(0, 2), { ...manifest.holders[2], role: 'chair' }],
      }),
    ],
    ['a role nobody has', (manifest) => ({ ...manifest, holders: changeFirst(manifest, { role: 'chair' }) })],
    [
      'a holder without a name',
      (manifest) => ({ ...manifest, holders: changeFirst(manifest, { holder: ' ' }) }),
    ],
    [
      'a holder without a key',
      (manifest) => ({ ...manifest, holders: changeFirst(manifest, { holderKeyId: '' }) }),
    ],
    [
      'a holder without a commitment',
      (manifest) => ({ ...manifest, holders: changeFirst(manifest, { commitment: 'x' }) }),
    ],
    [
      'one officer made a supervisor',
      (manifest) => ({ ...manifest, holders: changeFirst(manifest, { role: 'escrow' }) }),
    ],
  ])('a manifest with %s is refused', async (_, change) => {
    const { manifest } = (await readOnlyOffice()).tenderSeal;
    expect(parseManifest({ ...manifest, note: 'x' })).toEqual(manifest);
    expect(await codeOf(Promise.resolve().then(() => parseManifest(change(manifest))))).toBe(
      'manifest-invalid',
    );
  });

  it.each<[string, object]>([
    ['tender', { tender: 7 }],
    ['holder', { holder: undefined }],
    ['setId', { setId: 'AB'.repeat(16) }],
    ['recipientKeyId', { recipientKeyId: 'ab' }],
    ['sealed', { sealed: 'AA' }],
    ['version', { version: 2 }],
  ])('a sealed share with a bad %s is malformed', async (_, change) => {
    const [sealed] = (await readOnlyOffice()).tenderSeal.sealedShares;
    expect(parseSealedShare({ ...sealed, note: 'x' })).toEqual(sealed);
    expect(await codeOf(Promise.resolve().then(() => parseSealedShare({ ...sealed, ...change })))).toBe(
      'share-malformed',
    );
  });

  it.each([null, 7, {}, { version: 2 }, { version: 1, tender: 'x', holder: 'y', setId: 'zz' }])(
    'malformed: %j',
    async (value) => {
      expect(await codeOf(Promise.resolve().then(() => parseSealedShare(value)))).toBe('share-malformed');
      expect(await codeOf(Promise.resolve().then(() => parseManifest(value)))).toBe('manifest-invalid');
    },
  );
});
