/** `ocds check FILE`: the operator's command on other publishers' files. */
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { isOcdsError } from './errors.js';
import { writeJsonReport, writeTextReport, type TextSink } from './check-file.js';
import { compileReleaseSchema } from './quality/schema-file.js';
import type { ReadOptions } from './reading/read-releases.js';

export const OCDS_CHECK_USAGE = `ocds check FILE [--schema FILE] [--bids] [--json]

Judges every release of a file: release package, record package, record, release, a JSON list or lines of them.
  --schema FILE  judge by this JSON Schema of a release (draft 4, 6 or 7) instead of the built-in rules
  --bids         apply the built-in rules of the bids extension too
  --json         report as one JSON object
Exit status: 0 all accepted, 1 something quarantined or wrong with the file, 2 it could not be judged.
`;

export interface CommandOutput {
  readonly out: Writable;
  readonly err: Writable;
}

/** Waits for a slow reader, so that a long report does not pile up in memory. */
const sinkOf =
  (stream: Writable): TextSink =>
  async (text) => {
    if (!stream.write(text)) await once(stream, 'drain');
  };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function judgeFrom(
  schemaFile: string | undefined,
  bids: boolean,
): Promise<ReadOptions & { name: string }> {
  if (schemaFile === undefined) {
    return { bids, name: `built-in rules of OCDS 1.1${bids ? ' and the bids extension' : ''}` };
  }
  const schema: unknown = JSON.parse((await readFile(schemaFile, 'utf8')).replace(/^\uFEFF/, ''));
  return { judge: compileReleaseSchema(schema), name: schemaFile };
}

/**
 * Runs `ocds check` with the arguments behind these two words.
 * @returns the exit status: 0 all accepted, 1 something was refused, 2 wrong usage or an unreadable file or schema
 */
export async function ocdsCheckCommand(
  argv: string[],
  { out, err }: CommandOutput = { out: process.stdout, err: process.stderr },
): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { schema: { type: 'string' }, bids: { type: 'boolean' }, json: { type: 'boolean' } },
    });
  } catch (error) {
    err.write(`${reasonOf(error)}\n\n${OCDS_CHECK_USAGE}`);
    return 2;
  }
  const [file, ...others] = parsed.positionals;
  if (file === undefined || others.length > 0) {
    err.write(OCDS_CHECK_USAGE);
    return 2;
  }
  const { schema, bids = false, json = false } = parsed.values;
  let judge;
  try {
    judge = await judgeFrom(schema, bids);
  } catch (error) {
    const reason = isOcdsError(error) ? error.message : `The schema cannot be read: ${reasonOf(error)}`;
    err.write(`${schema ?? ''}: ${reason}\n`);
    return 2;
  }
  try {
    // Opened before anything is written: a report that breaks off is worse than none.
    const handle = await open(file);
    const report = json ? writeJsonReport : writeTextReport;
    const { quarantined, fileProblems } = await report(
      { name: file, handle },
      judge.name,
      judge,
      sinkOf(out),
    );
    return quarantined + fileProblems === 0 ? 0 : 1;
  } catch (error) {
    err.write(`${file} cannot be read: ${reasonOf(error)}\n`);
    return 2;
  }
}
