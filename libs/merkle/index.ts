export { MERKLE_ERROR_CODES, MerkleError, type MerkleErrorCode } from './errors.js';
export { EMPTY_ROOT, leafHash, type Hash } from './hash.js';
export {
  verifyConsistency,
  verifyInclusion,
  type ConsistencyProof,
  type InclusionProof,
  type TreeHead,
} from './proof.js';
export { CompactRange, verifyEntries } from './compact-range.js';
export { MerkleLog, type Appended, type MerkleLogOptions } from './log.js';
export { MemoryTileStore, type TileStore } from './tile-store.js';
export { type Tile, type TileKey } from './tile.js';
export {
  dropMerkleTablesSql,
  merkleTablesSql,
  PostgresTileStore,
  type PostgresTileStoreOptions,
  type Queryable,
} from './postgres-tile-store.js';
export { decodePath, encodePath } from './base64.js';
export { NoteSigner, NoteVerifier, type NoteKeyType } from './note-key.js';
export {
  openNote,
  parseNote,
  signNote,
  type NoteSignature,
  type ParsedNote,
  type VerifiedSignature,
} from './note.js';
export {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  withCosignature,
  type Checkpoint,
  type OpenedCheckpoint,
} from './checkpoint.js';
export {
  verifySplitView,
  VolatileWitnessMemory,
  Witness,
  type CosignRequest,
  type SplitViewEvidence,
  type WitnessAnswer,
  type WitnessMemory,
  type WitnessRefusal,
} from './witness.js';
