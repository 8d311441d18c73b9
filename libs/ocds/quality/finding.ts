/** What is wrong or doubtful in a release although the schema accepts it. */
import { ProblemList, type Problem } from './problem.js';

/**
 * `contradiction`: the release contradicts itself, a reader cannot tell what holds.
 * `remark`: possible, but worth a look.
 */
export type Severity = 'contradiction' | 'remark';

const SEVERITIES = {
  'amount-without-currency': 'remark',
  'award-before-tender-closes': 'remark',
  'awards-exceed-tender': 'remark',
  'bad-ocid': 'contradiction',
  'bad-release-id': 'contradiction',
  'bid-after-deadline': 'remark',
  'contracts-exceed-award': 'remark',
  'dangling-award': 'contradiction',
  'dangling-bid': 'contradiction',
  'dangling-party': 'contradiction',
  'duplicate-id': 'contradiction',
  'mixed-currencies': 'remark',
  'paid-before-signature': 'remark',
  'party-lacks-role': 'remark',
  'payments-exceed-contract': 'remark',
  'period-reversed': 'contradiction',
  'record-ocid-differs': 'contradiction',
  'reference-without-id': 'contradiction',
  'repeated-name': 'contradiction',
  'repeated-release': 'remark',
  'signed-before-award': 'remark',
  'tenderer-count-differs': 'remark',
  'unlisted-code': 'remark',
} as const satisfies Record<string, Severity>;

export type FindingCode = keyof typeof SEVERITIES;
export const FINDING_CODES = Object.keys(SEVERITIES) as readonly FindingCode[];

export interface Finding extends Problem {
  readonly code: FindingCode;
  readonly severity: Severity;
}

export const finding = (pointer: string, code: FindingCode, message: string): Finding => ({
  pointer,
  code,
  message,
  severity: SEVERITIES[code],
});

/** Collects findings up to a limit and counts the rest. */
export class FindingList {
  private readonly list: ProblemList;

  constructor(limit: number) {
    this.list = new ProblemList(limit);
  }

  add(pointer: string, code: FindingCode, message: string): void {
    this.list.add(pointer, code, message);
  }

  get findings(): readonly Finding[] {
    return this.list.problems.map(({ pointer, code, message }) =>
      finding(pointer, code as FindingCode, message),
    );
  }

  get omitted(): number {
    return this.list.omitted;
  }
}
