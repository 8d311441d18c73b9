import { createCipheriv, createHash } from 'node:crypto';
import {
  createTenderSeal,
  generateHolderKey,
  open,
  openAll,
  openShare,
  openStream,
  seal,
  sealStream,
  withRecoveredKey,
  type EnvelopeToOpen,
  type HolderPrivateKey,
  type TenderSeal,
} from '#libs/sealing';

const MEGABYTE = new Uint8Array(1e6).fill(7);
const ATTACHMENT_MB = 50;
const BIDS = 200;
const names = { bidder: 'org-1', document: 'plan', revision: 1 };

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function* attachment(): Generator<Uint8Array> {
  for (let i = 0; i < ATTACHMENT_MB; i++) yield MEGABYTE;
}

async function* asStream(parts: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

/** What sealing cannot beat on the same bytes in the same run: OpenSSL's AES-256-GCM and two SHA-256. */
function bare(): Record<string, number> {
  const run = (work: (bytes: Uint8Array) => unknown) => {
    const start = process.hrtime.bigint();
    for (const part of attachment()) work(part);
    return Math.round(ATTACHMENT_MB / (Number(process.hrtime.bigint() - start) / 1e9));
  };
  const cipher = createCipheriv('aes-256-gcm', new Uint8Array(32), new Uint8Array(12));
  const hash = createHash('sha256');
  return {
    bareAesGcmMbPerSecond: run((bytes) => cipher.update(bytes)),
    bareSha256MbPerSecond: run((bytes) => hash.update(bytes)),
  };
}

async function large(
  tenderSeal: TenderSeal,
  opening: <T>(use: Parameters<typeof withRecoveredKey<T>>[2]) => Promise<T>,
): Promise<Record<string, number>> {
  const envelope: Uint8Array[] = [];
  const to = tenderSeal.publicKey;
  const sealing = await seconds(() =>
    sealStream({ to, ...names, content: asStream(attachment()) }, (bytes) => void envelope.push(bytes)),
  );
  let opened = 0;
  const openingSeconds = await opening((key) =>
    seconds(() =>
      openStream(asStream(envelope), key, names, (bytes) => {
        opened += bytes.length;
      }),
    ),
  );
  if (opened !== ATTACHMENT_MB * 1e6) throw new Error('the benchmark opened something else than it sealed');
  return {
    attachmentMb: ATTACHMENT_MB,
    sealMbPerSecond: Math.round(ATTACHMENT_MB / sealing),
    openMbPerSecond: Math.round(ATTACHMENT_MB / openingSeconds),
  };
}

async function small(
  tenderSeal: TenderSeal,
  opening: <T>(use: Parameters<typeof withRecoveredKey<T>>[2]) => Promise<T>,
): Promise<Record<string, number>> {
  const bids: EnvelopeToOpen[] = [];
  const sealing = await seconds(async () => {
    for (let i = 0; i < BIDS; i++) {
      const expected = { ...names, bidder: `org-${i}` };
      const content = new TextEncoder().encode(`price ${i}`);
      const { envelope, summary } = await seal({ to: tenderSeal.publicKey, ...expected, content });
      bids.push({ envelope, expected: { ...expected, digest: summary.digest } });
    }
  });
  return opening(async (key) => {
    const openingSeconds = await seconds(async () => {
      const results = await openAll(bids, key);
      if (!results.every(({ opened }) => opened)) throw new Error('a bid did not open');
    });
    const one = bids[0];
    if (one !== undefined) await open(one.envelope, key, one.expected);
    return {
      smallEnvelopesSealedPerSecond: Math.round(BIDS / sealing),
      smallEnvelopesOpenedPerSecond: Math.round(BIDS / openingSeconds),
    };
  });
}

export default async function bench(): Promise<Record<string, unknown>> {
  const officers: HolderPrivateKey[] = [];
  for (let i = 0; i < 5; i++) officers.push(await generateHolderKey(`officer-${i}`));
  const publicKeys = officers.map(({ publicKey }) => publicKey);
  let tenderSeal: TenderSeal | undefined;
  const ceremony = await seconds(async () => {
    tenderSeal = await createTenderSeal({
      tender: 'bench',
      threshold: 3,
      officers: publicKeys,
      escrow: null,
    });
  });
  if (tenderSeal === undefined) throw new Error('no ceremony');
  const { manifest, sealedShares } = tenderSeal;
  const shares = await Promise.all(
    sealedShares.slice(0, 3).flatMap((sealed, i) => {
      const officer = officers[i];
      return officer === undefined ? [] : [openShare(manifest, sealed, officer)];
    }),
  );
  const recovery = await seconds(() => withRecoveredKey(manifest, shares, () => Promise.resolve()));
  const opening = <T>(use: Parameters<typeof withRecoveredKey<T>>[2]) =>
    withRecoveredKey(manifest, shares, use);
  return {
    ...bare(),
    ...(await large(tenderSeal, opening)),
    ...(await small(tenderSeal, opening)),
    ceremonyThreeOfFiveMs: Math.round(ceremony * 1e3),
    recoveryThreeOfFiveMs: Number((recovery * 1e3).toFixed(1)),
    peakRssMb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
  };
}
