import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ocdsCheckCommand } from './cli.js';
import { checkInOwnProcess, writeLargeFile } from './large-file.test-support.js';
import { sampleRelease } from './sample-release.test-support.js';
import { itWithSharedData, sharedOcdsPath } from './shared-data.test-support.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocds-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const text = { out: '', err: '' };
  const sink = (name: 'out' | 'err') =>
    new Writable({
      highWaterMark: 16,
      write(chunk: Buffer, _encoding, done) {
        text[name] += chunk.toString('utf8');
        setImmediate(done);
      },
    });
  const err = sink('err');
  const status = await ocdsCheckCommand(args, { out: sink('out'), err });
  await new Promise((done) => err.end(done));
  return { status, ...text };
}
const reportOf = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run(...args, '--json')).out) as Record<string, unknown>;

describe('ocds check', () => {
  const bad = { ...sampleRelease(), id: 'bad', tag: ['none'] };

  it('reports one JSON object: what was accepted, what was not and why', async () => {
    const path = file('mixed.json', [sampleRelease(), bad, { ocid: 'x' }]);
    const report = await reportOf(path);
    expect(report).toMatchObject({ file: path, accepted: 1, quarantined: 2, fileProblems: [] });
    expect(report['quarantine']).toMatchObject([
      { index: 1, at: '/1', ocid: bad.ocid, id: 'bad', pointer: '/tag/0', code: 'not-in-codelist' },
      { index: 2, at: '/2', ocid: 'x', id: null, pointer: '', code: 'missing-field' },
    ]);
    expect((await run(path)).status).toBe(1);
  });

  it('answers with 0 when all is accepted, and in words without --json', async () => {
    const { status, out } = await run(file('good.json', sampleRelease()));
    expect(status).toBe(0);
    expect(out).toContain('1 accepted, 0 quarantined, 0 file problems (built-in rules of OCDS 1.1)');
    expect((await run(file('bad.json', bad))).out).toContain('/tag/0  not-in-codelist');
  });

  it('reports what concerns the whole file', async () => {
    const report = await reportOf(file('utf16.json', '\u0000{\u0000}'));
    expect(report).toMatchObject({ accepted: 0, quarantined: 0, fileProblems: [{ code: 'encoding-utf16' }] });
  });

  it('counts findings by code and shows the first', async () => {
    const release = { ...sampleRelease(), buyer: { id: 'nobody' } };
    const report = await reportOf(file('dangling.json', release));
    expect(report['findings']).toContainEqual(
      expect.objectContaining({ code: 'dangling-party', severity: 'contradiction', count: 1 }),
    );
  });

  it('judges by a schema of the user, whatever our rules say', async () => {
    const schema = file('schema.json', {
      type: 'object',
      required: ['colour'],
      properties: { colour: { enum: ['red'] } },
    });
    const report = await reportOf(
      file('colours.json', [
        { colour: 'red', ocid: 'x', id: '1', tag: [] },
        { ...sampleRelease(), colour: 'blue' },
        sampleRelease(),
      ]),
      '--schema',
      schema,
    );
    expect(report).toMatchObject({ accepted: 1, quarantined: 2, judgedBy: schema });
    expect(report['quarantine']).toMatchObject([
      { index: 1, pointer: '/colour', code: 'not-in-codelist' },
      { index: 2, pointer: '', code: 'missing-field' },
    ]);
  });

  it('applies the rules of the bids extension on demand', async () => {
    const path = file('bids.json', { ...sampleRelease(), bids: { details: [{ status: 'lost' }] } });
    expect(await reportOf(path)).toMatchObject({ accepted: 1 });
    expect(await reportOf(path, '--bids')).toMatchObject({ quarantined: 1 });
  });

  it.each([
    ['no file', []],
    ['two files', ['a', 'b']],
    ['an unknown option', ['a', '--wrong']],
  ])('explains itself when given %s', async (_name, args) => {
    const { status, out, err } = await run(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('ocds check FILE');
  });

  it('says which file cannot be read, and writes no half report', async () => {
    for (const [args, name] of [
      [['missing.json', '--json'], 'missing.json'],
      [[file('any.json', []), '--schema', 'missing-schema.json'], 'missing-schema.json'],
      [[file('any.json', []), '--schema', file('no-json.json', '{')], 'no-json.json'],
      [[file('any.json', []), '--schema', file('remote.json', { $ref: 'https://example.org/release.json' })], 'remote.json'],
      [[file('any.json', []), '--schema', file('dialect.json', { $schema: 'https://json-schema.org/draft/2020-12/schema' })], 'dialect.json'],
      [[file('any.json', []), '--schema', file('bad-schema.json', { type: 'colour' })], 'bad-schema.json'],
    ] as const) {
      const { status, out, err } = await run(...args);
      expect({ name, status, out }).toEqual({ name, status: 2, out: '' });
      expect(err).toContain(name);
    }
  }); // prettier-ignore

  itWithSharedData('accepts 96 of 100 real releases, by our rules and by the official schema', async () => {
    const real = sharedOcdsPath('colombia-secop-100.json');
    const official = sharedOcdsPath('schema-1.1/schema/release-schema.json');
    const [ours, theirs] = [await reportOf(real), await reportOf(real, '--schema', official)];
    expect(ours).toMatchObject({ accepted: 96, quarantined: 4 });
    const places = (report: Record<string, unknown>) =>
      (report['quarantine'] as { index: number; pointer: string; code: string }[]).map(
        ({ index, pointer, code }) => ({ index, pointer, code }),
      );
    expect(places(theirs)).toEqual(places(ours));
  });
});

const MEMORY_LIMIT_MIB = 200;

describe('memory', () => {
  it.each([
    ['package', 60],
    ['lines', 20],
  ] as const)('of reading a large file (%s, %d MB) stays small', async (layout, megabytes) => {
    const path = join(folder, `large-${layout}.json`);
    const written = writeLargeFile(path, megabytes * 1_000_000, layout);
    const { status, report, peakRssMiB } = await checkInOwnProcess([path]);
    expect(status).toBe(1);
    expect(report).toMatchObject({
      accepted: written.releases - written.invalid,
      quarantined: written.invalid,
      fileProblems: [],
    });
    expect(peakRssMiB).toBeLessThan(MEMORY_LIMIT_MIB);
  });

  it('of parsing such a file as a whole does not (negative control)', () => {
    const path = join(folder, 'large-control.json');
    writeLargeFile(path, 60_000_000, 'package');
    const script = `JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
      console.log(process.resourceUsage().maxRSS / 1024);`;
    const peakRssMiB = Number(execFileSync(process.execPath, ['-e', script, path], { encoding: 'utf8' }));
    expect(peakRssMiB).toBeGreaterThan(MEMORY_LIMIT_MIB);
  });
});
