import { inspect } from 'node:util';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

/**
 * Every setting of the product, read once at boot from the environment. Figures that a finance
 * bureau or a district sets are rows in the database with validity dates, not settings.
 */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** postgres://user:password@host:port/database, the owner of the schemas or a member of DATABASE_APP_ROLE. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** The role the API and the workers take on after connecting; it cannot change the ledger or the schema. */
  DATABASE_APP_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/)
    .default('linqiao_app'),
  /** Connections of one process to Postgres, without the queue's own. */
  DATABASE_POOL_SIZE: count(10, 200),
  /** redis://… When it is absent the queue keeps its jobs in Postgres. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Connections that the Postgres queue backend may open in one process. */
  QUEUE_POOL_SIZE: count(4, 50),
  /** Jobs of one queue that one worker process runs at the same time. */
  WORKER_CONCURRENCY: count(4, 100),
  /** How long a queue job may be silent before another worker takes it over. */
  QUEUE_LOCK_MS: count(5_000, 600_000),
  /** A task handed to the queue and not finished after this long is handed over again. */
  TASK_REQUEUE_MS: count(60_000, 3_600_000),
  /** How long a task that talks to the outside may run before another worker may try. */
  TASK_LEASE_MS: count(60_000, 3_600_000),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** How many reverse proxies stand before the API; their X-Forwarded-For entries are trusted, no more. */
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  /** The address people type, for links in messages. */
  PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
  /** `true` sends the session cookie over https only, with the __Host- prefix. */
  COOKIE_SECURE: z.stringbool().default(false),
  FILES_DIR: z.string().min(1).default('data/files'),
  MAX_UPLOAD_BYTES: count(50 * 1024 * 1024, 1024 * 1024 * 1024),
  /** smtp://user:password@host:port; absent = e-mail is switched off and every message says so. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .refine((from) => /^\p{ASCII}*$/u.test(/([^\s<>@]+)@/u.exec(from)?.[1] ?? ''), {
      message: 'needs an address whose part before the @ every mail server takes (ASCII)',
    })
    .default('Linqiao <no-reply@linqiao.invalid>'),
  /** Which treasury adapter settles payments. The simulator is for demonstration and tests. */
  TREASURY: z.enum(['simulator']).default('simulator'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Where `seed-demo` wrote the logins of the fictional district; the start page shows them. Never in production. */
  DEMO_LOGINS_FILE: z.string().min(1).optional(),
  /** Days that the public can see a session cookie as valid without use. */
  SESSION_IDLE_HOURS: count(12, 24 * 30),
  SESSION_ABSOLUTE_HOURS: count(24 * 7, 24 * 90),
});

/** The names that may stand in the environment; whatever starts the product is checked against them. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/** Validated settings; the injection token is this class. */
export class AppConfig {
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly databaseUrl: string;
  readonly databaseAppRole: string;
  readonly databasePoolSize: number;
  readonly redisUrl: string | undefined;
  readonly queuePoolSize: number;
  readonly workerConcurrency: number;
  readonly queueLockMs: number;
  readonly taskRequeueMs: number;
  readonly taskLeaseMs: number;
  readonly port: number;
  readonly host: string;
  readonly trustedProxyHops: number;
  readonly publicUrl: string;
  readonly cookieSecure: boolean;
  readonly filesDir: string;
  readonly maxUploadBytes: number;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly treasury: 'simulator';
  readonly logLevel: string;
  readonly demoLoginsFile: string | undefined;
  readonly sessionIdleHours: number;
  readonly sessionAbsoluteHours: number;

  constructor(values: z.infer<typeof schema>) {
    this.nodeEnv = values.NODE_ENV;
    this.databaseUrl = values.DATABASE_URL;
    this.databaseAppRole = values.DATABASE_APP_ROLE;
    this.databasePoolSize = values.DATABASE_POOL_SIZE;
    this.redisUrl = values.REDIS_URL;
    this.queuePoolSize = values.QUEUE_POOL_SIZE;
    this.workerConcurrency = values.WORKER_CONCURRENCY;
    this.queueLockMs = values.QUEUE_LOCK_MS;
    this.taskRequeueMs = values.TASK_REQUEUE_MS;
    this.taskLeaseMs = values.TASK_LEASE_MS;
    this.port = values.PORT;
    this.host = values.HOST;
    this.trustedProxyHops = values.TRUSTED_PROXY_HOPS;
    this.publicUrl = values.PUBLIC_URL;
    this.cookieSecure = values.COOKIE_SECURE;
    this.filesDir = values.FILES_DIR;
    this.maxUploadBytes = values.MAX_UPLOAD_BYTES;
    this.smtpUrl = values.SMTP_URL;
    this.mailFrom = values.MAIL_FROM;
    this.treasury = values.TREASURY;
    this.logLevel = values.LOG_LEVEL;
    this.demoLoginsFile = values.NODE_ENV === 'production' ? undefined : values.DEMO_LOGINS_FILE;
    this.sessionIdleHours = values.SESSION_IDLE_HOURS;
    this.sessionAbsoluteHours = values.SESSION_ABSOLUTE_HOURS;
  }

  /** Secrets stay out of logs and dumps whoever prints the configuration. */
  toJSON(): Record<string, unknown> {
    return {
      port: this.port,
      host: this.host,
      queue: this.redisUrl ? 'redis' : 'postgres',
      nodeEnv: this.nodeEnv,
    };
  }

  [inspect.custom](): Record<string, unknown> {
    return this.toJSON();
  }
}

/** All that is wrong with the settings, in one message; values are never repeated because they may be secrets. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads and checks the settings.
 * @param env usually `process.env`; empty strings count as absent
 * @throws ConfigError naming every setting that is wrong
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return new AppConfig(result.data);
  throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}
