/** Rule of the deadline engine that runs from acceptance until the milestone is paid in full. */
export const PAY_SUPPLIER_RULE = 'budgets.pay-supplier';

/** 30 日 from acceptance: 保障中小企业款项支付条例 arts 8–9 (grade A), here for every supplier. */
export const PAYMENT_TERM_DAYS = 30;
