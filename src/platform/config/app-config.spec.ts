import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './app-config.js';

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

describe('the settings', () => {
  it('need the address of the database and nothing else', () => {
    const config = loadConfig({ DATABASE_URL });
    expect([config.port, config.redisUrl, config.databaseAppRole]).toEqual([3000, undefined, 'linqiao_app']);
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
});
