import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance, Type } from 'class-transformer';
import { Identifier, MayBeBlank, textFaults } from './request-texts.js';

class Part {
  text: unknown;
  @MayBeBlank()
  note: unknown;
}
class Example extends Part {
  @Type(() => Part)
  parts: unknown;
  @MayBeBlank()
  notes: unknown;
  @Identifier()
  code: unknown;
}

/** Pointers and codes of what is wrong. */
function faults(values: Partial<Example>): string[] {
  const flat = (errors: ReturnType<typeof textFaults>, above: string): string[] =>
    errors.flatMap(({ property, constraints = {}, children = [] }) => [
      ...Object.keys(constraints).map((code) => `${above}/${property} ${code}`),
      ...flat(children, `${above}/${property}`),
    ]);
  return flat(textFaults(plainToInstance(Example, values)), '');
}

describe('the texts of a request', () => {
  it.each(['', '   ', '\u3000', '\u200B\u200B', '\u3164'])('say something: %j does not', (text) => {
    expect(faults({ text })).toEqual(['/text isNotBlank']);
  });

  it('are looked at in lists and in what is nested, too', () => {
    const parts = [{ text: '甲', note: ' ' }, { text: ' ' }, { text: ['乙', '　'] }];
    expect(faults({ text: [' ', '丙', ''], parts })).toEqual([
      '/text/0 isNotBlank',
      '/text/2 isNotBlank',
      '/parts/1/text isNotBlank',
      '/parts/2/text/1 isNotBlank',
    ]);
  });

  it('may be blank where the field says so, entries of a list included, and only there', () => {
    expect(faults({ note: '', notes: [' ', '\u200B'], text: 'x' })).toEqual([]);
    expect(faults({ notes: [{ text: ' ' }] })).toEqual(['/notes/0/text isNotBlank']);
  });

  it('do not turn the direction of writing, where they may be blank neither', () => {
    expect(faults({ text: '\u202E张三', note: 'a\u2066' })).toEqual([
      '/text hasNoDirectionControls',
      '/note hasNoDirectionControls',
    ]);
  });

  it('keep emoji, combining marks and joiners', () => {
    const text = '👨‍👩‍👧 e\u0301 می‌خواهم';
    expect(faults({ text })).toEqual([]);
    expect(plainToInstance(Example, { text }).text).toBe(text);
  });

  it('lose what cannot be seen where they are identifiers', () => {
    const codeOf = (code: unknown) => plainToInstance(Example, { code }).code;
    expect(codeOf(' \u202A91\u200B33\u202C\n')).toBe('9133');
    expect(codeOf(['\uFEFF33', 7])).toEqual(['33', 7]);
    expect([codeOf(7), codeOf(null)]).toEqual([7, null]);
    expect(faults({ code: '\u200B' })).toEqual(['/code isNotBlank']);
  });

  it('are not what is no text', () => {
    expect(faults({ text: 0, note: false, parts: null, notes: [1, null], code: undefined })).toEqual([]);
  });
});
