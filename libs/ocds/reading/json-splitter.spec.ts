import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonSplitter, type Part, type SplitEvent } from './json-splitter.js';

const LIMITS = { maxPartBytes: 1_000, maxDepth: 20 };

const shown = ({ bytes, fault, offset }: Part): unknown[] => [
  offset,
  fault ?? Buffer.from(bytes ?? []).toString('utf8'),
];

/** What came out of a text handed over in pieces of the given sizes, in turn. */
function split(text: string, sizes: readonly number[] = [Infinity], lines = false): unknown[] {
  const splitter = new JsonSplitter(LIMITS, lines);
  const bytes = Buffer.from(text);
  const events: SplitEvent[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? Infinity;
    events.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  events.push(...splitter.end());
  return events.map((event) => {
    switch (event.kind) {
      case 'element':
        return ['element', event.list, event.position, ...shown(event.part)];
      case 'object':
        return ['object', [...event.members].map(([key, part]) => [key, ...shown(part)]), [...event.lists]];
      case 'list':
        return ['list', event.length];
      case 'scalar':
        return ['scalar', ...shown(event.part)];
      case 'broken':
        return ['broken', event.offset, event.reason, event.truncated, ...shown(event.part)];
    }
  });
}

const FILES = [
  '{"uri": "a", "releases": [{"id": "\\"[{,\\\\"}, {"id": "汉字"}], "x": [1, {"y": null}], "records": []}',
  '[{"a": "]"}, 17, "text, \\" and }", true, null, [1, [2]]]',
  '{"a": 1}\n{"releases": [{}]}\n{"a": [}\n{"b": 2}\n',
  '17 \n"text" true\n',
  '  \n\t ',
  '{"a": {"b": [}',
  '{"a" 1}',
  '[1, 2',
  '"text that does not end',
  '{"releases": {"a": 1}, "records": 5}',
  `{"releases": [{"a": "${'x'.repeat(1_200)}"}, {"b": 1}]}`,
  `[${'['.repeat(30)}${']'.repeat(30)}, 1]`,
  '{"a": 1, "a": 2, "": {}}',
  '[,]',
  '{"releases": [1,]}',
];

describe('the splitter', () => {
  it('hands out the elements of the lists, and what an object holds besides', () => {
    expect(split('{"uri": "a", "releases": [{"id": "}"}, 2]}')).toEqual([
      ['element', 'releases', 0, 26, '{"id": "}"}'],
      ['element', 'releases', 1, 39, '2'],
      ['object', [['uri', 8, '"a"']], ['releases']],
    ]);
    expect(split('[{"a": 1}, "x"]')).toEqual([
      ['element', '', 0, 1, '{"a": 1}'],
      ['element', '', 1, 11, '"x"'],
      ['list', 2],
    ]);
    expect(split('17')).toEqual([['scalar', 0, '17']]);
  });

  it.each(FILES)('gives the same for %j byte by byte, whatever the mode', (text) => {
    for (const lines of [false, true]) {
      const whole = split(text, [Infinity], lines);
      for (const size of [1, 2, 3, 7]) expect(split(text, [size], lines)).toEqual(whole);
    }
  });

  it('gives the same for any text however it is cut', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"releases"',
      '"a"',
      '1',
      ' ',
      '\n',
      '汉',
    );
    const texts = fc.oneof(
      fc.constantFrom(...FILES),
      fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join('')),
      fc.json(),
    );
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (text, sizes, lines) => {
          expect(split(text, sizes, lines)).toEqual(split(text, [Infinity], lines));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('reports an element of another text after one that ended within an escape', () => {
    // The second text must not begin as if it were still escaped, or still a text.
    expect(split('["a\\\\", "b"]')).toEqual([
      ['element', '', 0, 1, '"a\\\\"'],
      ['element', '', 1, 8, '"b"'],
      ['list', 2],
    ]);
    expect(split('{"a": "x\n{"b": "y"}\n', [Infinity], true)).toEqual([
      [
        'broken',
        expect.any(Number),
        expect.any(String),
        expect.any(Boolean),
        expect.any(Number),
        expect.anything(),
      ],
      ['object', [['b', expect.any(Number), '"y"']], []],
    ]);
  });

  it('drops a part at the limit of size or depth, keeps the one just within, and reads on', () => {
    const sized = (length: number) => `["${'x'.repeat(length - 2)}", 1]`;
    expect(split(sized(1_000))[0]).toEqual(['element', '', 0, 1, `"${'x'.repeat(998)}"`]);
    expect(split(sized(1_001)).map((event) => (event as unknown[])[4] ?? (event as unknown[])[1])).toEqual([
      'too-large',
      '1',
      2,
    ]);
    const nested = (depth: number) => `[${'['.repeat(depth)}${']'.repeat(depth)}, 1]`;
    expect((split(nested(20))[0] as unknown[])[4]).toBe('['.repeat(20) + ']'.repeat(20));
    expect(split(nested(21)).map((event) => (event as unknown[])[4] ?? (event as unknown[])[1])).toEqual([
      'too-deep',
      '1',
      2,
    ]);
  });
});
