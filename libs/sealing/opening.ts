import { type ByteSink, type ByteSource } from './byte-source.js';
import { concat, type Bytes } from './bytes.js';
import { openStream, type EnvelopeSummary, type ExpectedEnvelope } from './envelope.js';
import { SealingError } from './errors.js';
import type { TenderPrivateKey } from './keys.js';

export interface EnvelopeToOpen {
  envelope: ByteSource;
  /** From the platform's records; the digest, from the receipt, is not optional here. */
  expected: ExpectedEnvelope & { digest: string };
  /** Where the content goes. Without one it is answered as bytes in memory. */
  sink?: ByteSink;
}

export type OpeningResult =
  | { opened: true; expected: ExpectedEnvelope; summary: EnvelopeSummary; content: Bytes | undefined }
  | { opened: false; expected: ExpectedEnvelope; error: SealingError };

/**
 * Opens all envelopes of a tender, one after the other, and answers one result for each in the same order. A
 * bid that does not open is a result with its reason, to be recorded and answered for, never an exception
 * that would hide the others.
 *
 * @throws only what a source or a sink throws (a disk that fails says nothing about a bid), and
 *   `key-destroyed`.
 */
export async function openAll(
  envelopes: readonly EnvelopeToOpen[],
  key: TenderPrivateKey,
): Promise<OpeningResult[]> {
  const seen = new Set<string>();
  const results: OpeningResult[] = [];
  for (const one of envelopes) {
    const result = await openOne(one, key);
    if (result.opened && seen.has(result.summary.digest)) {
      const error = new SealingError('envelope-replayed', { digest: result.summary.digest });
      results.push({ opened: false, expected: one.expected, error });
      continue;
    }
    if (result.opened) seen.add(result.summary.digest);
    results.push(result);
  }
  return results;
}

async function openOne(
  { envelope, expected, sink }: EnvelopeToOpen,
  key: TenderPrivateKey,
): Promise<OpeningResult> {
  const parts: Uint8Array[] = [];
  try {
    const summary = await openStream(envelope, key, expected, sink ?? ((bytes) => void parts.push(bytes)));
    return { opened: true, expected, summary, content: sink === undefined ? concat(...parts) : undefined };
  } catch (error) {
    if (!(error instanceof SealingError) || error.code === 'key-destroyed') throw error;
    return { opened: false, expected, error };
  }
}
