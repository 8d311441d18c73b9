import type { RedFlagCode, RedFlagSettings } from './settings.js';

/** Open-contracting releases as far as the indicators read them. */
export const bid = (tenderer: string, amount: number, status = 'valid') => ({
  status,
  tenderers: [{ id: tenderer }],
  value: { amount, currency: 'CNY' },
});
export const award = (supplier: string, status = 'active') => ({ status, suppliers: [{ id: supplier }] });
export const process = (ocid: string, bids: object[], awards: object[], more: object = {}) => ({
  ocid,
  bids: { details: bids },
  awards,
  ...more,
});
export const only = (indicator: RedFlagCode, settings: RedFlagSettings = {}): RedFlagSettings => ({
  ...settings,
  indicators: [indicator],
});
