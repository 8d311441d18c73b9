import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Brings dist up to date, as every layer with a database does; a half-done source must not hide the test. */
export async function buildProduct(): Promise<void> {
  if (process.env['LINQIAO_SKIP_BUILD'] === '1') return;
  const script = `const { ensureBuilt } = await import('./src/launch/build.mjs');
    const { createProgress } = await import('./src/launch/progress.mjs');
    await ensureBuilt({ root: process.cwd(), progress: createProgress(process.stderr) });`;
  await once(
    spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: 'inherit' }),
    'exit',
  );
}
