import type { Words } from '#libs/kernel';

/** Why an approver stops a tender. */
export const CANCEL_REASONS = {
  'need-changed': { zh: '采购需求变化', en: 'the need has changed' },
  'budget-withdrawn': { zh: '预算被收回', en: 'the budget was withdrawn' },
  'file-defective': { zh: '采购文件有缺陷', en: 'the procurement file is defective' },
  'unlawful-conduct': { zh: '存在违法违规行为', en: 'there was unlawful conduct' },
  other: { zh: '其他原因', en: 'another reason' },
} as const satisfies Record<string, Words>;
export type CancelReason = keyof typeof CANCEL_REASONS;

/** Why a tender fails by itself. */
export const FAIL_REASONS = {
  'too-few-bids': { zh: '截止时响应供应商不足', en: 'too few bids at the deadline' },
  'too-few-qualified': { zh: '通过资格审查的供应商不足', en: 'too few qualified bidders' },
  'none-qualified': { zh: '没有供应商通过资格审查', en: 'no qualified bidder' },
} as const satisfies Record<string, Words>;
export type FailReason = keyof typeof FAIL_REASONS;

export type EndReason = CancelReason | FailReason;

/** @param code as stored and told in events */
export function endReasonWords(code: string): Words {
  const words: Words | undefined = ({ ...CANCEL_REASONS, ...FAIL_REASONS } as Record<string, Words>)[code];
  if (!words) throw new Error(`No tender ends for the reason ${code}`);
  return words;
}
