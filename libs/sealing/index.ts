export {
  SEALING_ERROR_CODES,
  SealingError,
  type SealingErrorCode,
  type SealingErrorDetails,
} from './errors.js';
export type { ByteSink, ByteSource, WebByteStream } from './byte-source.js';
export type { Bytes } from './bytes.js';
export type { EnvelopeContext, EnvelopeKind } from './header.js';
export {
  generateHolderKey,
  HolderPrivateKey,
  HolderPublicKey,
  importHolderKey,
  type TenderPrivateKey,
  TenderPublicKey,
  type ProtectedKeyJson,
  type PublicKeyJson,
} from './keys.js';
export {
  inspectEnvelope,
  open,
  openStream,
  seal,
  sealStream,
  type EnvelopeSummary,
  type ExpectedEnvelope,
  type Sealed,
  type SealRequest,
} from './envelope.js';
export { CommitmentKey, verifyCommitment } from './commitment.js';
export { openAll, type EnvelopeToOpen, type OpeningResult } from './opening.js';
export { parseManifest, type ManifestHolder, type ShareManifest, type ShareRole } from './manifest.js';
export {
  openShare,
  parseSealedShare,
  sealShare,
  type TenderKeyShare,
  withRecoveredKey,
  type Holders,
  type SealedShare,
} from './shares.js';
export {
  createTenderSeal,
  rehearse,
  type RehearsalEnvelope,
  type RehearsalReport,
  type TenderSeal,
} from './ceremony.js';
export {
  issueReceipt,
  receiptBody,
  receiptLeaf,
  verifyReceipt,
  type LogPosition,
  type Receipt,
  type ReceiptBody,
  type SigningKey,
} from './receipt.js';
