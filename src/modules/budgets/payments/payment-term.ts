/** 30 日 from acceptance: 保障中小企业款项支付条例 arts 8–9 (grade A), here for every supplier. */
export const PAYMENT_TERM_DAYS = 30;
