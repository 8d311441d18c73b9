import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SETTING_NAMES } from '../../src/platform/config/app-config.js';
import { QUEUE_NAMES } from '../../src/platform/tasks/task-handler.js';
import { compose, configOf, type Service } from '../support/compose-file.js';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = read('docker/Dockerfile');
const { postgres, redis, migrate, api, worker } = compose.services;
const programs = { migrate, api, worker };
const lock = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { optional?: boolean; dev?: boolean }>;
};

/** Native memory of a Node process beside its heap: code, buffers, argon2's 19 MiB in each of four threads. */
const BESIDE_HEAP_MIB = 160;
/** Connections that the simulated treasury opens by itself (src/modules/budgets/treasury). */
const TREASURY_CONNECTIONS = 4;

describe('the figures of the compose file', () => {
  const setting = (name: string) =>
    new RegExp(`^${name}=(.+)$`).exec(
      postgres.command.find((word) => word.startsWith(`${name}=`)) ?? '',
    )?.[1] ?? '';
  const capacity = compose['x-capacity'];
  const pool = (environment: Service['environment']) => configOf({ environment }).databasePoolSize;
  const connectionsNeeded = (ofApi: Service['environment']) =>
    capacity.rollingCopies * (pool(ofApi) + pool(worker.environment) + TREASURY_CONNECTIONS) +
    (pool(migrate.environment) + 1) +
    Number(setting('superuser_reserved_connections')) +
    capacity.operatorConnections;

  it('fit into the memory of the host, at rest and while migrating', () => {
    const available = mib(capacity.hostMemory) - mib(capacity.hostReserved);
    const standing = [postgres, redis, api, worker].map(({ mem_limit }) => mib(mem_limit));
    expect(sum(standing)).toBeLessThanOrEqual(available);
    expect(sum([postgres, redis, migrate].map(({ mem_limit }) => mib(mem_limit)))).toBeLessThanOrEqual(
      available,
    );
  });

  it('leave each Node process room beside its heap', () => {
    for (const program of Object.values(programs)) {
      const heap = Number(
        /^--max-old-space-size=(\d+)$/.exec(program.environment['NODE_OPTIONS'] ?? '')?.[1],
      );
      expect(heap + BESIDE_HEAP_MIB).toBeLessThanOrEqual(mib(program.mem_limit));
    }
  });

  it('let PostgreSQL use all its connections within its limit', () => {
    const worst =
      mib(setting('shared_buffers')) +
      Number(setting('max_connections')) * mib(setting('work_mem')) +
      (Number(setting('autovacuum_max_workers')) + 1) * mib(setting('maintenance_work_mem')) +
      mib(postgres.shm_size ?? '0m');
    expect(worst).toBeLessThanOrEqual(mib(postgres.mem_limit));
    expect(mib(setting('effective_cache_size'))).toBeLessThan(mib(postgres.mem_limit));
  });

  it('let Redis rewrite its log within its limit', () => {
    const maxmemory = /--maxmemory (\d+mb)/.exec(String(redis.command))?.[1] ?? '';
    expect(2 * mib(maxmemory)).toBeLessThanOrEqual(mib(redis.mem_limit));
    expect(String(redis.command)).toMatch(
      /--appendonly yes --appendfsync everysec.*--maxmemory-policy noeviction/,
    );
  });

  it('add up to no more connections than PostgreSQL gives, even while two versions run', () => {
    const needed = connectionsNeeded(api.environment);
    expect(needed).toBeLessThanOrEqual(Number(setting('max_connections')));
    // Negative control: ten more for each API are too many.
    const greedy = { ...api.environment, DATABASE_POOL_SIZE: String(configOf(api).databasePoolSize + 10) };
    expect(connectionsNeeded(greedy)).toBeGreaterThan(Number(setting('max_connections')));
  });

  it('give the worker a connection for each job, the relay, and the time to finish', () => {
    const config = configOf(worker);
    expect(QUEUE_NAMES.length * config.workerConcurrency + 1).toBeLessThanOrEqual(config.databasePoolSize);
    expect(seconds(worker.stop_grace_period)).toBeGreaterThanOrEqual((config.taskLeaseMs / 1000) * 0.75);
  });
});

describe('the containers', () => {
  it('get settings that exist and are accepted', () => {
    for (const program of Object.values(programs)) {
      expect(unknownSettings(program.environment)).toEqual([]);
      expect(configOf(program)).toMatchObject({ nodeEnv: 'production', redisUrl: 'redis://redis:6379' });
    }
    // Negative control: a misspelt name is found.
    expect(unknownSettings({ DATABASE_POOLSIZE: '9', PORT: '1' })).toEqual(['DATABASE_POOLSIZE']);
    const baked = [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/(\w+)=/g)].map(
      ([, name]) => name,
    );
    expect(baked.filter((name) => !SETTING_NAMES.includes(name ?? ''))).toEqual([]);
    expect(configOf(api)).toMatchObject({
      cookieSecure: true,
      trustedProxyHops: 1,
      host: '0.0.0.0',
      port: 3000,
    });
  });

  it('run programs that exist', () => {
    const commands = [...Object.values(programs).map(({ command }) => command), imageCommand()];
    for (const [program, script = '', ...rest] of commands) {
      expect(program).toBe('node');
      expect(existsSync(join(root, script.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
      expect(rest).toEqual(script === 'dist/src/cli.js' ? ['migrate'] : []);
    }
    expect(imageCommand()).toEqual(api.command);
    expect(JSON.parse(/^HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]')).toEqual([
      'node',
      'docker/healthcheck.mjs',
    ]);
  });

  it('cannot write, cannot gain rights, and are not root', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.read_only, service.cap_drop, service.security_opt]).toEqual([
        name,
        true,
        ['ALL'],
        ['no-new-privileges:true'],
      ]);
      expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      expect(service.cap_add ?? []).toEqual([]);
      expect(service.pids_limit).toBeGreaterThan(0);
      expect(service.tmpfs.length).toBeGreaterThan(0);
    }
    expect(dockerfile).toMatch(/^USER node$/m);
    const folder = configOf(api).filesDir;
    for (const service of [api, worker]) expect(service.volumes).toEqual([`files:${folder}`]);
    expect(dockerfile).toContain(`install -d -o node -g node -m 0750 ${folder}`);
  });

  it('expose the API on the loopback address and nothing else', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports }]) =>
      (ports ?? []).map((port) => [name, port]),
    );
    expect(published).toEqual([['api', '127.0.0.1:${LINQIAO_PORT:-3000}:3000']]);
    expect(compose.networks['inner']?.internal).toBe(true);
    for (const service of [postgres, redis, migrate]) expect(service.networks).toEqual(['inner']);
  });

  it('start in order', () => {
    expect(migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(migrate.restart).toBe('no');
    for (const { depends_on } of [api, worker]) {
      expect(depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
    }
    expect(redis.healthcheck).toHaveProperty('test');
  });

  it('come from images pinned by tag', () => {
    const images = [/^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1], postgres.image, redis.image];
    for (const image of images) expect(image).toMatch(/^[a-z]+:\d+\.\d+[\w.-]*-bookworm(-slim)?$/);
    for (const [, from] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(from).toBe('${NODE_IMAGE}');
    expect(images).toMatchObject([
      expect.stringMatching(/^node:20\./),
      expect.stringMatching(/^postgres:18/),
      expect.stringMatching(/^redis:7/),
    ]);
  });

  it('ship what the product needs to run: copied files exist, native parts are not left out', () => {
    const ignored = read('docker/Dockerfile.dockerignore').split('\n');
    for (const [, paths = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)) {
      for (const path of paths.split(' ').slice(0, -1)) {
        expect([path, existsSync(join(root, path))]).toEqual([path, true]);
        expect(ignored).toContain(`!${path}`);
      }
    }
    const install = dockerfile.slice(dockerfile.indexOf('AS dependencies'), dockerfile.indexOf('AS runtime'));
    const native = Object.entries(lock.packages).filter(
      ([path, { optional, dev }]) =>
        optional === true && dev !== true && path.includes('@node-rs/argon2-linux'),
    );
    expect(native.length).toBeGreaterThan(0);
    expect(/npm ci (.*) \\$/m.exec(install)?.[1]).toBe('--omit=dev --ignore-scripts --no-audit --no-fund');
  });
});

function unknownSettings(environment: Readonly<Record<string, string>>): string[] {
  return Object.keys(environment).filter((name) => name !== 'NODE_OPTIONS' && !SETTING_NAMES.includes(name));
}

function imageCommand(): string[] {
  return JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
}

function mib(text: string): number {
  const [, amount = 'NaN'] = /^(\d+)(?:m|mb|MB)$/.exec(text) ?? [];
  return Number(amount);
}

function seconds(text: string | undefined): number {
  return Number(/^(\d+)s$/.exec(text ?? '')?.[1]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
