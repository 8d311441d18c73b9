import { type ChinaDate, hasVisibleText } from '#libs/kernel';
import { DEFAULT_FIGURES, type Figure, type FigureId, figureOn, type ObjectKind } from '../figures.js';
import { parseScaled, SCALE } from '../scoring/arithmetic.js';
import type { Criterion, Decimal, PriceRule, Source } from '../types.js';
import { lintCriteria, type CriteriaFinding } from './lint-criteria.js';

export interface CriteriaSet {
  readonly objectKind: ObjectKind;
  /** The day the procurement file is published: rules in force then apply. */
  readonly on: ChinaDate;
  readonly priceRule: PriceRule;
  readonly criteria: readonly Criterion[];
  /** Qualification requirements of the file: a qualification may not be scored as well. */
  readonly qualifications?: readonly string[] | undefined;
}

export interface CriteriaProblem {
  readonly code:
    | 'sum-not-100'
    | 'price-weight-out-of-range'
    | 'deduction-out-of-range'
    | 'maximum-invalid'
    | 'bands-missing'
    | 'bands-invalid'
    | 'bands-overlap'
    | 'maximum-unreachable'
    | 'indicator-missing'
    | 'evidence-missing'
    | 'id-duplicate';
  readonly path: string;
  readonly message: string;
  readonly source: Source;
}

export interface CriteriaVerdict {
  /** True when nothing lawfully forbids publication: no problem and no forbidden finding. */
  readonly publishable: boolean;
  readonly problems: readonly CriteriaProblem[];
  readonly findings: readonly CriteriaFinding[];
}

const QUANTIFIED: Source = { citation: '政府采购法实施条例 第三十四条', grade: 'A' };
const HUNDRED_POINTS: Source = { citation: '财政部令第87号 第五十五条（总分100分）', grade: 'M' };

function range(
  figures: readonly Figure[],
  id: FigureId,
  on: ChinaDate,
  value: Decimal,
  code: CriteriaProblem['code'],
  path: string,
): CriteriaProblem[] {
  const row = figureOn(figures, id, on);
  const given = parseScaled(value);
  const inside = given >= parseScaled(row.min) && (row.max === null || given <= parseScaled(row.max));
  if (inside) return [];
  const message = `${value} is outside ${row.min} to ${row.max ?? '∞'}, in force on ${on}`;
  return [{ code, path, message, source: row.source }];
}

function checkPriceRule(set: CriteriaSet, figures: readonly Figure[]): CriteriaProblem[] {
  const rule = set.priceRule;
  if (rule.kind === 'fixed') return [];
  const deductions = [
    ['sme-deduction.small-micro', rule.smeDeductionPercent, 'priceRule.smeDeductionPercent'],
    ['sme-deduction.consortium', rule.consortiumDeductionPercent, 'priceRule.consortiumDeductionPercent'],
  ] as const;
  return [
    ...(rule.kind === 'lowest-qualified-offer'
      ? range(
          figures,
          `price-weight.${set.objectKind}`,
          set.on,
          rule.weight,
          'price-weight-out-of-range',
          'priceRule.weight',
        )
      : []),
    ...deductions.flatMap(([id, value, path]) =>
      value === undefined ? [] : range(figures, id, set.on, value, 'deduction-out-of-range', path),
    ),
  ];
}

/** Bands must be quantified steps that do not overlap and that can give the maximum. */
function checkBands(criterion: Criterion, path: string): CriteriaProblem[] {
  const problem = (code: CriteriaProblem['code'], at: string, message: string): CriteriaProblem => ({
    code,
    path: at,
    message,
    source: QUANTIFIED,
  });
  const bands = criterion.bands ?? [];
  if (bands.length === 0) return [problem('bands-missing', path, 'points must be tied to measurable bands')];
  const found: CriteriaProblem[] = [];
  const max = parseScaled(criterion.max);
  const read = bands.map((band, index) => {
    const at = `${path}.bands[${index}]`;
    const from = parseScaled(band.from);
    const to = parseScaled(band.to);
    if (from < 0 || to < from || to > max) {
      found.push(problem('bands-invalid', at, `a band runs from 0 or more up to at most ${criterion.max}`));
    }
    if (!hasVisibleText(band.indicator)) found.push(problem('indicator-missing', at, 'say what is measured'));
    return { from, to };
  });
  const sorted = [...read].sort((a, b) => a.from - b.from || a.to - b.to);
  sorted.forEach((band, index) => {
    const next = sorted[index + 1];
    // Touching bands share one score; two bands that share a stretch leave the step open to choice.
    if (next !== undefined && (next.from < band.to || (next.from === band.from && next.to === band.to))) {
      found.push(problem('bands-overlap', path, 'two bands give the same points'));
    }
  });
  if (Math.max(...read.map((band) => band.to)) < max) {
    found.push(problem('maximum-unreachable', path, 'no band gives the maximum'));
  }
  return found;
}

function checkCriterion(criterion: Criterion, index: number): CriteriaProblem[] {
  const path = `criteria[${index}]`;
  const max = parseScaled(criterion.max);
  return [
    ...(max > 0 && max <= 100 * SCALE
      ? []
      : [
          {
            code: 'maximum-invalid' as const,
            path: `${path}.max`,
            message: 'the maximum is a decimal over 0, up to 100',
            source: QUANTIFIED,
          },
        ]),
    ...checkBands(criterion, path),
    ...(criterion.evidence === undefined
      ? [
          {
            code: 'evidence-missing' as const,
            path: `${path}.evidence`,
            message: 'say which evidence the points are given for',
            source: QUANTIFIED,
          },
        ]
      : []),
  ];
}

/**
 * Everything that keeps a set of criteria from being published: arithmetic, lawful ranges on the day, bands
 * and evidence, and the linter's findings. Under price-only the file scores nothing, so no sum is asked for.
 */
export function checkCriteria(
  set: CriteriaSet,
  figures: readonly Figure[] = DEFAULT_FIGURES,
): CriteriaVerdict {
  const problems = [...checkPriceRule(set, figures), ...set.criteria.flatMap(checkCriterion)];
  const weight =
    set.priceRule.kind === 'lowest-qualified-offer' ? Math.max(parseScaled(set.priceRule.weight), 0) : 0;
  const sum = set.criteria.reduce(
    (total, criterion) => total + Math.max(parseScaled(criterion.max), 0),
    weight,
  );
  if (set.priceRule.kind !== 'price-only' && sum !== 100 * SCALE) {
    problems.push({
      code: 'sum-not-100',
      path: 'criteria',
      message: `maxima and price weight add up to ${sum / SCALE}`,
      source: HUNDRED_POINTS,
    });
  }
  if (new Set(set.criteria.map((criterion) => criterion.id)).size !== set.criteria.length) {
    problems.push({
      code: 'id-duplicate',
      path: 'criteria',
      message: 'two criteria share an id',
      source: QUANTIFIED,
    });
  }
  const findings = lintCriteria(set.criteria, set.qualifications ?? []);
  const publishable = problems.length === 0 && findings.every((finding) => finding.severity !== 'forbidden');
  return { publishable, problems, findings };
}
