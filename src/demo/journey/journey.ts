import { contractStage, paymentStage, volunteerStage } from './delivery.js';
import type { Balances } from './account.js';
import type { Login } from './client.js';
import { type IntentionRow, planStage } from './plan.js';
import { Stage } from './stage.js';
import { tenderStage } from './tender.js';

export interface JourneyResult {
  readonly budgetLineId: string;
  readonly balances: Balances;
  readonly recordedMinutes: number;
  /** Names of data checks that found something; empty when the data hold. */
  readonly brokenChecks: readonly string[];
}

/**
 * Plays a whole purchase over the public API of a running product, worker included: from an intention to a paid
 * milestone and recorded hours.
 */
export async function playJourney(options: {
  baseUrl: string;
  district: string;
  logins: readonly Login[];
  intention: IntentionRow;
  write: (line: string) => void;
}): Promise<JourneyResult> {
  const stage = new Stage(options.baseUrl, options.district, options.logins, options.write);
  await planStage(stage, options.intention);
  await tenderStage(stage);
  await contractStage(stage);
  const recordHours = await volunteerStage(stage);
  await paymentStage(stage);
  await recordHours();
  return reckon(stage);
}

/** The sums at the end; the money that is not paid is either still bound to the contract or available again. */
async function reckon(stage: Stage): Promise<JourneyResult> {
  const { account } = stage;
  account.chapter('核对', 'reckoning');
  const balances = await stage.balances();
  account.money(balances);
  const hours = await stage.person('volunteer-1').get<{ items: { minutes: number }[] }>('/hours?limit=1');
  const checks = await stage
    .person('auditor')
    .get<{ name: string; offending: unknown[] }[]>('/operations/checks');
  const brokenChecks = checks.filter(({ offending }) => offending.length > 0).map(({ name }) => name);
  account.step(
    stage.person('auditor').name,
    `运行 ${checks.length} 项数据校验 runs ${checks.length} data checks: ${brokenChecks.length === 0 ? '全部通过 all hold' : brokenChecks.join(', ')}`,
  );
  return {
    budgetLineId: stage.budgetLineId,
    balances,
    recordedMinutes: hours.items[0]?.minutes ?? 0,
    brokenChecks,
  };
}
