/** One thing wrong with the inputs: a stable code, where it is, and what to do about it. */
export interface Issue {
  readonly code: string;
  /** A path into the inputs, e.g. `sheets[3].scores.quality`. */
  readonly path: string;
  readonly message: string;
}

/** Inputs from which no lawful ranking follows. Carries every issue found, not only the first. */
export class InvalidEvaluation extends Error {
  readonly code = 'evaluation.invalid-input';

  constructor(readonly issues: readonly Issue[]) {
    super(issues.map((issue) => `${issue.path}: ${issue.message} [${issue.code}]`).join('; '));
    this.name = 'InvalidEvaluation';
  }
}
