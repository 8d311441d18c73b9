import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { match } from './engine.js';
import { readInstanceFile } from './instance-file.js';
import { validateInstance } from './instance.js';

const USAGE = 'match solve --in FILE --out FILE [--schedule] [--seed N] [--time-limit SECONDS] [--json]';

/**
 * The operator command `match solve`: reads an instance file, writes the assignment (one byte per edge, 0 or
 * 1) and prints what was reached. With `--json` stdout is one JSON object and nothing else.
 *
 * @returns exit code: 0 solved, 1 the input is wrong, 2 the command line is wrong
 */
export async function matchSolveCommand(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    process.stderr.write(`usage: ${USAGE}\n`);
    return 2;
  }
  try {
    const instance = readInstanceFile(options.in);
    validateInstance(instance);
    const result = match(instance, {
      problem: options.schedule ? 'schedule' : 'pure',
      seed: options.seed,
      ...(options.timeLimitS === undefined ? {} : { timeLimitS: options.timeLimitS }),
    });
    writeFileSync(options.out, result.taken);
    const { problem, objective, bound, gap, report, complete, seed, engineVersion, inputHash, wallMs } =
      result;
    const summary = {
      problem,
      objective,
      bound,
      gap,
      missingHeads: report.missingHeads,
      scoreSum: report.scoreSum,
      assigned: report.assigned,
      violations: report.violations,
      complete,
      seed,
      engineVersion,
      inputHash,
      wallMs: Math.round(wallMs * 10) / 10,
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : asText(summary));
    return await Promise.resolve(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Options {
  readonly in: string;
  readonly out: string;
  readonly schedule: boolean;
  readonly seed: number;
  readonly timeLimitS: number | undefined;
  readonly json: boolean;
}

function parse(argv: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: argv.filter((word, k) => !(word === 'solve' && k === 0)),
      options: {
        in: { type: 'string' },
        out: { type: 'string' },
        schedule: { type: 'boolean', default: false },
        seed: { type: 'string', default: '0' },
        'time-limit': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const seed = Number(values.seed);
    const timeLimitS = values['time-limit'] === undefined ? undefined : Number(values['time-limit']);
    if (values.in === undefined || values.out === undefined || !Number.isSafeInteger(seed)) return undefined;
    if (timeLimitS !== undefined && !(timeLimitS > 0)) return undefined;
    return { in: values.in, out: values.out, schedule: values.schedule, seed, timeLimitS, json: values.json };
  } catch {
    return undefined; // parseArgs throws on an unknown option: the caller prints the usage
  }
}

function asText(summary: Record<string, unknown>): string {
  return Object.entries(summary)
    .map(([key, value]) => `${key.padEnd(14)}${String(value)}\n`)
    .join('');
}
