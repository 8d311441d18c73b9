import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO_DISTRICT } from '#modules/identity';
import { type DemoLogin, SeedDemo } from '../../src/demo/seed-demo.js';
import { intentionFromList, intentionOfDemoPlan } from '../../src/demo/journey/intentions.js';
import { playJourney } from '../../src/demo/journey/journey.js';
import type { IntentionRow } from '../../src/demo/journey/planning.stage.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { hasSharedData, sharedData } from '../support/shared-data.js';

const LIST = 'china/procurement-intentions.csv';
/** Row of a community service in the published list. */
const ROW = 5;

describe('the whole thread, over HTTP with the worker running', () => {
  let test: TestApp;
  let logins: readonly DemoLogin[] = [];

  beforeAll(async () => {
    test = await startTestApp({ http: true, worker: true });
    await test.asSystem(() =>
      test.get(SeedDemo).execute((given) => {
        logins = given;
        return Promise.resolve();
      }),
    );
  }, 120_000);
  afterAll(() => test.stop());

  const play = async (intention: IntentionRow) => {
    const lines: string[] = [];
    try {
      return await playJourney({
        baseUrl: test.baseUrl,
        district: DEMO_DISTRICT,
        logins,
        intention,
        write: (line) => lines.push(line),
      });
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : 'failed'}\n${lines.join('\n')}`);
    }
  };
  const mustAddUp = ({ balances, brokenChecks, recordedMinutes }: Awaited<ReturnType<typeof play>>) => {
    expect(brokenChecks).toEqual([]);
    expect(recordedMinutes).toBeGreaterThanOrEqual(1);
    expect(balances.paidFen).toBeGreaterThan(0);
    expect(balances.appropriatedFen).toBe(balances.paidFen + balances.availableFen);
    expect(balances.reservedFen + balances.encumberedFen + balances.accruedFen + balances.inPaymentFen).toBe(
      0,
    );
  };

  // A minute of service takes half a minute to watch, so only one of the two is played in full.
  const present = hasSharedData(LIST);
  (present ? it : it.skip)(
    'goes from a real published intention to a paid contract and recorded hours',
    async () => {
      mustAddUp(await play(intentionFromList(await readFile(sharedData(LIST)), ROW, 'e2e')));
    },
    180_000,
  );
  if (!present) {
    it("goes from the demo district's own plan to a paid contract and recorded hours", async () => {
      mustAddUp(await play(intentionOfDemoPlan('e2e')));
    }, 180_000);
  }
});
