export * from './errors.js';
export * from './sme.js';
export * from './types.js';
export { DEFAULT_ROUNDING, TIE_CHAINS } from './scoring/rules.js';
export { rank, rankTotals } from './scoring/rank.js';
