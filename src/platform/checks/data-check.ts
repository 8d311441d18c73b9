import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** An invariant of the data as one SQL statement that must return no row. */
export interface DataCheck {
  /** `<module>.<what-must-hold>` */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** Returns the offending rows; ids and amounts only. `:now` stands for the instant at which it is asked. */
  readonly sql: string;
}

export interface CheckResult {
  readonly name: string;
  readonly offending: readonly Record<string, unknown>[];
}

const registered = new Map<string, DataCheck>();

/** Declares a check; it then runs every night, after tests and on `npm run cli -- verify`. */
export function defineCheck(check: DataCheck): DataCheck {
  if (registered.has(check.name)) throw new Error(`The check ${check.name} is declared twice`);
  registered.set(check.name, check);
  return check;
}

export function declaredChecks(): readonly DataCheck[] {
  return [...registered.values()];
}

const SHOWN = 20;

@Injectable()
export class DataChecks {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Runs every declared check. @returns per check at most 20 offending rows; all empty when the data hold */
  async runAll(): Promise<CheckResult[]> {
    const results: CheckResult[] = [];
    for (const { name, sql } of declaredChecks()) {
      const offending = await this.uow.sql(
        `SELECT * FROM (${sql.replaceAll(':now', '$1::timestamptz')}) AS offending LIMIT ${SHOWN}`,
        sql.includes(':now') ? [this.clock.now()] : [],
      );
      results.push({ name, offending });
    }
    return results;
  }
}
