import { withoutInvisible } from '#libs/kernel';
import type { Criterion, LocalText, Source } from '../types.js';
import { LINT_RULES, type LintRule, type LintRuleId, QUALIFICATION_SCORED } from './lint-rules.js';

export interface CriteriaFinding {
  readonly rule: LintRuleId;
  readonly severity: 'forbidden' | 'warning';
  /** Where the words stand, e.g. `criteria[2].bands[0].indicator`. */
  readonly path: string;
  /** The words that matched, without spaces. */
  readonly matched: string;
  readonly source: Source;
  readonly advice: LocalText;
}

/**
 * '不限注册地', '不得以注册资本…': the clause forbids the very thing, so it is no finding. '不得低于500万元' and
 * '包括但不限于' demand it instead, and a negation does not reach past 但 or 而.
 */
const NEGATED = /(?:不限(?!于)|不得(?!低于|少于|小于)|不以|不要求|无需|无须|不作为|不设|禁止)[^但而]*$/u;

/**
 * Full-width forms, radicals that a PDF has in place of characters, spaces and what
 * cannot be seen inside words must not hide a word:
 * '本 市', '１０年'. Words are only found here; nothing that is folded so becomes a number or a key.
 */
function normalise(text: string): string {
  return withoutInvisible(text.normalize('NFKC')).replace(/\s+/gu, '');
}

function firstMatch(rule: LintRule, piece: string): string | null {
  if (rule.unless?.test(piece) === true) return null;
  for (const match of piece.matchAll(rule.pattern)) {
    const upToEnd = piece.slice(0, match.index + match[0].length);
    if (!NEGATED.test(upToEnd)) return match[0];
  }
  return null;
}

function lintText(path: string, text: string): CriteriaFinding[] {
  const whole = normalise(text);
  const clauses = whole.split(/[。;!?,]/u);
  return LINT_RULES.flatMap((rule) => {
    for (const piece of rule.acrossClauses === true ? [whole] : clauses) {
      const matched = firstMatch(rule, piece);
      if (matched === null) continue;
      const { id, severity, source, advice } = rule;
      return [{ rule: id, severity, path, matched, source, advice }];
    }
    return [];
  });
}

function textsOf(criterion: Criterion, path: string): [string, string][] {
  const texts: [string, string | undefined][] = [
    [`${path}.name`, criterion.name?.['zh-CN']],
    [`${path}.name`, criterion.name?.en],
    [`${path}.description`, criterion.description],
    ...(criterion.bands ?? []).map((band, at): [string, string] => [
      `${path}.bands[${at}].indicator`,
      band.indicator,
    ]),
  ];
  return texts.flatMap(([at, text]): [string, string][] => (text === undefined ? [] : [[at, text]]));
}

/**
 * Finds wording that the law keeps out of scoring criteria. Pass the file's qualification requirements too:
 * repeating one as a criterion is a finding. One finding per rule and text.
 */
export function lintCriteria(
  criteria: readonly Criterion[],
  qualifications: readonly string[] = [],
): CriteriaFinding[] {
  const required = new Set(qualifications.map(normalise).filter((text) => text.length > 0));
  return criteria.flatMap((criterion, index) =>
    textsOf(criterion, `criteria[${index}]`).flatMap(([path, text]) => {
      const repeated: CriteriaFinding[] = required.has(normalise(text))
        ? [
            {
              rule: 'qualification-scored',
              severity: 'forbidden',
              path,
              matched: normalise(text),
              ...QUALIFICATION_SCORED,
            },
          ]
        : [];
      return [...repeated, ...lintText(path, text)];
    }),
  );
}

/** The same rules on one free text, e.g. a qualification requirement. */
export function lintRequirement(text: string, path = 'text'): CriteriaFinding[] {
  return lintText(path, text);
}
