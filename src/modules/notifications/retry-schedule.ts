/**
 * Waits after a refusal for now (a 4xx answer, no connection). They grow past the quarter of an hour for which
 * greylisting turns unknown senders away, and give a server that is down about nine hours.
 */
const WAITS_SECONDS = [5, 30, 120, 600, 1_800, 7_200, 21_600] as const;

/**
 * After the last wait comes one more dialogue, the eighth; a resend by the operator grants as many again.
 *
 * @param attempts dialogues begun since the e-mail was queued or sent again by the operator, at least 1
 * @returns the pause before the next one in ms, or undefined when all are used up
 */
export function nextWaitMs(attempts: number): number | undefined {
  const wait = WAITS_SECONDS[attempts - 1];
  return wait === undefined ? undefined : wait * 1_000;
}
