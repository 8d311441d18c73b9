import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { buildRecord } from '../merging/record.js';
import { mutatedRelease } from '../quality/mutations.test-support.js';
import { compileReleaseSchema } from '../quality/schema-file.js';
import { validateRelease } from '../quality/validate.js';
import { sampleRelease } from '../sample-release.test-support.js';
import { itWithSharedData, readSharedJson, sharedOcdsPath } from '../shared-data.test-support.js';
import type { Release } from '../standard/package-types.js';
import { readReleases, type ReadEvent, type ReadOptions } from './read-releases.js';

const METADATA = {
  uri: 'https://example.org/releases',
  version: '1.1',
  publishedDate: '2026-06-01T00:00:00Z',
  publisher: { name: '示范区' },
};
const good = (id: string): Release => ({ ...sampleRelease(), id });
const bad = (id: string): object => ({ ...sampleRelease(), id, tag: ['none'] });

/** Cuts bytes into chunks at random places, to prove that the cuts do not matter. */
function cut(bytes: Uint8Array, sizes: number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

async function read(
  content: string | Uint8Array,
  options: ReadOptions = {},
  sizes = [Infinity],
): Promise<ReadEvent[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const events: ReadEvent[] = [];
  for await (const event of readReleases(cut(bytes, sizes), options)) events.push(event);
  return events;
}

/** One line per event: what a reader of the report would see. */
function outline(events: readonly ReadEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case 'accepted':
        return [`${event.position.index} ${event.position.at} accepted ${event.release.id}`];
      case 'quarantined':
        return [
          `${event.position.index} ${event.position.at} refused ${event.problems.map(({ code, pointer }) => code + pointer).join()}`,
        ];
      case 'file-problem':
        return [`file: ${event.code}${event.pointer ?? ''}`];
      case 'package':
        return [];
    }
  });
}

const json = (value: unknown): string => JSON.stringify(value);
const lines = (...values: unknown[]): string => values.map(json).join('\n');

describe('readReleases says by name', () => {
  it.each([
    ['null', 'null'],
    ['an object', '{"0": {}}'],
    ['a number', '5'],
    ['a string', '"x"'],
  ])('that the releases of a package are %s, and judges the package as no release', async (kind, value) => {
    const text = json(METADATA).replace(/}$/, `, "releases": ${value}}`);
    for (const [content, at] of [
      [text, ''],
      [`[${text}]`, '/0'],
    ] as const) {
      const events = await read(content);
      expect(outline(events)).toEqual([`file: releases-not-a-list${at}/releases`]);
      expect(JSON.stringify(events)).toContain(`releases is ${kind} where`);
    }
  });

  it('the same of records, beside releases that are read', async () => {
    const text = json({ ...METADATA, releases: [good('a')], records: { a: 1 } });
    expect(outline(await read(text))).toEqual([
      '0 /releases/0 accepted a',
      'file: records-not-a-list/records',
    ]);
    // A record whose own releases are missing still has its compiled release.
    const record = { ...buildRecord([good('a')]), releases: null };
    expect(outline(await read(json({ ...METADATA, records: [record] })))).toEqual([
      'file: releases-not-a-list/records/0/releases',
      expect.stringMatching(/^0 \/records\/0\/compiledRelease accepted /),
    ]);
  });

  it('names that stand twice in one object, wherever the release lies', async () => {
    const release = json(good('a'));
    const twice = release
      .replace('{', '{"ocid": "ocds-other0-1", ')
      .replace('"tag":', '"tag": ["award"], "tag":');
    const pointersIn = (events: ReadEvent[]) =>
      events.flatMap((event) =>
        event.kind === 'accepted'
          ? event.findings.filter(({ code }) => code === 'repeated-name').map(({ pointer }) => pointer)
          : [],
      );
    const metadata = json(METADATA).slice(1, -1);
    for (const content of [
      twice,
      `[${twice}]`,
      `{${metadata}, "releases": [${twice}]}`,
      `${twice}\n${release}`,
    ]) {
      const events = await read(content);
      expect(pointersIn(events)).toEqual(['/ocid', '/tag']);
      expect(outline(events)[0]).toMatch(/accepted a$/);
    }
    // In what is refused anyway it stands among the reasons.
    const refused = json(bad('b')).replace('{', '{"id": "first", ');
    expect(outline(await read(`[${refused}]`))).toEqual([
      '0 /0 refused not-in-codelist/tag/0,repeated-name/id',
    ]);
  });

  it('names that stand twice in a package', async () => {
    const metadata = json(METADATA).slice(1, -1).replace('"name":', '"name": "别处", "name":');
    const text = `{${metadata}, "releases": [${json(good('a'))}], "uri": "https://example.org/other"}`;
    expect(outline(await read(text))).toEqual([
      '0 /releases/0 accepted a',
      'file: repeated-name/uri',
      'file: repeated-name/publisher/name',
    ]);
    expect(outline(await read(`{"releases": [${json(good('a'))}], "releases": [], ${metadata}}`))).toContain(
      'file: repeated-name/releases',
    );
  });
});

describe('readReleases understands', () => {
  const a = good('a');
  const b = bad('b');
  it.each<[string, string, string[]]>([
    ['a release package', json({ ...METADATA, releases: [a, b] }), ['0 /releases/0 accepted a', '1 /releases/1 refused not-in-codelist/tag/0']],
    ['a package written over many lines', JSON.stringify({ releases: [a, b], ...METADATA }, null, 2), ['0 /releases/0 accepted a', '1 /releases/1 refused not-in-codelist/tag/0']],
    ['a bare release', json(a), ['0  accepted a']],
    ['a list of releases', json([a, b]), ['0 /0 accepted a', '1 /1 refused not-in-codelist/tag/0']],
    ['a list of packages', json([{ ...METADATA, releases: [a] }, { ...METADATA, releases: [b] }]), ['0 /0/releases/0 accepted a', '1 /1/releases/0 refused not-in-codelist/tag/0']],
    ['releases line by line', lines(a, b, good('c')), ['0  accepted a', '1  refused not-in-codelist/tag/0', '2  accepted c']],
    ['packages line by line', lines({ ...METADATA, releases: [a] }, { ...METADATA, releases: [b] }), ['0 /releases/0 accepted a', '1 /releases/0 refused not-in-codelist/tag/0']],
    ['a byte order mark', `\uFEFF${json(a)}`, ['0  accepted a']],
    ['a record', json(buildRecord([a])), ['0 /releases/0 accepted a', `1 /compiledRelease accepted ${a.ocid}-${a.date}`]],
    ['a record package', json({ ...METADATA, records: [buildRecord([a])] }), ['0 /records/0/releases/0 accepted a', `1 /records/0/compiledRelease accepted ${a.ocid}-${a.date}`]],
    ['a record with links instead of releases', json({ ocid: a.ocid, releases: [{ url: 'https://example.org/a', date: a.date }], compiledRelease: a }), ['0 /compiledRelease accepted a']],
  ])('%s', async (_name, content, expected) => {
    expect(outline(await read(content))).toEqual(expected);
  }); // prettier-ignore

  it('the same file however it is cut into chunks', async () => {
    const files = [
      json({ ...METADATA, releases: [good('"quoted\\"'), bad('{[')] }),
      lines(good('a'), bad('b'), good('c')),
      `${json(good('a'))}\n{"broken": [\n${json(good('c'))}\n`,
      JSON.stringify({ ...METADATA, records: [buildRecord([good('a')])] }, null, 1),
      '[{"ocid": "汉字", "x": 1.5e3, "y": [true, null]}, 17, "text"]',
      '{"a": {"b": [}',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        async (file, sizes) => {
          expect(await read(file, {}, sizes)).toEqual(await read(file));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a file longer than what is read ahead, however the rest is cut', async () => {
    const long = { ...good('long'), description: 'x'.repeat(70_000) };
    const files = [
      json({ ...METADATA, releases: [long, good('a'), bad('b')] }),
      lines(long, good('a'), bad('b')),
    ];
    for (const file of files) {
      const whole = outline(await read(file));
      expect(whole).toHaveLength(3);
      for (const sizes of [[1_000], [70_500, 1], [65_536, 3, 400]]) {
        expect(outline(await read(file, {}, sizes))).toEqual(whole);
      }
    }
  });

  it('any JSON value without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (content) => {
        expect((await read(content)).length).toBeGreaterThan(0);
      }),
    );
  });

  it('any bytes without an exception', async () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      '1',
      'true',
      '{"releases":[',
      '"ocid"',
      ' ',
      '\uD55C',
    );
    const structured = fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.from(parts.join('')));
    await fc.assert(
      fc.asyncProperty(fc.oneof(structured, fc.uint8Array({ maxLength: 60 })), async (bytes) => {
        expect((await read(bytes)).length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('releases one by one as the validator judges them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutatedRelease([sampleRelease()]), { minLength: 1, maxLength: 4 }),
        async (mutated) => {
          // Through JSON, where a number without a JSON form becomes null.
          const releases = JSON.parse(json(mutated)) as unknown[];
          const events = await read(json({ ...METADATA, releases }));
          const verdicts = events.flatMap(({ kind }) =>
            kind === 'accepted' || kind === 'quarantined' ? [kind === 'accepted'] : [],
          );
          expect(verdicts).toEqual(releases.map((release) => validateRelease(release).valid));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('readReleases gives a reason for', () => {
  const gb = iconv.encode(json({ ...METADATA, releases: [good('a')] }), 'gb18030');
  it.each<[string, string | Uint8Array, string[]]>([
    ['an empty file', '', ['file: empty-file']],
    ['white space only', ' \n\t ', ['file: empty-file']],
    ['a web page', '<!DOCTYPE html><html></html>', ['file: not-json']],
    ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), ['file: compressed']],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), ['file: compressed']],
    ['UTF-16 with a mark', Buffer.from('\uFEFF{"a":1}', 'utf16le'), ['file: encoding-utf16']],
    ['UTF-16 without a mark', iconv.encode('{"a":1}', 'utf-16be', { addBOM: false }), ['file: encoding-utf16']],
    ['a package without releases', json(METADATA), ['0  refused missing-field,missing-field,missing-field,missing-field,missing-field']],
    ['an empty list', '[]', ['file: no-releases']],
    ['an empty list of releases', json({ ...METADATA, releases: [] }), ['file: no-releases']],
    ['a package that is cut off', json({ ...METADATA, releases: [good('a'), good('b')] }).slice(0, -20), ['0 /releases/0 accepted a', 'file: truncated']],
    ['brackets that do not match', '{"releases":[{"a":[}]}]}', ['file: not-json']],
    ['a lone number', '17', ['file: no-releases']],
    ['missing package metadata', json({ uri: 'x', releases: [good('a')] }), ['0 /releases/0 accepted a', 'file: package-missing-field', 'file: package-missing-field', 'file: package-missing-field', 'file: package-bad-format/uri']],
    ['another version of the standard', json({ ...METADATA, version: '1.0', releases: [good('a')] }), ['0 /releases/0 accepted a', 'file: package-version/version']],
    ['a release that is no JSON', `${json(METADATA).slice(0, -1)},"releases":[${json(good('a'))},{"ocid": foo},${json(good('c'))}]}`, ['0 /releases/0 accepted a', '1 /releases/1 refused not-json', '2 /releases/2 accepted c']],
    ['a broken line among lines', `${json(good('a'))}\n{"ocid": ["x"\n${json(good('c'))}`, ['0  accepted a', '1  refused not-json', '2  accepted c']],
    ['a broken first line', `{"ocid": "x\n${json(good('b'))}\n${json(good('c'))}`, ['0  refused not-json', '1  accepted b', '2  accepted c']],
    ['a truncated last line', `${json(good('a'))}\n{"ocid": "x`, ['0  accepted a', '1  refused truncated']],
    ['elements that are no objects', '[1, "x", null]', ['0 /0 refused wrong-type', '1 /1 refused wrong-type', '2 /2 refused wrong-type']],
  ])('%s', async (_name, content, expected) => {
    expect(outline(await read(content))).toEqual(expected);
  }); // prettier-ignore

  it('a file in GB18030, whose Chinese text is not taken for UTF-8', async () => {
    const codes = outline(await read(gb));
    expect(codes.some((line) => line.includes('encoding-gb18030'))).toBe(true);
    expect(codes.every((line) => !line.includes('accepted'))).toBe(true);
  });

  it('a single release that is not UTF-8, and reads the others', async () => {
    const broken = Buffer.concat([Buffer.from('{"ocid":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const file = Buffer.concat([
      Buffer.from(`[${json(good('a'))},`),
      broken,
      Buffer.from(`,${json(good('c'))}]`),
    ]);
    expect(outline(await read(file))).toEqual([
      '0 /0 accepted a',
      '1 /1 refused encoding-invalid-utf8',
      '2 /2 accepted c',
    ]);
  });

  it('a release beyond the limit of size, and reads the others', async () => {
    const huge = { ...good('b'), filler: 'x'.repeat(50_000) };
    const events = await read(
      json([good('a'), huge, good('c')]),
      { limits: { maxReleaseBytes: 20_000 } },
      [1000],
    );
    expect(outline(events)).toEqual(['0 /0 accepted a', '1 /1 refused too-large', '2 /2 accepted c']);
    const bare = await read(json({ ...huge, more: huge }), { limits: { maxReleaseBytes: 20_000 } });
    expect(outline(bare)).toEqual(['0  refused too-large/filler']);
  });

  it('a release nested a million levels deep, and reads the others', async () => {
    const deep = '{"a":'.repeat(1_000_000) + '1' + '}'.repeat(1_000_000);
    const events = await read(`[${json(good('a'))},${deep},${json(good('c'))}]`);
    expect(outline(events)).toEqual(['0 /0 accepted a', '1 /1 refused too-deep', '2 /2 accepted c']);
  });

  it('a field that would reach the prototype: it stays a field', async () => {
    const [event] = await read(json(good('a')).replace('{', '{"__proto__":{"tag":["none"]},'));
    expect(event).toMatchObject({ kind: 'accepted' });
    expect(Object.getPrototypeOf((event as { release: object }).release)).toBe(Object.prototype);
  });

  it('links where releases should stand: no record, no links', async () => {
    const link = { url: 'https://example.org/a', date: good('a').date };
    expect(outline(await read(json({ ...METADATA, releases: [good('a'), link] })))).toEqual([
      '0 /releases/0 accepted a',
      'file: links-in-package/releases',
    ]);
    const inList = outline(await read(json([{ ...METADATA, releases: [link] }])));
    expect(inList).toEqual([expect.stringMatching(/^0 \/0\/releases\/0 refused missing-field/)]);
    const nearlyLink = outline(await read(json({ ...METADATA, releases: [{ ...link, title: 'x' }] })));
    expect(nearlyLink).toEqual([expect.stringMatching(/^0 \/releases\/0 refused missing-field/)]);
  });

  it('an object of countless tiny fields, without keeping them', async () => {
    const fields = Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join(',');
    const events = await read(`{${fields},"ocid":"x"}`, {}, [65_536]);
    expect(outline(events)).toEqual([expect.stringMatching(/^0 {2}refused too-large/)]);
  });

  it('values on which the judge itself fails', async () => {
    const failing = (): never => {
      throw new RangeError('too much');
    };
    expect(outline(await read(json(good('a')), { judge: failing }))).toEqual(['0  refused not-judged']);
    const twice = { ...good('a'), parties: [{ valueOf: 1 }, { valueOf: 1 }] };
    const judge = compileReleaseSchema({ properties: { parties: { uniqueItems: true } } });
    expect(outline(await read(json(twice), { judge }))).toEqual(['0  refused not-judged']);
    expect(outline(await read(json(twice)))).toEqual(['0  refused repeated-item/parties']);
  });

  it('ids and texts of megabytes, in a few hundred characters', async () => {
    const long = 'x'.repeat(3_000_000);
    const events = await read(
      json([
        { ...good(long), tag: [long] },
        { ...good(long), buyer: { id: long } },
      ]),
    );
    const report = JSON.stringify(
      events.map((event) => (event.kind === 'accepted' ? event.findings : event)),
    );
    expect(report.length).toBeLessThan(5000);
  });

  it('the same release twice, as a finding', async () => {
    const events = await read(json([good('a'), good('a'), good('b')]));
    const repeated = events.map(
      (event) => event.kind === 'accepted' && event.findings.some(({ code }) => code === 'repeated-release'),
    );
    expect(repeated).toEqual([false, true, false]);
  });

  it('a record whose release belongs to another process, as a finding', async () => {
    const file = json({ ...METADATA, records: [{ ocid: 'ocds-zz0000-other', releases: [good('a')] }] });
    const [event] = await read(file);
    expect(event).toMatchObject({
      kind: 'accepted',
      findings: expect.arrayContaining([expect.objectContaining({ code: 'record-ocid-differs' })]) as unknown,
    });
  });

  it('an error of the source by passing it on', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('[');
      await Promise.resolve();
      throw new Error('disk gone');
    }
    await expect(async () => {
      for await (const _event of readReleases(failing()));
    }).rejects.toThrow('disk gone');
  });
});

describe('real releases', () => {
  const expectFourInQuarantine = (events: ReadEvent[]) => {
    const quarantined = events.filter((event) => event.kind === 'quarantined');
    expect(events.filter(({ kind }) => kind === 'accepted')).toHaveLength(96);
    expect(
      quarantined.map(({ position, problems }) => [
        position.index,
        problems.map(({ code, pointer }) => `${code} ${pointer}`),
      ]),
    ).toEqual([
      [12, ['bad-format /parties/0/contactPoint/url']],
      [31, ['wrong-type /awards/0/value/amount', 'wrong-type /contracts/0/value/amount']],
      [36, ['wrong-type /awards/0/value/amount', 'wrong-type /contracts/0/value/amount']],
      [71, ['bad-format /parties/0/contactPoint/url']],
    ]);
    expect(quarantined.every(({ ocid, id }) => ocid !== null && id !== null)).toBe(true);
  };

  itWithSharedData(
    'land in quarantine for the reasons of the official schema, by our rules and by its own',
    async () => {
      const content = readFileSync(sharedOcdsPath('colombia-secop-100.json'));
      expectFourInQuarantine(await read(content, {}, [4096]));
      const judge = compileReleaseSchema(readSharedJson('schema-1.1/schema/release-schema.json'));
      expectFourInQuarantine(await read(content, { judge }));
    },
  );

  itWithSharedData('of the red-flag fixtures, broken on purpose, never stop the reading', async () => {
    const { readdirSync } = await import('node:fs');
    for (const folder of ['coverage', 'indicators']) {
      const names = readdirSync(sharedOcdsPath(`red-flag-fixtures/${folder}`)).filter((name) =>
        name.endsWith('.jsonl'),
      );
      expect(names.length).toBeGreaterThan(5);
      for (const name of names) {
        const events = await read(readFileSync(sharedOcdsPath(`red-flag-fixtures/${folder}/${name}`)));
        expect({ name, some: events.length > 0 }).toEqual({ name, some: true });
      }
    }
  });
});
