import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { BuildFailed, ensureBuilt } from '../../src/launch/build.mjs';
import { runStep } from '../../src/launch/run-step.mjs';

/** Every jest worker clones this database instead of running the migrations. */
export const TEMPLATE = 'linqiao_template';

const root = join(import.meta.dirname, '..', '..');

/**
 * Makes the migrated template database, once per cluster and build.
 *
 * @param {string} superuserUrl
 * @param {{ progress: import('../../src/launch/progress.mjs').Progress }} options
 */
export async function prepareTemplate(superuserUrl, { progress }) {
  const build = await buildOrWarn(progress);
  if (!existsSync(join(root, 'dist', 'src', 'cli.js'))) {
    progress.warn(`There is no dist/src/cli.js: ${TEMPLATE} stays without tables.`);
  }
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    // Two jest runs may share one cluster.
    await client.query('SELECT pg_advisory_lock(4711)');
    const made = await client.query(
      "SELECT shobj_description(oid, 'pg_database') AS build FROM pg_database WHERE datname = $1",
      [TEMPLATE],
    );
    if (made.rows[0]?.build === build) return;
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER linqiao`);
    if (existsSync(join(root, 'dist', 'src', 'cli.js'))) await migrate(superuserUrl);
    await client.query(`COMMENT ON DATABASE ${TEMPLATE} IS '${build}'`);
  } finally {
    await client.end();
  }
}

/**
 * A compiler complaint somewhere must not keep every database test from running: the build is a test step
 * of its own, and the compiler writes its output nevertheless.
 *
 * @param {import('../../src/launch/progress.mjs').Progress} progress
 */
async function buildOrWarn(progress) {
  if (process.env['LINQIAO_SKIP_BUILD'] === '1') return `as found ${process.ppid}`;
  try {
    return await ensureBuilt({ root, progress });
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    progress.warn(`${error.message}\n! The tests run on what the compiler wrote nevertheless.`);
    return `unfinished ${Date.now()}`;
  }
}

/** @param {string} superuserUrl */
async function migrate(superuserUrl) {
  const url = new URL(superuserUrl);
  url.pathname = `/${TEMPLATE}`;
  const result = await runStep(process.execPath, ['dist/src/cli.js', 'migrate'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url.href, NODE_OPTIONS: '' },
    timeoutMs: 120_000,
  });
  if (result.code !== 0) throw new Error(`Migrating ${TEMPLATE} failed:\n${result.output}`);
}
