import { Inject, Injectable } from '@nestjs/common';
import { chinaDate, type Clock, defineErrors } from '#libs/kernel';
import { CLOCK } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';

const errors = defineErrors('figures', {
  notSet: {
    code: 'figures.not-set',
    kind: 'unprocessable',
    zh: '尚未设置“{code}”在该地区、该日期的数值，请由主管部门录入并注明来源。',
    en: 'The figure "{code}" is not set for this area and date; the authority in charge must enter it with its source.',
  },
});

/**
 * Figures that the law, a finance bureau or a district sets: rows with an area, validity dates, a source and
 * a grade (how well the source was read, see docs), never constants. The row of the nearest area wins: a
 * street's before its district's before the country's (area code '').
 */
@Injectable()
export class Figures {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param on China date YYYY-MM-DD, default today
   * @throws DomainError figures.not-set when nobody has entered the figure
   */
  async number(code: string, areaCode: string, on?: string): Promise<number> {
    const row = await this.uow.one<{ value: string }>(
      `SELECT value::text FROM platform.figure
       WHERE code = $1 AND starts_with($2, area_code) AND validity @> $3::date
       ORDER BY length(area_code) DESC LIMIT 1`,
      [code, areaCode, on ?? chinaDate(this.clock.now())],
    );
    if (!row) throw errors.notSet({ code });
    return Number(row.value);
  }
}
