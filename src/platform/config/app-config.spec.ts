import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type AppConfig, ConfigError, loadConfig, SETTING_NAMES } from './app-config.js';

const DATABASE_URL = 'postgres://somebody:top-secret@127.0.0.1:5432/linqiao';

function problemsOf(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The settings were accepted');
}

/** Least and greatest value of each number, and what holds when nothing is said. */
const NUMBERS = {
  DATABASE_POOL_SIZE: [1, 200, 10],
  QUEUE_POOL_SIZE: [1, 50, 4],
  WORKER_CONCURRENCY: [1, 100, 4],
  QUEUE_LOCK_MS: [1, 600_000, 5_000],
  TASK_REQUEUE_MS: [1, 3_600_000, 60_000],
  TASK_LEASE_MS: [1, 3_600_000, 60_000],
  PORT: [0, 65_535, 3_000],
  TRUSTED_PROXY_HOPS: [0, 5, 0],
  MAX_UPLOAD_BYTES: [1, 1_073_741_824, 52_428_800],
  SESSION_IDLE_HOURS: [1, 720, 12],
  SESSION_ABSOLUTE_HOURS: [1, 2_160, 168],
} as const satisfies Readonly<Record<string, readonly [least: number, greatest: number, otherwise: number]>>;

/** `TASK_LEASE_MS` is `taskLeaseMs`. */
const fieldOf = (config: AppConfig, name: string) =>
  config[
    name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof AppConfig
  ];

describe('the settings', () => {
  it('need the address of the database and nothing else', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({
      nodeEnv: 'development',
      databaseUrl: DATABASE_URL,
      databaseAppRole: 'linqiao_app',
      redisUrl: undefined,
      // Nobody but this machine, until somebody says so.
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      cookieSecure: false,
      filesDir: 'data/files',
      smtpUrl: undefined,
      mailFrom: 'Linqiao <no-reply@linqiao.invalid>',
      treasury: 'simulator',
      logLevel: 'info',
      demoLoginsFile: undefined,
    });
    expect(problemsOf({}).problems).toHaveLength(1);
  });

  it('are all reported at once when they are wrong, by name', () => {
    const { problems, message } = problemsOf({
      DATABASE_URL: 'mysql://x/y',
      PORT: '70000',
      WORKER_CONCURRENCY: 'many',
      COOKIE_SECURE: 'perhaps',
      SMTP_URL: 'not a url',
      LOG_LEVEL: 'chatty',
      DATABASE_APP_ROLE: 'x"; DROP TABLE y',
    });
    const names = [
      'DATABASE_URL',
      'DATABASE_APP_ROLE',
      'WORKER_CONCURRENCY',
      'PORT',
      'COOKIE_SECURE',
      'SMTP_URL',
      'LOG_LEVEL',
    ];
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual(names.sort());
    for (const name of names) expect(message).toContain(name);
  });

  it('repeat no value in an error: a mistyped secret is still a secret', () => {
    const secret = 'hunter2-Zq';
    const { message, stack } = problemsOf({
      DATABASE_URL: secret,
      REDIS_URL: secret,
      SMTP_URL: secret,
      PORT: secret,
      COOKIE_SECURE: secret,
      NODE_ENV: secret,
      TREASURY: secret,
      DATABASE_APP_ROLE: `${secret}!`,
    });
    expect(`${message}${stack ?? ''}`).not.toContain(secret);
  });

  it('show no secret when they are printed as JSON', () => {
    const config = loadConfig({
      DATABASE_URL,
      REDIS_URL: 'redis://:top-secret@127.0.0.1',
      SMTP_URL: 'smtp://somebody:top-secret@127.0.0.1',
    });
    expect(JSON.stringify(config)).not.toContain('top-secret');
    expect(JSON.parse(JSON.stringify(config))).toMatchObject({ queue: 'redis', port: 3000 });
    expect(inspect(config)).not.toContain('top-secret');
  });

  it('that are empty count as absent', () => {
    const config = loadConfig({ DATABASE_URL, REDIS_URL: '', PORT: '', SMTP_URL: '' });
    expect([config.redisUrl, config.port, config.smtpUrl]).toEqual([undefined, 3000, undefined]);
  });

  it('read truth values as people write them', () => {
    const secure = (value: string) => loadConfig({ DATABASE_URL, COOKIE_SECURE: value }).cookieSecure;
    expect(['true', '1', 'false', '0'].map(secure)).toEqual([true, true, false, false]);
  });

  it.each(Object.entries(NUMBERS))('hold %s to its limits', (name, [least, greatest, otherwise]) => {
    expect(fieldOf(loadConfig({ DATABASE_URL }), name)).toBe(otherwise);
    for (const value of [least, greatest]) {
      expect(fieldOf(loadConfig({ DATABASE_URL, [name]: String(value) }), name)).toBe(value);
    }
    for (const value of [least - 1, greatest + 1, least + 0.5, 'many', 'NaN', 'Infinity']) {
      expect(problemsOf({ DATABASE_URL, [name]: String(value) }).problems).toEqual([
        expect.stringMatching(`^${name}: `),
      ]);
    }
  });

  it('of numbers are all in that list, and each arrives under its own name', () => {
    const names = SETTING_NAMES.filter(
      (name) => typeof fieldOf(loadConfig({ DATABASE_URL }), name) === 'number',
    );
    expect(names.sort()).toEqual(Object.keys(NUMBERS).sort());
    const given = Object.fromEntries(names.map((name, at) => [name, at < 5 ? at + 1 : at + 10]));
    given['TRUSTED_PROXY_HOPS'] = 0;
    const config = loadConfig({
      DATABASE_URL,
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])),
    });
    expect(Object.fromEntries(names.map((name) => [name, fieldOf(config, name)]))).toEqual(given);
  });

  it.each([
    ['NODE_ENV', ['development', 'test', 'production'], ['staging', 'Production']],
    ['LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], ['trace', 'INFO']],
    ['TREASURY', ['simulator'], ['bank', 'none']],
    ['REDIS_URL', ['redis://127.0.0.1', 'rediss://a:b@c:1/2'], ['http://127.0.0.1', 'xredis://a', 'redis']],
    [
      'MAIL_FROM',
      ['邻桥 <no-reply@例子.中国>', 'a@b.example'],
      ['用户@example.com', '邻桥 <用户@example.com>'],
    ],
    ['SMTP_URL', ['smtp://127.0.0.1:25', 'smtps://a:b@c'], ['http://127.0.0.1', 'smtpx://a']],
    ['DATABASE_URL', ['postgres://a/b', 'postgresql://a/b'], ['mysql://a/b', 'xpostgres://a/b', 'a']],
    ['DATABASE_APP_ROLE', ['linqiao_app', '_r2'], ['2r', 'Linqiao', 'a b', 'a"b', `r${'x'.repeat(63)}`]],
    ['PUBLIC_URL', ['https://a.example'], ['a.example', '/']],
    ['COOKIE_SECURE', ['true', 'false'], ['perhaps', '2']],
  ])('take for %s what it can be, and nothing else', (name, good, bad) => {
    for (const value of good) expect(loadConfig({ DATABASE_URL, [name]: value })).toBeDefined();
    for (const value of bad) {
      expect([value, problemsOf({ DATABASE_URL, [name]: value }).problems]).toEqual([
        value,
        [expect.stringMatching(`^${name}: `)],
      ]);
    }
  });

  it('leave the demo logins out in production, and nowhere else', () => {
    const file = (NODE_ENV: string) =>
      loadConfig({ DATABASE_URL, NODE_ENV, DEMO_LOGINS_FILE: 'logins.json' }).demoLoginsFile;
    expect(['development', 'test', 'production'].map(file)).toEqual([
      'logins.json',
      'logins.json',
      undefined,
    ]);
  });
});
