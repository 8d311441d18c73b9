import { rmSync } from 'node:fs';
import { createProgress } from '../../src/launch/progress.mjs';
import { findRedisServer, makeRunFolder, startThrowawayPostgres, startThrowawayRedis } from './services.mjs';
import { prepareTemplate } from './template-database.mjs';

/**
 * `npm test` starts the services once for all layers and passes their addresses. Whoever runs one layer
 * with `npm run jest` gets services of that run's own.
 */
export default async function globalSetup() {
  /** @type {Array<() => unknown>} */
  const undo = [];
  /** @type {{ linqiaoServices?: typeof undo }} */ (globalThis).linqiaoServices = undo;
  const progress = createProgress(process.stderr);
  if (!process.env['TEST_DATABASE_URL']) {
    const folder = makeRunFolder();
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    const database = await startThrowawayPostgres(folder);
    undo.push(() => database.stop());
    process.env['TEST_DATABASE_URL'] = database.superuserUrl;
    const redisProgram = findRedisServer();
    if (redisProgram !== undefined && !process.env['TEST_REDIS_URL']) {
      const redis = await startThrowawayRedis(redisProgram, folder);
      undo.push(() => redis.stop());
      process.env['TEST_REDIS_URL'] = redis.url;
    }
  }
  try {
    await prepareTemplate(process.env['TEST_DATABASE_URL'], { progress });
  } catch (error) {
    // Jest runs no teardown after a failed setup.
    for (const step of undo.splice(0).reverse()) await step();
    throw error;
  }
}
