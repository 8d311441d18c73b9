import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The same SQL through pgbench, from C, without HTTP: what the database itself can give.
 * @returns transactions per second, or undefined when pgbench is not installed (Debian: postgresql-contrib)
 */
export function pgbench(
  databaseUrl: string,
  script: string,
  seconds: number,
  clients = 8,
): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'linqiao-pgbench-'));
  try {
    const file = join(folder, 'script.sql');
    writeFileSync(file, script);
    const run = spawnSync(
      'pgbench',
      [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(clients),
        '-j',
        '1',
        '-T',
        String(seconds),
        '-f',
        file,
        databaseUrl,
      ],
      { encoding: 'utf8' },
    );
    const tps = /tps = ([\d.]+)/.exec(run.stdout)?.[1];
    return tps === undefined ? undefined : Math.round(Number(tps));
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
