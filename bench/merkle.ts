import { createHash, hash } from 'node:crypto';
import {
  leafHash,
  MemoryTileStore,
  MerkleLog,
  verifyConsistency,
  verifyInclusion,
  type TreeHead,
} from '#libs/merkle';

const LEAVES = 1_000_000;
const ENTRY_BYTES = 32;
const BATCH = 1_024;
const PROOFS = 20_000;

function secondsSince(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const perSecond = (count: number, seconds: number) => Math.round(count / seconds);
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** Entry i: 32 bytes that differ, as the hashes that the platform logs do. */
function entryOf(i: number): Uint8Array {
  const entry = Buffer.alloc(ENTRY_BYTES, 7);
  entry.writeUInt32BE(i, 0);
  return entry;
}

/** What no tree can beat: the same hash calls on input of the same length, with nothing around them. */
function bareHashing(): Record<string, number> {
  const leaf = Buffer.alloc(1 + ENTRY_BYTES);
  const node = Buffer.alloc(65, 1);
  let start = process.hrtime.bigint();
  for (let i = 0; i < LEAVES; i++) {
    leaf.writeUInt32BE(i, 1);
    hash('sha256', leaf, 'buffer');
  }
  const leafSeconds = secondsSince(start);
  start = process.hrtime.bigint();
  for (let i = 0; i < LEAVES; i++) {
    node.writeUInt32BE(i, 1);
    hash('sha256', node, 'buffer');
  }
  const nodeSeconds = secondsSince(start);
  const block = Buffer.alloc(1 << 20);
  start = process.hrtime.bigint();
  const stream = createHash('sha256');
  for (let i = 0; i < 200; i++) stream.update(block);
  stream.digest();
  return {
    bareLeafHashesPerSecond: perSecond(LEAVES, leafSeconds),
    bareNodeHashesPerSecond: perSecond(LEAVES, nodeSeconds),
    bareTreeSeconds: leafSeconds + nodeSeconds,
    opensslStreamMbPerSecond: Math.round((200 * (1 << 20)) / 1e6 / secondsSince(start)),
  };
}

async function appending(log: MerkleLog): Promise<{ seconds: number; single: number }> {
  const start = process.hrtime.bigint();
  for (let at = 0; at < LEAVES; at += BATCH) {
    await log.append(Array.from({ length: Math.min(BATCH, LEAVES - at) }, (_, i) => entryOf(at + i)));
  }
  const seconds = secondsSince(start);
  const singles = 5_000;
  const again = process.hrtime.bigint();
  for (let i = 0; i < singles; i++) await log.append([entryOf(LEAVES + i)]);
  return { seconds, single: perSecond(singles, secondsSince(again)) };
}

/** A fixed sequence of places all over the tree, the same in every run. */
const place = (i: number) => (i * 7_919 * 104_729) % LEAVES;

async function inclusion(log: MerkleLog, head: TreeHead): Promise<Record<string, number>> {
  let start = process.hrtime.bigint();
  for (let i = 0; i < PROOFS; i++) await log.inclusionProof(place(i), head.size);
  const cold = secondsSince(start);
  const proofs = [];
  start = process.hrtime.bigint();
  for (let i = 0; i < PROOFS; i++) proofs.push(await log.inclusionProof(place(i), head.size));
  const warm = secondsSince(start);
  const leaves = Array.from({ length: PROOFS }, (_, i) => leafHash(entryOf(place(i))));
  start = process.hrtime.bigint();
  for (const [i, proof] of proofs.entries()) verifyInclusion(leaves[i] ?? head.root, proof, head);
  const verifying = secondsSince(start);
  return {
    inclusionProofsPerSecondColdCache: perSecond(PROOFS, cold),
    inclusionProofsPerSecondWarmCache: perSecond(PROOFS, warm),
    inclusionVerificationsPerSecond: perSecond(PROOFS, verifying),
    hashesPerInclusionProof: proofs[0]?.path.length ?? 0,
  };
}

async function consistency(log: MerkleLog, head: TreeHead): Promise<Record<string, number>> {
  const count = 2_000;
  const older: TreeHead[] = [];
  for (let i = 0; i < count; i++) older.push({ size: 1 + place(i), root: await log.rootAt(1 + place(i)) });
  const proofs = [];
  let start = process.hrtime.bigint();
  for (const { size } of older) proofs.push(await log.consistencyProof(size, head.size));
  const proving = secondsSince(start);
  start = process.hrtime.bigint();
  for (const [i, proof] of proofs.entries()) verifyConsistency(older[i] ?? head, head, proof);
  return {
    consistencyProofsPerSecond: perSecond(count, proving),
    consistencyVerificationsPerSecond: perSecond(count, secondsSince(start)),
  };
}

export default async function bench(): Promise<Record<string, unknown>> {
  const { bareTreeSeconds = 0, ...bare } = bareHashing();
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  const before = process.memoryUsage();
  const log = new MerkleLog(new MemoryTileStore(), { cachedTiles: 4_096 });
  const { seconds, single } = await appending(log);
  collect?.();
  const after = process.memoryUsage();
  const head = await log.head();
  return {
    leaves: LEAVES,
    entryBytes: ENTRY_BYTES,
    ...bare,
    appendsPerSecondInBatches: perSecond(LEAVES, seconds),
    appendsPerSecondOneByOne: single,
    appendingOverBareHashing: Number((seconds / bareTreeSeconds).toFixed(2)),
    ...(await inclusion(log, head)),
    ...(await consistency(log, head)),
    treeMb: megabytes(after.arrayBuffers - before.arrayBuffers),
    treeMbAtLeast: megabytes(LEAVES * 32),
    withCacheMb: megabytes(process.memoryUsage().arrayBuffers - before.arrayBuffers),
    peakRssMb: megabytes(process.resourceUsage().maxRSS * 1024),
  };
}
