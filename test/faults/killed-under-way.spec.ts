import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp } from '../support/app.js';
import { findRedisServer, makeRunFolder } from '../support/services.mjs';
import { Cluster } from './cluster.js';
import { type GivenDistrict, givenDistrict } from './given-district.js';
import { migrate } from './program.js';
import { Random, seedFromEnvironment } from './random.js';
import { Scene, type SceneOptions, WORKER_CONCURRENCY } from './scene.js';

const CONTRACTS = 12;
const MILESTONES_EACH = 5;
/** Requested in each act of a rehearsal. */
const PER_ACT = 12;
/** Of the worker three times, of the database under it once. */
const KILLS_WHILE_MAILING = 4;

const redisProgram = process.env['TEST_REDIS_URL'] === undefined ? undefined : findRedisServer();
const seed = seedFromEnvironment();

// The seed stands in the name, so that a failure tells it wherever it is reported.
describe(`work that is under way when something is killed (LINQIAO_SEED=${seed})`, () => {
  let runFolder: string;
  let cluster: Cluster;
  let district: GivenDistrict;
  let scene: Scene | undefined;
  let random: Random;

  beforeAll(async () => {
    runFolder = makeRunFolder();
    cluster = await Cluster.start(join(runFolder, 'cluster'));
    await migrate(cluster.url);
    // The set-up works on the database of the cluster itself; every test is given a copy of it.
    const database = { url: cluster.url, name: 'linqiao', drop: () => Promise.resolve() };
    const app = await startTestApp({ database });
    district = await givenDistrict(app, CONTRACTS, MILESTONES_EACH);
    await app.stop();
  }, 120_000);
  // Each test draws its own numbers, so that it can be played again alone.
  beforeEach(() => {
    random = new Random(seed);
  });
  afterEach(async () => {
    await scene?.close();
    scene = undefined;
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(runFolder, { recursive: true, force: true });
  });

  const open = async (name: string, more: Partial<SceneOptions> = {}) => {
    scene = await Scene.open({ cluster, name, runFolder, district, ...more });
    return scene;
  };
  const act = (number: number, count = PER_ACT) =>
    district.milestones.slice(number * PER_ACT, number * PER_ACT + count).map(({ id }) => id);

  for (const backend of ['postgres', 'redis'] as const) {
    const isThere = backend === 'postgres' || redisProgram !== undefined;
    (isThere ? it : it.skip)(
      `is neither lost nor done twice, with the queue in ${backend}`,
      async () => {
        const on = await open(`queue_in_${backend}`, backend === 'redis' ? { redisProgram } : {});
        const { payer } = on;
        await Promise.all([payer.pay(act(0)), on.killWorkerWhileMailing(random.within(2, 10))]);
        await Promise.all([on.killWorkerWhileSettling(random.within(1, 6)), payer.pay(act(1))]);
        await Promise.all([payer.pay(act(2)), on.killWorkerWhileMailing(random.within(2, 10))]);
        await on.loseQueue();
        await Promise.all([payer.pay(act(3)), on.killApiWhilePaying(random.within(2, 10))]);
        await Promise.all([payer.pay(act(4)), on.killDatabaseWhilePaying(random.within(2, 10))]);
        await on.untilDone();

        expect(await on.findings()).toEqual([]);
        expect(payer.acknowledged).toHaveLength(district.milestones.length);
        expect(await payer.askAgain()).toEqual([]);
        expect(await on.brokenInvariants()).toEqual([]);
        expect(await on.deadLetters()).toEqual([]);
        const uncertain = await on.emailsIn('uncertain');
        expect(uncertain.length).toBeLessThanOrEqual(KILLS_WHILE_MAILING * WORKER_CONCURRENCY);
        expect(await on.listedEmails()).toEqual(uncertain);
        expect([...on.api.crashes, ...on.worker.crashes]).toEqual([]);
      },
      180_000,
    );
  }

  /** What one kill in the middle of both, settlement and mail, brings about without a guard. */
  const findingsWithout = async (guard: NonNullable<SceneOptions['careless']>) => {
    const on = await open(guard.replaceAll('-', '_'), { careless: guard });
    const emails = random.within(2, 6);
    const mailing = async () => {
      const taken = on.mail.whenTaken(emails, () => {
        on.worker.killNine();
      });
      await Promise.all([taken, on.payer.pay(act(1, 6))]);
    };
    await Promise.all([on.killWorkerWhileSettling(random.within(1, 4), mailing), on.payer.pay(act(0, 6))]);
    await on.untilDone();
    return on.findings();
  };

  it('control: a worker that does not ask before it repeats pays and writes twice', async () => {
    const found = await findingsWithout('asks-before-it-repeats');
    expect(found).toContainEqual(
      expect.stringMatching(/^the treasury does not have one paid order: .* \([2-9] orders/),
    );
    expect(found).toContainEqual(expect.stringMatching(/^an e-mail was delivered 2 times/));
  }, 120_000);

  it('control: a worker that marks its tasks as done too early loses payments and e-mails', async () => {
    const found = await findingsWithout('done-after-the-effect');
    expect(found).toContainEqual(expect.stringMatching(/^there is not one settled payment/));
    expect(found).toContainEqual(expect.stringMatching(/^an e-mail is neither sent nor listed/));
  }, 120_000);

  it('control: a database that does not wait for the disk loses what was acknowledged', async () => {
    const on = await open('does_not_wait', { forgetful: true });
    await Promise.all([on.payer.pay(act(0)), on.killDatabaseWhilePaying(random.within(2, 10))]);
    expect(await on.findings()).toContainEqual(expect.stringMatching(/^an acknowledged payment is lost/));
  }, 120_000);
});
