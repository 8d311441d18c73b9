import { describe, expect, it } from '@jest/globals';
import { inAreas } from './area-filter.js';

describe('the areas of a list', () => {
  it('are one condition each, the widest only, after the parameters that are there', () => {
    const parameters: unknown[] = ['first'];
    expect(inAreas('c.area_code', ['330106%', '3301%', '3301%', '3304%', '330402001%'], parameters)).toBe(
      '(c.area_code LIKE $2 OR c.area_code LIKE $3)',
    );
    expect(parameters).toEqual(['first', '3301%', '3304%']);
  });

  it('are none for whoever has none', () => {
    const parameters: unknown[] = [];
    expect(inAreas('c.area_code', [], parameters)).toBe('FALSE');
    expect(parameters).toEqual([]);
  });
});
