import { describe, expect, it } from '@jest/globals';
import { Money } from './money.js';
import { fenColumn } from './columns.js';

describe('a column', () => {
  it('of fen loses none of them, however many', () => {
    for (const fen of ['0', '-1', '9007199254740991', '-9007199254740991']) {
      const money = fenColumn.from(fen) as Money;
      expect([money.toBigInt(), fenColumn.to(money)]).toEqual([BigInt(fen), fen]);
    }
  });

  it('without a value has none', () => {
    expect([fenColumn.from(null), fenColumn.to(null), fenColumn.to(undefined)]).toEqual([
      null,
      null,
      undefined,
    ]);
  });
});
