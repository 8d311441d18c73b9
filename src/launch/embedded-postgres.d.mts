export interface EmbeddedPostgresOptions {
  /** Holds the cluster in `postgres/`, its secrets in `postgres.json` and its log; made if absent. */
  dataDir: string;
  /** On 127.0.0.1; by default the one used last time, if still free. */
  port?: number;
  /** Receives short lines for people. */
  log?: (line: string) => void;
  /** True by default; false gives up crash safety for speed, for tests only. */
  durable?: boolean;
  /** The folder that holds node_modules; by default this repository. */
  productRoot?: string;
  /** Further server settings, by name. */
  settings?: Record<string, string>;
  /** Gives up a start that takes long, such as the recovery after a crash. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** The database `linqiao` as its owner, who is not a superuser. */
  url: string;
  /** The database `postgres` as superuser. */
  superuserUrl: string;
  host: string;
  port: number;
  /** Process number of the postmaster. */
  pid: number;
  /** The cluster itself. */
  folder: string;
  logFile: string;
  /** Whether this call made the cluster. */
  created: boolean;
  /** Settles when the postmaster ends, asked or not. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Fast shutdown; returns when no process is left. */
  stop: () => Promise<void>;
}

/** Another live process runs a server in this folder. */
export class LockHeld extends Error {
  path: string;
  holder: { pid: number; begun: string; where: string; note: Record<string, unknown> };
}

/**
 * Starts a PostgreSQL 18 of our own on 127.0.0.1. The server goes away with the calling process, also
 * when that is killed.
 *
 * @throws LockHeld; LaunchProblem for what the operator can mend
 */
export function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres>;
