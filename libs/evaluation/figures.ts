import { type ChinaDate, ValidityPeriod } from '#libs/kernel';
import { evaluationErrors } from './errors.js';
import type { Decimal, Source } from './types.js';

/** What is bought; decides the lawful price weight. */
export type ObjectKind = 'services' | 'goods';

export type FigureId =
  | `price-weight.${ObjectKind}`
  | 'sme-deduction.small-micro'
  | 'sme-deduction.consortium'
  | `committee-size.${CommitteeCase}`
  | `minimum-bidders.${BidderCase}`;

export type CommitteeCase = 'tender' | 'tender-large' | 'consultation' | 'negotiation';
export type BidderCase =
  | 'tender'
  | 'consultation'
  | 'consultation-public-service-during'
  | 'negotiation'
  | 'inquiry'
  | 'single-source';

/** A lawful range in force for a time. Half-open: from its first day, up to but not including `to`. */
export interface Figure {
  readonly id: FigureId;
  readonly from: ChinaDate;
  readonly to: ChinaDate | null;
  readonly min: Decimal;
  /** Null: no upper limit. */
  readonly max: Decimal | null;
  readonly source: Source;
}

const figure = (
  id: FigureId,
  [from, to]: readonly [ChinaDate, ChinaDate | null],
  [min, max]: readonly [Decimal, Decimal | null],
  source: Source,
): Figure => ({ id, from, to, min, max, source });

const GPL: Source = { citation: '政府采购法', grade: 'A' };
const since87 = ['2017-10-01', null] as const;
const since214 = ['2014-12-31', null] as const;
const sinceGpl = ['2003-01-01', null] as const;

/**
 * What is in force as far as the project's rules page knows, each with its source and how well that was
 * checked. A finance bureau overrides a row by passing its own list: these are defaults, not constants.
 */
export const DEFAULT_FIGURES: readonly Figure[] = [
  figure('price-weight.services', since87, ['10', '30'], {
    citation: '财政部令第87号 第五十五条',
    grade: 'C',
  }),
  figure('price-weight.goods', since87, ['30', '60'], { citation: '财政部令第87号 第五十五条', grade: 'C' }),
  figure('sme-deduction.small-micro', ['2021-01-01', '2022-07-01'], ['6', '10'], {
    citation: '财库〔2020〕46号',
    grade: 'B',
  }),
  figure('sme-deduction.small-micro', ['2022-07-01', null], ['10', '20'], {
    citation: '财库〔2022〕19号',
    grade: 'B',
  }),
  figure('sme-deduction.consortium', ['2021-01-01', '2022-07-01'], ['2', '3'], {
    citation: '财库〔2020〕46号',
    grade: 'B',
  }),
  figure('sme-deduction.consortium', ['2022-07-01', null], ['4', '6'], {
    citation: '财库〔2022〕19号',
    grade: 'B',
  }),
  figure('committee-size.tender', since87, ['5', null], {
    citation: '财政部令第87号 第四十七条',
    grade: 'B',
  }),
  figure('committee-size.tender-large', since87, ['7', null], {
    citation: '财政部令第87号 第四十七条',
    grade: 'B',
  }),
  figure('committee-size.consultation', since214, ['3', null], {
    citation: '财库〔2014〕214号 第十四条',
    grade: 'B',
  }),
  figure('committee-size.negotiation', sinceGpl, ['3', null], {
    citation: '政府采购法 第三十八条',
    grade: 'A',
  }),
  figure('minimum-bidders.tender', sinceGpl, ['3', null], { ...GPL, citation: '政府采购法 第三十六条' }),
  figure('minimum-bidders.consultation', since214, ['3', null], {
    citation: '财库〔2014〕214号 第六条',
    grade: 'B',
  }),
  figure('minimum-bidders.consultation-public-service-during', ['2015-06-30', null], ['2', null], {
    citation: '财库〔2015〕124号',
    grade: 'B',
  }),
  figure('minimum-bidders.negotiation', sinceGpl, ['3', null], {
    ...GPL,
    citation: '政府采购法 第三十八条',
  }),
  figure('minimum-bidders.inquiry', sinceGpl, ['3', null], { ...GPL, citation: '政府采购法 第四十条' }),
  figure('minimum-bidders.single-source', sinceGpl, ['1', null], {
    ...GPL,
    citation: '政府采购法 第三十一条',
  }),
];

/**
 * The row in force on a day. A later row in the list overrides an earlier one, so a bureau's own rows are
 * appended to the defaults. Throws `evaluation.figure-not-in-force` rather than guess.
 */
export function figureOn(figures: readonly Figure[], id: FigureId, on: ChinaDate): Figure {
  const found = figures.findLast(
    (row) => row.id === id && new ValidityPeriod(row.from, row.to).inForceOn(on),
  );
  if (found === undefined) throw evaluationErrors.figureNotInForce({ figureId: id, date: on });
  return found;
}
