import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { IsAreaCode, IsChinaDate, IsInstant, Length, MaxLength, MinLength } from './field-rules.js';

class Example {
  @IsChinaDate()
  on: unknown = '2026-11-23';
  @IsInstant()
  at: unknown = '2026-11-23T01:00:00Z';
  @IsAreaCode()
  place: unknown = '999901';
}

function isValid(changes: Partial<Example>): boolean {
  return validateSync(plainToInstance(Example, Object.assign({}, new Example(), changes))).length === 0;
}

class Named {
  @Length(2, 3)
  name: unknown = '甲乙';
  @MaxLength(2)
  most: unknown = '甲';
  @MinLength(2)
  least: unknown = '甲乙';
  @MaxLength(1, { each: true })
  each: unknown = ['甲'];
}

describe('the length of a field', () => {
  const faults = (changes: Partial<Named>) =>
    validateSync(Object.assign(new Named(), changes)).flatMap(({ constraints }) =>
      Object.keys(constraints ?? {}),
    );

  it('is counted in characters, as the database counts it', () => {
    // Two units each.
    expect(faults({ name: '𠮷𠮷𠮷', most: '𠮷𠮷', least: '𠮷𠮷', each: ['𠮷'] })).toEqual([]);
    expect(faults({ name: '𠮷𠮷𠮷𠮷' })).toEqual(['isLength']);
    expect(faults({ name: '𠮷' })).toEqual(['isLength']);
    expect(faults({ least: '𠮷' })).toEqual(['minLength']);
    // An emoji with its variation selector is two for the database.
    expect(faults({ most: '❤️' })).toEqual([]);
    expect(faults({ most: '❤️a' })).toEqual(['maxLength']);
    expect(faults({ name: '❤️❤️' })).toEqual(['isLength']);
    expect(faults({ each: ['甲', '甲乙'] })).toEqual(['maxLength']);
  });

  it('is that of a text only', () => {
    expect(faults({ name: ['甲', '乙'], most: 1, least: null })).toEqual([
      'isLength',
      'maxLength',
      'minLength',
    ]);
  });
});

describe('rules of fields', () => {
  it('accept real dates and instants with a zone', () => {
    expect(isValid({})).toBe(true);
    expect(isValid({ on: '2028-02-29', at: '2026-11-23T09:00+08:00' })).toBe(true);
    expect(isValid({ at: '2026-11-23T01:00:00.123456Z' })).toBe(true);
  });

  it('accept every day of three centuries, and none before or after', () => {
    const days = ['1899-12-31', '1900-01-01', '2199-12-31', '2200-01-01'];
    expect(days.map((on) => isValid({ on }))).toEqual([false, true, true, false]);
    expect(days.map((day) => isValid({ at: `${day}T12:00:00Z` }))).toEqual([false, true, true, false]);
  });

  it.each(['2026-02-29', '2026-13-01', '0001-01-01', '2026-1-1', '', 20261123, null, ['2026-11-23']])(
    'refuse %p as a date',
    (on) => {
      expect(isValid({ on })).toBe(false);
    },
  );

  it.each([
    '2026-11-23',
    '2026-W01',
    '2026-11-23T10:00',
    '2026-02-30T10:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T10:60:00Z',
    '2026-11-23T10:00:60Z',
    '2026-11-23T10:00:00.1234567890Z',
    '2026-11-23T10:00:00+24:00',
    '2026-11-23T10:00:00+8',
    '2026-11-23 10:00:00Z',
    ' 2026-11-23T10:00:00Z',
    '2026-11-23T10:00:00Zx',
    '+275760-09-13T00:00:00Z',
    5,
  ])('refuse %p as an instant', (at) => {
    expect(isValid({ at })).toBe(false);
  });

  it.each(['99', '9999', '999901', '999901001', '999901001001', '441900001', ' ９９９９０１\u200B'])(
    'accept %p as a place',
    (place) => {
      expect(isValid({ place })).toBe(true);
    },
  );

  it.each(['', '9', '999', '99990', '9999010', '99990100', '9999010011', '990000', '09', 99, null, ['99']])(
    'refuse %p as a place',
    (place) => {
      expect(isValid({ place })).toBe(false);
    },
  );
});
