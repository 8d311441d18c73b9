import autocannon from 'autocannon';

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
  /** Answers outside 200–299. */
  readonly refused: number;
}

const CONNECTIONS = 32;
/** A rush: as many people at once as in the test of the last seat. */
const RUSH_CONNECTIONS = 200;

/** Drives one address for some seconds with keep-alive connections, after a warm-up that is not counted. */
export async function load(
  url: string,
  seconds: number,
  request: {
    method?: 'GET' | 'POST';
    next?: () => { headers: Record<string, string>; body: string; path?: string };
  } = {},
): Promise<LoadResult> {
  const { next, method = 'GET' } = request;
  const options: autocannon.Options = {
    url,
    connections: CONNECTIONS,
    ...(next
      ? { requests: [{ method, setupRequest: (one: autocannon.Request) => ({ ...one, ...next() }) }] }
      : {}),
  };
  await autocannon({ ...options, duration: 1 });
  return summary(await autocannon({ ...options, duration: seconds }));
}

/** Sends exactly `amount` requests; for requests that can be made only once each. */
export async function loadOnce(
  url: string,
  amount: number,
  next: () => { headers: Record<string, string>; body: string; path: string },
): Promise<LoadResult> {
  return summary(
    await autocannon({
      url,
      connections: RUSH_CONNECTIONS,
      amount,
      requests: [{ method: 'POST', setupRequest: (one: autocannon.Request) => ({ ...one, ...next() }) }],
    }),
  );
}

function summary(result: autocannon.Result): LoadResult {
  return {
    perSecond: Math.round((result['2xx'] + result.non2xx) / result.duration),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors: result.errors + result.timeouts,
    refused: result.non2xx,
  };
}
