/**
 * A numbered database of the Redis that the test run started: a worker of another test that shared it would take
 * our jobs and not know their tasks.
 * @returns undefined where there is no Redis: such tests are skipped visibly
 */
export function redisDatabase(number: number): string | undefined {
  const url = process.env['TEST_REDIS_URL'];
  return url === undefined ? undefined : new URL(`/${number}`, url).toString();
}
