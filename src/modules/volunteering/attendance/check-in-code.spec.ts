import { describe, expect, it } from '@jest/globals';
import { checkInCode, isCheckInCode } from './check-in-code.js';

const secret = Buffer.alloc(32, 7);
const at = new Date('2026-11-23T01:00:30Z');
const later = (ms: number) => new Date(at.getTime() + ms);

describe('the check-in code', () => {
  const { code, validUntil } = checkInCode(secret, 'shift-1', at);

  it('is six characters that cannot be confused, and says when it changes', () => {
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
    expect(validUntil.toISOString()).toBe('2026-11-23T01:01:00.000Z');
  });

  it('is valid in its minute and the next, in either case, and not after', () => {
    expect(isCheckInCode(secret, 'shift-1', at, code)).toBe(true);
    expect(isCheckInCode(secret, 'shift-1', later(60_000), ` ${code.toLowerCase()}`)).toBe(true);
    expect(isCheckInCode(secret, 'shift-1', later(120_000), code)).toBe(false);
    expect(isCheckInCode(secret, 'shift-1', later(-60_000), code)).toBe(false);
  });

  it('is read from a full-width keyboard, and anything else that is no code is simply wrong', () => {
    const fullWidth = Array.from(code, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(
      '',
    );
    expect(isCheckInCode(secret, 'shift-1', at, fullWidth)).toBe(true);
    expect(isCheckInCode(secret, 'shift-1', at, '签到码签到码')).toBe(false);
    const raised = code.replace(/\d/, (digit) => '²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit) - 2));
    expect(raised).not.toBe(code);
    expect(isCheckInCode(secret, 'shift-1', at, raised)).toBe(false);
    expect(isCheckInCode(secret, 'shift-1', at, `${code}XYZ`)).toBe(false);
  });

  it('is of no use at another shift, with another secret, or cut short', () => {
    expect(isCheckInCode(secret, 'shift-2', at, code)).toBe(false);
    expect(isCheckInCode(Buffer.alloc(32, 8), 'shift-1', at, code)).toBe(false);
    expect(isCheckInCode(secret, 'shift-1', at, code.slice(0, 5))).toBe(false);
  });
});
