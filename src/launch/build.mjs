import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { hashOfContents, hashOfTimes, listFiles } from './fingerprint.mjs';
import { lastLines, withBuildLock } from './install.mjs';
import { LaunchProblem } from './launch-problem.mjs';
import { runStep } from './run-step.mjs';

/** Everything the build reads. */
const SOURCES = [
  'src',
  'libs',
  'web',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'nest-cli.json',
  '.config/tsconfig.build.json',
];
const NOT_BUILT =
  /(?:\.spec\.tsx?|\.int-spec\.ts|\.(?:test-support|given|access-rows)\.ts|\.md|\.mjs|\.d\.mts)$|(?:^|\/)(?:node_modules|dist)$/;

/** @typedef {{ times: string, contents: string, files: string[] }} BuildStamp */

/** What the build threw out, with its output. */
export class BuildFailed extends LaunchProblem {}

/**
 * Builds when the sources differ from those of the last complete build. The stamp lies in dist, so it
 * goes with it; it is written last, so an interrupted build is done again.
 *
 * @param {{ root: string, progress: import('./progress.mjs').Progress, signal?: AbortSignal }} options
 * @returns {Promise<string>} the hash of the sources: the name of this build
 * @throws {BuildFailed}
 */
export async function ensureBuilt({ root, progress, signal }) {
  const upToDate = currentBuild(root);
  if (upToDate !== undefined) return upToDate;
  return withBuildLock(root, progress, async () => {
    const files = listSources(root);
    const contents = hashOfContents(root, files);
    const before = readStamp(root);
    if (before?.contents === contents && existsSync(join(root, 'dist', 'src', 'main.js'))) {
      writeStamp(root, { ...before, times: hashOfTimes(files) });
      return contents;
    }
    await progress.step('Building', async () => {
      forgetStaleOutput(
        root,
        before,
        files.map(({ path }) => path),
      );
      const result = await runStep('npm', ['run', '--silent', 'build'], {
        cwd: root,
        ...(signal && { signal }),
      });
      if (result.code !== 0) {
        throw new BuildFailed(
          `The build failed:\n${complaintsIn(result.output)}`,
          'If the sources are as published, remove dist and node_modules and start again.',
        );
      }
    });
    writeStamp(root, { times: hashOfTimes(files), contents, files: files.map(({ path }) => path) });
    return contents;
  });
}

/**
 * The compiler repeats the source around every complaint; the first line of each says enough here.
 *
 * @param {string} output
 */
function complaintsIn(output) {
  const plain = stripVTControlCharacters(output);
  const complaints = plain.split('\n').filter((line) => /error TS\d+/.test(line));
  const shown = complaints.slice(0, 15).join('\n');
  if (complaints.length === 0) return lastLines(plain, 30);
  return complaints.length > 15 ? `${shown}\n… and ${complaints.length - 15} more` : shown;
}

/** @param {string} root @returns {string | undefined} the build's name when nothing was touched since */
function currentBuild(root) {
  const stamp = readStamp(root);
  if (stamp === undefined || !existsSync(join(root, 'dist', 'src', 'main.js'))) return undefined;
  return stamp.times === hashOfTimes(listSources(root)) ? stamp.contents : undefined;
}

/** @param {string} root */
function listSources(root) {
  return listFiles(root, SOURCES, (path) => !NOT_BUILT.test(path));
}

/**
 * The compiler leaves the output of deleted sources in place (a removed migration would still run), and
 * believes its own notes rather than look whether its output is still there.
 *
 * @param {string} root @param {BuildStamp | undefined} before @param {string[]} now
 */
function forgetStaleOutput(root, before, now) {
  const present = new Set(now);
  const complete = before !== undefined && existsSync(join(root, 'dist', 'src', 'main.js'));
  if (complete && before.files.every((path) => present.has(path))) return;
  rmSync(join(root, 'dist'), { recursive: true, force: true, maxRetries: 3 });
  rmSync(join(root, 'node_modules', '.cache', 'tsc', 'build.tsbuildinfo'), { force: true });
}

/** @param {string} root @returns {BuildStamp | undefined} */
function readStamp(root) {
  try {
    const stamp = JSON.parse(readFileSync(stampPath(root), 'utf8'));
    return Array.isArray(stamp.files) ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} root @param {BuildStamp} stamp */
function writeStamp(root, stamp) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampPath(root), JSON.stringify(stamp));
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'dist', '.build-stamp.json');
}
