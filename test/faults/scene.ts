import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { chooseLoopbackPort } from '../../src/launch/ports.mjs';
import { startThrowawayRedis, type ThrowawayRedis } from '../support/services.mjs';
import type { Cluster } from './cluster.js';
import { findings } from './findings.js';
import type { GivenDistrict } from './given-district.js';
import { MailSink } from './mail-sink.js';
import { Payer } from './payer.js';
import { Program, root } from './program.js';
import { until } from '../support/until.js';

/** Tasks of one queue that run at a time. */
export const WORKER_CONCURRENCY = 8;
/** Leases outlast everything that a task may do here: an e-mail is given up after three quarters of one. */
const LEASE_MS = 3_000;
const PAUSE_OF_TREASURY_MS = 60;
const ANSWER_OF_MAIL_MS = 30;
const CARELESS_WORKER = join(root, 'test', 'faults', 'careless-worker.mjs');

export interface SceneOptions {
  readonly cluster: Cluster;
  /** Of the database, and of the folder for logs. */
  readonly name: string;
  readonly runFolder: string;
  readonly district: GivenDistrict;
  /** The program of a Redis; without it the queue lies in PostgreSQL. */
  readonly redisProgram?: string | undefined;
  /** For controls: which guard a worker does without. */
  readonly careless?: 'asks-before-it-repeats' | 'done-after-the-effect';
  /** For a control: commits are answered before they are on the disk. */
  readonly forgetful?: boolean;
}

/** API, worker, database, queue, mail server and treasury of one rehearsal, and the ways to hurt them. */
export class Scene {
  private constructor(
    private readonly options: SceneOptions,
    readonly api: Program,
    readonly worker: Program,
    readonly payer: Payer,
    readonly mail: MailSink,
    private readonly database: pg.Pool,
    private readonly baseUrl: string,
    private redis: ThrowawayRedis | undefined,
  ) {}

  static async open(options: SceneOptions): Promise<Scene> {
    const { name, runFolder, district, redisProgram } = options;
    const folder = join(runFolder, name);
    mkdirSync(folder, { recursive: true });
    const { url, superuserUrl } = await options.cluster.clone(name);
    const database = new pg.Pool({ connectionString: superuserUrl, max: 3 });
    // It is killed under us, too.
    database.on('error', () => undefined);
    const mail = await MailSink.start(ANSWER_OF_MAIL_MS);
    const redis = redisProgram === undefined ? undefined : await startThrowawayRedis(redisProgram, folder);
    const port = await chooseLoopbackPort();
    const env = {
      ...{ NODE_ENV: 'test', DATABASE_URL: url, SMTP_URL: mail.url, PORT: String(port), LOG_LEVEL: 'warn' },
      ...{ QUEUE_LOCK_MS: '1000', TASK_REQUEUE_MS: String(LEASE_MS), TASK_LEASE_MS: String(LEASE_MS) },
      ...{ WORKER_CONCURRENCY: String(WORKER_CONCURRENCY), DATABASE_POOL_SIZE: '12' },
      FILES_DIR: join(folder, 'files'),
      ...(redis && { REDIS_URL: redis.url }),
    };
    const workerEnv = { ...env, LOG_LEVEL: 'info' };
    const baseUrl = `http://127.0.0.1:${port}`;
    const scene = new Scene(
      options,
      new Program('dist/src/main.js', env, join(folder, 'api.log')),
      options.careless === undefined
        ? new Program('dist/src/worker.js', workerEnv, join(folder, 'worker.log'))
        : new Program(
            'dist/src/worker.js',
            { ...workerEnv, CARELESS: options.careless },
            join(folder, 'worker.log'),
            CARELESS_WORKER,
          ),
      new Payer(baseUrl, district.sessions.finance),
      mail,
      database,
      baseUrl,
      redis,
    );
    try {
      await scene.armTreasury();
      if (options.forgetful) await database.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
      scene.api.start();
      scene.worker.start();
      await until('the API', async () => (await fetch(`${baseUrl}/health/ready`)).ok);
      await scene.untilWorkerRuns();
      return scene;
    } catch (error) {
      await scene.close();
      throw new Error([...scene.api.crashes, ...scene.worker.crashes].join('\n'), { cause: error });
    }
  }

  /** A slow institution with a bad line: some orders or answers get lost, some come late or twice. */
  private async armTreasury(): Promise<void> {
    await this.database.query(
      `INSERT INTO treasury_simulator.fault (kind, remaining, delay_ms) VALUES
         ('latency', NULL, ${PAUSE_OF_TREASURY_MS}), ('answer-lost', 4, 0), ('duplicate-answer', 4, 0),
         ('unreachable', 3, 0), ('late-answer', 4, 700)`,
    );
  }

  /** Kills the worker when the mail server has taken that many more e-mails and has not yet said so of the last. */
  async killWorkerWhileMailing(emails: number): Promise<void> {
    await this.mail.whenTaken(emails, () => {
      this.worker.killNine();
    });
    await this.startWorkerAgain();
  }

  /**
   * Kills the worker when the treasury has accepted that many orders of whose answer it has kept nothing: until
   * then the table of answers is closed to writers.
   * @param before what else is to be under way
   */
  async killWorkerWhileSettling(orders: number, before = () => Promise.resolve()): Promise<void> {
    const door = await this.database.connect();
    try {
      await door.query('BEGIN; LOCK TABLE budgets.treasury_answer IN SHARE MODE');
      await until(`${orders} orders`, async () => (await this.ordersWithoutAnswer()) >= orders);
      await before();
      this.worker.killNine();
      await this.startWorkerAgain();
    } finally {
      await door.query('ROLLBACK');
      door.release();
    }
  }

  private async startWorkerAgain(): Promise<void> {
    await this.worker.startAgain();
    await this.untilWorkerRuns();
  }

  /** One that is killed or robbed of its database while it starts proves nothing. */
  private untilWorkerRuns(): Promise<void> {
    return until('the worker', () => this.worker.hasSaid('worker ready'));
  }

  async killApiWhilePaying(acknowledged: number): Promise<void> {
    await this.payer.whenAcknowledged(acknowledged, () => {
      this.api.killNine();
    });
    await this.api.startAgain();
  }

  /** Under the API, which is acknowledging, and under the worker; both have to find the new one themselves. */
  async killDatabaseWhilePaying(acknowledged: number): Promise<void> {
    await this.payer.whenAcknowledged(acknowledged, () => {
      this.options.cluster.killNine();
    });
    await this.options.cluster.startAgain();
  }

  /** Takes every job out of the queue; Redis is killed as well, and comes back after a while with nothing. */
  async loseQueue(): Promise<void> {
    const { redis } = this;
    if (redis === undefined) {
      await this.database.query('DELETE FROM bullmq.job');
      return;
    }
    const client = new Redis(redis.url, { lazyConnect: true });
    await client.flushall();
    client.disconnect();
    process.kill(redis.pid, 'SIGKILL');
    await redis.stop();
    const folder = join(this.options.runFolder, this.options.name);
    rmSync(join(folder, 'redis'), { recursive: true, force: true });
    const port = Number(new URL(redis.url).port);
    this.redis = await startThrowawayRedis(this.options.redisProgram ?? '', folder, { port });
  }

  /** Until no event waits to be relayed and no task to be done. */
  async untilDone(): Promise<void> {
    let left: readonly object[] = [];
    try {
      await until(
        'the end of all tasks',
        async () => {
          left = await this.leftToDo();
          return left.length === 0;
        },
        { everyMs: 100 },
      );
    } catch (error) {
      throw new Error(`${JSON.stringify(left, null, 1)}\n${this.worker.lastWords}`, { cause: error });
    }
  }

  private async leftToDo(): Promise<object[]> {
    const { rows } = await this.database.query<object>(
      `SELECT handler, state, attempts, last_error, count(*), min(run_at), max(leased_until), max(enqueued_at)
       FROM platform.task WHERE every_ms IS NULL AND state IN ('waiting', 'queued') GROUP BY 1, 2, 3, 4
       UNION ALL
       SELECT e.type, 'not relayed', NULL, NULL, count(*), min(e.occurred_at), NULL, NULL
       FROM platform.outbox_event e, platform.relay_cursor c
       WHERE c.name = 'tasks' AND (e.xid, e.seq) > (c.xid, c.seq) GROUP BY 1`,
    );
    return rows;
  }

  findings(): Promise<string[]> {
    const { district } = this.options;
    return findings(this.database, { district, payer: this.payer, mail: this.mail });
  }

  /** Message-IDs, the newest e-mail first. */
  async emailsIn(state: string): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      'SELECT reference AS id FROM notifications.delivery WHERE state = $1 ORDER BY id DESC',
      [state],
    );
    return rows.map(({ id }) => id);
  }

  /** What the operator is shown: e-mails that may or may not have arrived. */
  async listedEmails(): Promise<string[]> {
    const page = await this.shownAt<{ items: { smtpMessageId: string }[] }>(
      'notifications/uncertain-emails?limit=200',
    );
    return page.items.map(({ smtpMessageId }) => smtpMessageId);
  }

  async deadLetters(): Promise<unknown[]> {
    return (await this.shownAt<{ items: unknown[] }>('operations/dead-letters')).items;
  }

  /** The product's own checks of its data that found something. */
  async brokenInvariants(): Promise<unknown[]> {
    const checks = await this.shownAt<{ name: string; offending: unknown[] }[]>('operations/checks');
    if (checks.length < 10) throw new Error('There are fewer data checks than ever');
    return checks.filter(({ offending }) => offending.length > 0);
  }

  private async shownAt<T>(path: string): Promise<T> {
    const response = await fetch(`${this.baseUrl}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${this.options.district.sessions.inspector}` },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async close(): Promise<void> {
    await Promise.all([this.api.stop(), this.worker.stop()]);
    await this.redis?.stop();
    await this.mail.stop();
    await this.database.end();
  }

  private async ordersWithoutAnswer(): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM treasury_simulator.payment_order o
       WHERE NOT EXISTS (SELECT FROM budgets.treasury_answer a WHERE a.payment_key = o.key)`,
    );
    return rows[0]?.count ?? 0;
  }
}
