import { Inject, Injectable } from '@nestjs/common';
import {
  chinaDate,
  type Clock,
  type DeadlineRule,
  type DeadlineUnit,
  DomainError,
  dueAt,
  newId,
  OFFICIAL_CALENDAR_YEARS,
  type SourceGrade,
  WorkingDayCalendar,
} from '#libs/kernel';
import { Access } from '../authorization/access.js';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { platformErrors } from '../platform.errors.js';

interface RuleRow {
  id: string;
  code: string;
  zh: string;
  en: string;
  length: number;
  unit: DeadlineUnit;
  legal_basis: string;
  grade: SourceGrade;
  owner_role: string;
  consequence: string;
}

export interface OverdueDeadline {
  readonly id: string;
  readonly ruleCode: string;
  readonly zh: string;
  readonly en: string;
  readonly legalBasis: string;
  readonly ownerRole: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly areaCode: string;
  readonly dueAt: string | null;
}

/**
 * The deadline engine: every legal clock is a rule row; starting one computes its date on the working-day
 * calendar, meeting it stops it, and what is overdue is listed for the supervisor. No date is typed in. A clock
 * keeps the rule of the day and area it was started in, whatever the law says later.
 */
@Injectable()
export class Deadlines {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Starts a clock in the caller's transaction.
   * @returns the last instant that is in time; undefined when it runs into a year without official calendar
   *   data: the deadline is kept, shows up as open without a date, and is computed once the year is entered
   */
  async start(
    ruleCode: string,
    subject: { type: string; id: string; areaCode: string },
    event?: Date,
  ): Promise<Date | undefined> {
    this.uow.mustBeActive('deadlines.start');
    const startedAt = event ?? this.clock.now();
    const rule = await this.ruleOn(ruleCode, subject.areaCode, startedAt);
    const due = await this.dueBy(rule, startedAt);
    await this.uow.sql(
      `INSERT INTO platform.deadline (id, rule_id, rule_code, subject_type, subject_id, area_code, started_at, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT deadline_once DO NOTHING`,
      [newId(), rule.id, ruleCode, subject.type, subject.id, subject.areaCode, startedAt, due ?? null],
    );
    return due;
  }

  /** Stops every running clock of this rule on the subject. */
  async meet(ruleCode: string, subject: { type: string; id: string }): Promise<void> {
    this.uow.mustBeActive('deadlines.meet');
    await this.uow.sql(
      `UPDATE platform.deadline SET met_at = $4
       WHERE rule_code = $1 AND subject_type = $2 AND subject_id = $3 AND met_at IS NULL`,
      [ruleCode, subject.type, subject.id, this.clock.now()],
    );
  }

  /** When the clock would end that began with the event in the area. @returns undefined as `start` does */
  async compute(ruleCode: string, event: Date, areaCode = ''): Promise<Date | undefined> {
    return this.dueBy(await this.ruleOn(ruleCode, areaCode, event), event);
  }

  /** The rule of the nearest area on the day of the event: a street's before its district's before the country's. */
  private async ruleOn(ruleCode: string, areaCode: string, event: Date): Promise<RuleRow> {
    const day = chinaDate(event);
    const rule = await this.uow.one<RuleRow>(
      `SELECT * FROM platform.deadline_rule
       WHERE code = $1 AND starts_with($2, area_code) AND validity @> $3::date
       ORDER BY length(area_code) DESC LIMIT 1`,
      [ruleCode, areaCode, day],
    );
    if (!rule) throw new Error(`No deadline rule is called ${ruleCode} on ${day}`);
    return rule;
  }

  private async dueBy(rule: RuleRow, event: Date): Promise<Date | undefined> {
    try {
      return dueAt(toRule(rule), event, await this.calendar());
    } catch (error) {
      if (error instanceof DomainError && error.code === 'kernel.calendar-year-missing') return undefined;
      throw error;
    }
  }

  /** Computes the dates that waited for calendar data. Runs daily. @returns how many got their date */
  async computeWaiting(): Promise<number> {
    const waiting = await this.uow.sql<RuleRow & { deadline_id: string; started_at: Date }>(
      `SELECT r.*, d.id AS deadline_id, d.started_at
       FROM platform.deadline d JOIN platform.deadline_rule r ON r.id = d.rule_id
       WHERE d.due_at IS NULL AND d.met_at IS NULL LIMIT 1000`,
    );
    let computed = 0;
    for (const row of waiting) {
      const due = await this.dueBy(row, row.started_at);
      if (!due) continue;
      await this.uow.sql('UPDATE platform.deadline SET due_at = $2 WHERE id = $1', [row.deadline_id, due]);
      computed += 1;
    }
    return computed;
  }

  /** Open deadlines in the reader's areas that are past, or have no date yet; the oldest first. */
  async overdue(
    permission: string,
    limit: number,
    after?: { dueAt: string; id: string },
  ): Promise<OverdueDeadline[]> {
    const patterns = this.access.areaPatterns(permission);
    if (patterns.length === 0) throw platformErrors.forbidden();
    return this.uow.sql<OverdueDeadline>(
      `SELECT d.id, d.rule_code AS "ruleCode", r.zh, r.en, r.legal_basis AS "legalBasis", r.owner_role AS "ownerRole",
              d.subject_type AS "subjectType", d.subject_id AS "subjectId", d.area_code AS "areaCode",
              to_char(d.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "dueAt"
       FROM platform.deadline d JOIN platform.deadline_rule r ON r.id = d.rule_id
       WHERE d.met_at IS NULL AND (d.due_at < $1 OR d.due_at IS NULL) AND d.area_code LIKE ANY($2::text[])
         AND ($4::timestamptz IS NULL OR (d.due_at, d.id) > ($4, $5::uuid))
       ORDER BY d.due_at, d.id LIMIT $3`,
      [this.clock.now(), patterns, limit, after?.dueAt ?? null, after?.id ?? null],
    );
  }

  private async calendar(): Promise<WorkingDayCalendar> {
    const rows = await this.uow.sql<{
      year: number;
      holidays: string[];
      makeupWorkdays: string[];
      source: string;
    }>(
      `SELECT year, holidays::text[] AS holidays, makeup_workdays::text[] AS "makeupWorkdays", source
       FROM platform.calendar_year`,
    );
    const shipped = OFFICIAL_CALENDAR_YEARS.filter(({ year }) => !rows.some((row) => row.year === year));
    return new WorkingDayCalendar([...shipped, ...rows]);
  }
}

function toRule(row: RuleRow): DeadlineRule {
  return {
    code: row.code,
    zh: row.zh,
    en: row.en,
    event: row.code,
    length: row.length,
    unit: row.unit,
    direction: 'after',
    legalBasis: row.legal_basis,
    sourceGrade: row.grade,
    ownerRole: row.owner_role,
    consequence: row.consequence,
  };
}
