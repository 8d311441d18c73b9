import { defineErrors, DomainError } from '#libs/kernel';

/** One thing wrong with the inputs: a stable code, where it is, and what to do about it. */
export interface Issue {
  readonly code: string;
  /** A path into the inputs, e.g. `sheets[3].scores.quality`. */
  readonly path: string;
  readonly message: string;
}

/** The refusals of this library; `evaluation.*` codes are public and stable. */
export const evaluationErrors = defineErrors('evaluation', {
  inputsInvalid: {
    code: 'evaluation.inputs-invalid',
    kind: 'unprocessable',
    zh: '评审数据不完整或不合规：{summary}',
    en: 'The evaluation inputs do not determine a ranking: {summary}',
  },
  figureNotInForce: {
    code: 'evaluation.figure-not-in-force',
    kind: 'unprocessable',
    zh: '{date} 没有有效的规则数值 {figureId}，请先由财政部门配置',
    en: 'No figure {figureId} is in force on {date}: it must be configured first',
  },
  poolExhausted: {
    code: 'evaluation.pool-exhausted',
    kind: 'unprocessable',
    zh: '回避后可抽取专家 {available} 名，少于需要的 {needed} 名',
    en: 'Only {available} experts remain after declared interests and recusals, {needed} are needed',
  },
  committeeUnlawful: {
    code: 'evaluation.committee-unlawful',
    kind: 'unprocessable',
    zh: '评审委员会组成不合规：{problem}',
    en: 'The composition of the committee is not lawful: {problem}',
  },
  publishedInputsMalformed: {
    code: 'evaluation.published-inputs-malformed',
    kind: 'invalid',
    zh: '公布的评审数据格式不正确：{problem}',
    en: 'The published evaluation inputs are malformed: {problem}',
  },
});

/** Inputs from which no lawful ranking follows. Carries every issue found, not only the first. */
export class InvalidEvaluation extends DomainError {
  constructor(readonly issues: readonly Issue[]) {
    super('unprocessable', 'evaluation.inputs-invalid', {
      summary: issues.map((issue) => `${issue.path}: ${issue.message} [${issue.code}]`).join('; '),
      issues: issues.map(({ code, path, message }) => ({ code, path, message })),
    });
    this.name = 'InvalidEvaluation';
  }
}
