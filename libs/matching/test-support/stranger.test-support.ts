import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the script a stranger would copy out of the README, and answers the lines it prints. */
export function stranger(script: string, input: unknown, seed: string): string[] {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const code = new RegExp(`\`\`\`js ${script}\\n([^]*?)\`\`\``).exec(readme)?.[1] ?? '';
  // Short enough to be read before it is run.
  if (code === '' || code.split('\n').length > 40) throw new Error(`the README has no short ${script}`);
  const folder = mkdtempSync(join(tmpdir(), 'draw-'));
  try {
    writeFileSync(join(folder, script), code);
    writeFileSync(join(folder, 'input.json'), JSON.stringify(input));
    return execFileSync(process.execPath, [join(folder, script), join(folder, 'input.json'), seed], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
