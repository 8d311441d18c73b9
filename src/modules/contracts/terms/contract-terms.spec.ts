import { describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { checkComplete, checkTerms, type ContractTerms, TERM_TEXTS, termsHash } from './contract-terms.js';

const AMOUNT = Money.fen(1_000);
const texts = {
  content: '每周探访',
  quantity: '三百人',
  quality: '满意率九成',
  settlement: '分两期',
  rightsAndDuties: '按采购文件',
  breach: '按法律规定',
};
const part = (fen: number, dueOn = '2026-06-01', acceptanceDueOn = '2026-06-05', title = '首期') => ({
  title,
  amount: Money.fen(fen),
  dueOn,
  acceptanceDueOn,
});
const terms = (changes: Partial<ContractTerms> = {}): ContractTerms => ({
  startsOn: '2026-03-01',
  endsOn: '2027-02-28',
  multiYearConditionsMet: false,
  texts,
  milestones: [part(400), part(600)],
  ...changes,
});
const answerTo = (changes: Partial<ContractTerms>) => {
  try {
    checkTerms(terms(changes), AMOUNT);
  } catch (error) {
    const { code, details } = error as { code: string; details: object };
    return { code, details };
  }
  return { code: 'accepted' };
};
const codeOf = (changes: Partial<ContractTerms>) => answerTo(changes).code;

describe('the terms of a contract', () => {
  it('end after they begin', () => {
    const oneDay = { milestones: [part(1_000, '2026-03-01', '2026-03-02')] };
    expect(codeOf({ ...oneDay, endsOn: '2026-03-02' })).toBe('accepted');
    expect(codeOf({ ...oneDay, endsOn: '2026-03-01' })).toBe('contracts.term-invalid');
    expect(codeOf({ ...oneDay, endsOn: '2026-02-28' })).toBe('contracts.term-invalid');
  });

  it('run a year, three with the four conditions, and not a day more', () => {
    const multiYear = { multiYearConditionsMet: true };
    expect(codeOf({ endsOn: '2027-02-28' })).toBe('accepted');
    expect(codeOf({ endsOn: '2027-03-01' })).toBe('contracts.term-over-one-year');
    expect(codeOf({ ...multiYear, endsOn: '2029-02-28' })).toBe('accepted');
    expect(codeOf({ ...multiYear, endsOn: '2029-03-01' })).toBe('contracts.term-over-three-years');
    expect(codeOf({ endsOn: '2029-03-01' })).toBe('contracts.term-over-three-years');
  });

  it.each([
    ['2027-03-01', '2028-02-29', '2028-03-01'],
    ['2028-03-01', '2029-02-28', '2029-03-01'],
    ['2028-02-29', '2029-02-28', '2029-03-01'],
    ['2027-02-28', '2028-02-27', '2028-02-28'],
    ['2026-01-01', '2026-12-31', '2027-01-01'],
    ['2026-08-31', '2027-08-30', '2027-08-31'],
  ])('of a year from %s end on %s, both days counted, and no longer', (startsOn, last, next) => {
    const inside = { startsOn, milestones: [part(1_000, startsOn, startsOn)] };
    expect(codeOf({ ...inside, endsOn: last })).toBe('accepted');
    expect(codeOf({ ...inside, endsOn: next })).toBe('contracts.term-over-one-year');
  });

  it('hold every delivery, and no acceptance before it', () => {
    const due = (dueOn: string, acceptanceDueOn = dueOn) =>
      codeOf({ milestones: [part(400), part(600, dueOn, acceptanceDueOn)] });
    expect([due('2026-03-01'), due('2027-02-28'), due('2027-02-28', '2027-04-01')]).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
    for (const outside of [due('2026-02-28'), due('2027-03-01'), due('2026-06-01', '2026-05-31')]) {
      expect(outside).toBe('contracts.milestone-outside-term');
    }
    const last = part(600, '2027-03-01', '2027-03-01', '末期');
    expect(answerTo({ milestones: [part(400), last] }).details).toEqual({ title: '末期' });
  });

  it('split the amount to the last fen', () => {
    for (const fen of [599, 601]) {
      expect(answerTo({ milestones: [part(400), part(fen)] })).toEqual({
        code: 'contracts.milestones-do-not-sum',
        details: { sumFen: 400 + fen, amountFen: 1_000 },
      });
    }
    expect(codeOf({ milestones: [part(1_000)] })).toBe('accepted');
    expect(codeOf({ milestones: [] })).toBe('contracts.milestones-do-not-sum');
  });

  it('say everything that the law wants said', () => {
    expect(() => {
      checkComplete(texts);
    }).not.toThrow();
    for (const name of TERM_TEXTS) {
      for (const nothing of [{ [name]: ' \n' }, { [name]: '\u200B' }, { [name]: undefined }]) {
        expect(() => {
          checkComplete({ ...texts, ...nothing });
        }).toThrow(
          expect.objectContaining({ code: 'contracts.terms-incomplete', details: { missing: name } }),
        );
      }
    }
    expect(TERM_TEXTS).toHaveLength(6);
  });
});

describe('the hash of what is signed', () => {
  it('is the SHA-256 of the canonical form: the order of fields says nothing, that of milestones does', () => {
    expect(termsHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(termsHash({ a: 1, b: [1, 2] })).toBe(termsHash({ b: [1, 2], a: 1 }));
    expect(termsHash({ a: 1, b: [1, 2] })).not.toBe(termsHash({ a: 1, b: [2, 1] }));
  });
});
