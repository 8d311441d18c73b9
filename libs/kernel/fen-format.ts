/** The languages every public text of the system exists in. */
export type Locale = 'zh-CN' | 'en';

/** The CLDR short form of CNY: bare in Chinese, prefixed in English where a bare sign could mean yen. */
const SYMBOL: Readonly<Record<Locale, string>> = { 'zh-CN': '¥', en: 'CN¥' };

/** Decimal yuan with exactly two places and no grouping: `1205000n` → `12050.00`, `-5n` → `-0.05`. */
export function fenToYuanText(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** An amount for reading: `1205000n` → `¥12,050.00`. Built from digits, so no amount is ever rounded. */
export function formatFen(fen: bigint, locale: Locale): string {
  const yuan = fenToYuanText(fen < 0n ? -fen : fen);
  const grouped = yuan.replace(/\B(?=(\d{3})+\.)/g, ',');
  return `${fen < 0n ? '-' : ''}${SYMBOL[locale]}${grouped}`;
}
