import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { hasSharedData, sharedData } from '../../test/support/shared-data.js';
import {
  ancestorCodes,
  isAreaCode,
  isWithin,
  parentCode,
  parseAreaCode,
  resolveOn,
  unpadAreaCode,
  type AreaChange,
} from './area-code.js';

const malformed = 'no zero padding';

describe('parseAreaCode', () => {
  it.each([
    ['33', 'province'],
    ['3301', 'city'],
    ['330105', 'county'],
    ['330105001', 'street'],
    ['330105001001', 'community'],
    ['441900003', 'street'],
    ['441900003001', 'community'],
  ])('takes %s as a %s', (code, level) => {
    expect(parseAreaCode(code)).toEqual({ code, level });
  });

  it.each([
    '',
    '3',
    '333',
    '33010',
    '3301050',
    '03',
    '3300',
    '330100',
    '330000',
    '330105000',
    '330105001000',
  ])('refuses %j', (code) => {
    expect(() => parseAreaCode(code)).toThrow(malformed);
  });

  it.each(['330000001', '3301050010011', '33010X', ' 330105', '330105\n', '３３'])('refuses %j', (code) => {
    expect(isAreaCode(code)).toBe(false);
    expect(() => parseAreaCode(code)).toThrow(malformed);
  });
});

describe('unpadAreaCode', () => {
  it.each([
    ['330000', '33'],
    ['330000000000', '33'],
    ['330100', '3301'],
    ['330105000000', '330105'],
    ['330105001000', '330105001'],
    ['441900', '4419'],
    ['441900003000', '441900003'],
    ['330105001001', '330105001001'],
  ])('reads %s as %s', (padded, code) => {
    expect(unpadAreaCode(padded)).toBe(code);
  });

  it.each(['000000', '', '33000', '330000001000', 'abcdef'])('refuses %j', (text) => {
    expect(() => unpadAreaCode(text)).toThrow(malformed);
  });
});

describe('the hierarchy', () => {
  it('leads from a community to its province', () => {
    expect(ancestorCodes('330105001001')).toEqual(['330105001', '330105', '3301', '33']);
    expect(parentCode('33')).toBeUndefined();
  });

  it('leads from a street to its city where there are no counties', () => {
    expect(ancestorCodes('441900003001')).toEqual(['441900003', '4419', '44']);
  });

  it('holds every area within itself and within each ancestor, and no other way round', () => {
    for (const code of ['330105001001', '441900003001', '110105']) {
      expect(isWithin(code, code)).toBe(true);
      for (const ancestor of ancestorCodes(code)) {
        expect(isWithin(code, ancestor)).toBe(true);
        expect(isWithin(ancestor, code)).toBe(false);
      }
    }
    expect(isWithin('330106', '330105')).toBe(false);
  });

  it('refuses an empty or padded ancestor, which a bare prefix test would let through', () => {
    expect('330105'.startsWith('')).toBe(true); // the control: what the guard is for
    expect(() => isWithin('330105', '')).toThrow(malformed);
    expect(() => isWithin('330105', '330000')).toThrow(malformed);
    expect(() => isWithin('330105', '3')).toThrow(malformed);
  });
});

describe('resolveOn', () => {
  const merger: AreaChange = { code: '330103', successorCode: '330105', from: '2021-04-09' };

  it('finds 下城 under 拱墅 from the day of the merger, and not before', () => {
    expect(resolveOn('330103', '2021-04-08', [merger])).toBe('330103');
    expect(resolveOn('330103', '2021-04-09', [merger])).toBe('330105');
    expect(resolveOn('330105', '2026-01-01', [merger])).toBe('330105');
  });

  it('follows later changes of the successor', () => {
    const later: AreaChange = { code: '330105', successorCode: '330199', from: '2030-01-01' };
    expect(resolveOn('330103', '2029-12-31', [later, merger])).toBe('330105');
    expect(resolveOn('330103', '2030-01-01', [later, merger])).toBe('330199');
  });

  it('leaves the streets alone: they were renumbered one by one', () => {
    expect(resolveOn('330103002', '2026-01-01', [merger])).toBe('330103002');
  });

  it('takes the same change recorded twice as one', () => {
    expect(resolveOn('330103', '2026-01-01', [merger, { ...merger }])).toBe('330105');
  });

  it('refuses records that do not lead to one area', () => {
    const other = { ...merger, successorCode: '330106' };
    const back: AreaChange = { code: '330105', successorCode: '330103', from: '2022-01-01' };
    expect(() => resolveOn('330103', '2026-01-01', [merger, other])).toThrow('more than one successor');
    expect(() => resolveOn('330103', '2026-01-01', [merger, back])).toThrow('lead back to itself');
    expect(resolveOn('330103', '2021-12-31', [merger, back])).toBe('330105');
    const self = { ...merger, successorCode: '330103' };
    expect(() => resolveOn('330103', '2026-01-01', [self])).toThrow('lead back to itself');
  });
});

describe('real codes', () => {
  const file = 'china/villages-zhejiang-33.csv';
  (hasSharedData(file) ? it : it.skip)('of every community in Zhejiang lead up as the list says', () => {
    const [header, ...lines] = readFileSync(sharedData(file), 'utf8').trim().split(/\r?\n/);
    expect(header).toBe('code,name,streetCode,provinceCode,cityCode,areaCode');
    expect(lines.length).toBeGreaterThan(25_000);
    const wrong = lines.filter((line) => {
      const [code = '', , street, province, city, county] = line.split(',');
      return !isAreaCode(code) || ancestorCodes(code).join() !== [street, county, city, province].join();
    });
    expect(wrong).toEqual([]);
  });
});
