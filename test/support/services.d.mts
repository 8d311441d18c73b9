/** A folder for one test run; folders of runs that were killed are removed on the way. */
export function makeRunFolder(): string;

/** A throw-away PostgreSQL: same build and locale as the product's, without crash safety. */
export function startThrowawayPostgres(
  runFolder: string,
): Promise<import('../../src/launch/embedded-postgres.mjs').EmbeddedPostgres>;

/** The path of a program that speaks the Redis protocol. */
export function findRedisServer(): string | undefined;

export interface ThrowawayRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A throw-away Redis with the settings the queue needs, on `options.port` or a free one. */
export function startThrowawayRedis(
  program: string,
  runFolder: string,
  options?: { readonly port?: number },
): Promise<ThrowawayRedis>;

export function findProgram(names: string[]): string | undefined;

/** A Chromium for the browser tests. */
export function findChromium(): string | undefined;

/** Whether Chinese text can be drawn; without a font a browser shows boxes. */
export function hasChineseFont(): boolean;
