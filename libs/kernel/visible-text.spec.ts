import { describe, expect, it } from '@jest/globals';
import { isCreditCode, isMobileNumber, normalizeIdentifier, parseMobileNumber } from './identifiers.js';
import { hasDirectionControls, hasVisibleText, withoutInvisible } from './visible-text.js';

const DIRECTION_CONTROLS = [
  '\u202A',
  '\u202B',
  '\u202C',
  '\u202D',
  '\u202E',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
];
const FAMILY = '👨‍👩‍👧';

describe('visible text', () => {
  it.each([
    '',
    ' ',
    '\u3000',
    '\t\r\n\u0085\u00A0\u2028',
    '\u200B\u200B',
    '\u200D',
    '\uFE0F',
    '\uFEFF',
    '\u00AD',
    '\u3164',
    '\uFFA0',
    '\u115F\u1160',
    '\u2800',
    '\u{1D159}',
    '\u{E0041}\u{E007F}',
    '\u202E\u2069',
    '\u0000\u001F',
    '\uFFFE',
    '\u0301\u20DD',
    ' \u200B\u3164\u2800\n',
  ])('is not in %j', (text) => {
    expect(hasVisibleText(text)).toBe(false);
  });

  it.each([
    '张',
    '\u200B张',
    '-',
    '。',
    '0',
    FAMILY,
    '❤️',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    'e\u0301',
    'ཀྱ',
    'ᠮᠣᠩᠭᠣᠯ',
    'می‌خواهم',
    // Names of the registers: of GB18030's own plane, and of an extension that this Node does not know yet.
    '\uE863',
    '\u{323B0}',
  ])('is in %j', (text) => {
    expect(hasVisibleText(text)).toBe(true);
  });

  it('turns no direction but by a control that does', () => {
    for (const control of DIRECTION_CONTROLS) expect(hasDirectionControls(`${control}张三`)).toBe(true);
    // Marks that weigh in on neutral characters stand in ordinary Arabic and Hebrew.
    for (const text of ['', '张三', `${FAMILY}\u200E\u200F\u061C`, '\u2065\u206A'])
      expect(hasDirectionControls(text)).toBe(false);
  });
});

describe('an identifier', () => {
  it('loses what cannot be seen, and nothing else', () => {
    expect(withoutInvisible('\uFEFF\u202D9\u200B9\u2060\u3164\u2800\u00AD1\u202C')).toBe('991');
    expect(withoutInvisible(' a b-c.d_e@f\n')).toBe(' a b-c.d_e@f\n');
    expect(withoutInvisible('张e\u0301')).toBe('张e\u0301');
  });

  it('is the same pasted with invisible characters around and inside it', () => {
    expect(isCreditCode(normalizeIdentifier('\u200B52330106\u200BMJ00‑0000\u2060XE\uFEFF'))).toBe(true);
    expect(isMobileNumber(parseMobileNumber('\u202A+86\u00A0138\u200B0013–8000\u202C'))).toBe(true);
  });
});
