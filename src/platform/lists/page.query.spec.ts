import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { PageQuery } from './page.query.js';

/** As the validation pipe does: the texts of a query string become the class, then its rules are asked. */
function read(query: Readonly<Record<string, string>>) {
  const page = plainToInstance(PageQuery, query);
  return validateSync(page).length === 0 ? { limit: page.limit, cursor: page.cursor } : 'refused';
}

describe('the paging of a list', () => {
  it('shows fifty rows when nothing is asked', () => {
    expect(read({})).toEqual({ limit: 50, cursor: undefined });
  });

  it.each(['1', '200'])('shows as many as asked, from 1 to 200: %s', (limit) => {
    expect(read({ limit })).toMatchObject({ limit: Number(limit) });
  });

  it.each(['0', '201', '-1', '1.5', 'many', '1e9', ''])('refuses a limit of "%s"', (limit) => {
    expect(read({ limit })).toBe('refused');
  });

  it('takes a cursor of up to 500 characters', () => {
    expect(read({ cursor: 'c'.repeat(500) })).toMatchObject({ cursor: 'c'.repeat(500) });
    expect(read({ cursor: 'c'.repeat(501) })).toBe('refused');
    expect(read({ cursor: '' })).toBe('refused');
  });
});
