import { describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import type { TenderDetail } from '../tenders.read.js';
import type { TenderFileRequest } from './tender.request.js';
import { toDetailResponse, toTenderFile, toVerdictResponse } from './tender-mapping.js';

const BANDS = [{ from: '0', to: '80', indicator: '每覆盖一项采购需求得八分' }];
/** Of the same shape as what the validation lets through. */
type Plain<T> = { [K in keyof T]: T[K] };
const request = (changes: Partial<Plain<TenderFileRequest>> = {}): Plain<TenderFileRequest> => ({
  title: '探访服务',
  requirement: '每周两次',
  ceilingFen: 20_000_000,
  method: 'open-tender',
  methodApproval: '财采批〔2026〕1号',
  priceRule: { kind: 'lowest-qualified-offer', weight: '20', smeDeductionPercent: '10' },
  criteria: [
    {
      id: 'plan',
      name: '服务方案',
      max: '80',
      bands: BANDS,
      evidence: 'service-plan',
      part: 'commercial',
      objective: true,
      description: '说明',
    },
  ],
  qualifications: ['具有独立承担民事责任的能力'],
  tieBreak: 'technical-then-draw',
  ...changes,
});

describe('a procurement file between HTTP and the rules', () => {
  it('loses nothing that was asked for', () => {
    expect(toTenderFile(request())).toEqual({
      ...request(),
      ceilingFen: undefined,
      ceiling: Money.fen(20_000_000),
      tieBreak: { by: ['technical'], then: 'draw' },
      criteria: request().criteria.map((criterion) =>
        Object.assign({}, criterion, { name: { 'zh-CN': criterion.name } }),
      ),
    });
  });

  it('draws what is tied when it says nothing else', () => {
    const { tieBreak: _, ...silent } = request();
    expect(toTenderFile(silent).tieBreak).toEqual({ then: 'draw' });
  });

  it('takes a missing weight for none, which the law then refuses, and a fixed price for unscored', () => {
    expect(toTenderFile(request({ priceRule: { kind: 'lowest-qualified-offer' } })).priceRule).toEqual({
      kind: 'lowest-qualified-offer',
      weight: '0',
    });
    expect(toTenderFile(request({ priceRule: { kind: 'fixed', weight: '30' } })).priceRule).toEqual({
      kind: 'fixed',
    });
  });

  it('is answered as it was handed in', () => {
    const { ceiling, ...file } = toTenderFile(request());
    const detail = { ...file, ceilingFen: ceiling.toFen() } as unknown as TenderDetail;
    expect(toDetailResponse(detail)).toEqual(request());
    const bare = toDetailResponse({
      ...detail,
      priceRule: { kind: 'fixed' },
      criteria: [{ id: 'plan', max: '80' }],
    });
    expect(bare.priceRule).toEqual({ kind: 'fixed', weight: null, smeDeductionPercent: null });
    expect(bare.criteria).toEqual([
      {
        id: 'plan',
        name: 'plan',
        max: '80',
        bands: [],
        evidence: null,
        part: 'technical',
        objective: false,
        description: null,
      },
    ]);
  });

  it('is told what is wrong with it, with the place and the rule', () => {
    const source = { citation: '财政部令第87号', grade: 'B' as const };
    const response = toVerdictResponse({
      publishable: false,
      problems: [{ code: 'max-malformed', path: 'criteria[0].max', message: '不是数字', source }],
      findings: [
        {
          severity: 'forbidden',
          rule: 'location',
          path: 'criteria[0]',
          matched: '本市注册',
          advice: { 'zh-CN': '不得限定注册地' },
          source,
        },
      ],
    } as unknown as Parameters<typeof toVerdictResponse>[0]);
    expect(response).toEqual({
      publishable: false,
      findings: [
        {
          severity: 'problem',
          code: 'max-malformed',
          path: 'criteria[0].max',
          message: '不是数字',
          source: '财政部令第87号',
        },
        {
          severity: 'forbidden',
          code: 'location',
          path: 'criteria[0]',
          message: '“本市注册”：不得限定注册地',
          source: '财政部令第87号',
        },
      ],
    });
  });
});
