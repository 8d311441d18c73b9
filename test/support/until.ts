import { setTimeout as delay } from 'node:timers/promises';

/** Waits for something that others bring about; what fails meanwhile, for example a database that is down, is asked again. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { timeoutMs = 60_000, everyMs = 10 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<void> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await holds()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await delay(everyMs);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`, { cause: last });
}
