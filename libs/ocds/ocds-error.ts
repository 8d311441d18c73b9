/** Why a call on this library was refused. The code is stable; the message is for a person. */
export class OcdsError extends Error {
  override readonly name = 'OcdsError';

  constructor(
    readonly code: OcdsErrorCode,
    message: string,
    /** Values behind the message: pointers, problems, limits. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export type OcdsErrorCode =
  | 'amount-not-representable'
  | 'bad-ocid-prefix'
  | 'bad-process-id'
  | 'conflicting-party'
  | 'different-ocids'
  | 'invalid-package'
  | 'invalid-release'
  | 'missing-date'
  | 'no-releases'
  | 'same-date'
  | 'schema-unusable'
  | 'shape-changed'
  | 'too-deep'
  | 'unknown-party';
