import type { Words } from '#libs/kernel';

/** Stands for the reason where the treasury gives none. */
export const UNSPECIFIED = 'unspecified';

/** Why the treasury did not carry out an order, by the code that it gives. */
const REASONS: Readonly<Record<string, Words>> = {
  'payee-account-refused': { zh: '收款账户未被接受', en: 'the account of the payee was not accepted' },
  [UNSPECIFIED]: { zh: '国库未说明原因', en: 'the treasury gave no reason' },
};

/** Another institution may add reasons that we do not know: then its code is what one can ask it about. */
export function refusalWords(reasonCode: string): Words {
  return REASONS[reasonCode] ?? { zh: `国库代码 ${reasonCode}`, en: `the treasury calls it "${reasonCode}"` };
}
