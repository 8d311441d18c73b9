import { Money } from '#libs/kernel';

export interface Balances {
  readonly appropriatedFen: number;
  readonly availableFen: number;
  readonly reservedFen: number;
  readonly encumberedFen: number;
  readonly accruedFen: number;
  readonly inPaymentFen: number;
  readonly paidFen: number;
}

const COLUMNS: readonly (readonly [keyof Balances, string])[] = [
  ['appropriatedFen', '下达 appropriated'],
  ['availableFen', '可用 available'],
  ['reservedFen', '预留 reserved'],
  ['encumberedFen', '已承诺 encumbered'],
  ['accruedFen', '应付 accrued'],
  ['inPaymentFen', '支付中 in payment'],
  ['paidFen', '已付 paid'],
];

/** Writes down each step for whoever watches: who did what, the states before and after, where the money is. */
export class Account {
  private number = 0;

  constructor(private readonly write: (line: string) => void) {}

  chapter(zh: string, en: string): void {
    this.write(`\n── ${zh} · ${en} ${'─'.repeat(Math.max(4, 60 - en.length - zh.length * 2))}`);
  }

  step(who: string, what: string, states?: { before: string; after: string }): void {
    this.number += 1;
    const change = states ? `   [${states.before} → ${states.after}]` : '';
    this.write(`${String(this.number).padStart(2)}. ${who}: ${what}${change}`);
  }

  note(text: string): void {
    this.write(`    ${text}`);
  }

  money(balances: Balances): void {
    const shown = COLUMNS.filter(
      ([key]) => balances[key] !== 0 || key === 'availableFen' || key === 'paidFen',
    );
    this.write(`    ¥ ${shown.map(([key, label]) => `${label} ${yuan(balances[key])}`).join(' | ')}`);
  }
}

export function yuan(fen: number): string {
  return Money.fen(fen).format('zh-CN');
}
