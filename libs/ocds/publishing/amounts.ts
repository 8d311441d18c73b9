/** Between money in whole fen and OCDS values, which are JSON numbers of yuan. */
import { Money } from '#libs/kernel';
import { ocdsErrors } from '../errors.js';
import { Decimal } from '../quality/decimal.js';
import type { Value } from '../standard/types.js';

const CURRENCY = 'CNY';

/**
 * The OCDS value of an amount. The number reads back as exactly this amount.
 * @throws DomainError `ocds.amount-not-representable` beyond some 90 billion yuan, where a JSON number gets coarse
 */
export function valueFromMoney(money: Money): Value {
  const amount = Number(money.toYuan());
  if (!Money.parseYuan(Decimal.of(amount).toString()).equals(money)) {
    throw ocdsErrors.amountNotRepresentable({ amount: money.toYuan() });
  }
  return { amount, currency: CURRENCY };
}

/**
 * The amount of an OCDS value in renminbi.
 * @throws DomainError `ocds.amount-not-representable` without an amount or in another currency, and the kernel's
 *   errors for an amount that is no whole number of fen
 */
export function moneyFromValue(value: Value): Money {
  if (typeof value.amount !== 'number' || value.currency !== CURRENCY) {
    throw ocdsErrors.amountNotRepresentable({
      amount: `${value.amount ?? ''} ${value.currency ?? ''}`.trim(),
    });
  }
  return Money.parseYuan(Decimal.of(value.amount).toString());
}
