import type { Balances } from './account.js';
import { appropriate, pay } from './budgets.stage.js';
import type { Login } from './client.js';
import { conclude, deliver, supplierOf } from './contracts.stage.js';
import { type IntentionRow, importIntention, makeReady } from './planning.stage.js';
import { projectOf } from './projects.stage.js';
import { buy } from './tendering.stage.js';
import { beginShift, recordHours } from './volunteering.stage.js';
import { World } from './world.js';

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
  const world = new World(options.baseUrl, options.district, options.logins, options.write);
  world.account.chapter('计划与意向', 'plan and intention');
  const item = await importIntention(world, options.intention);
  const line = await appropriate(world, item);
  await makeReady(world, item, line);
  const award = await buy(world, item, line);
  const contract = await conclude(world, award, line);
  const supplier = await supplierOf(world, contract);
  const project = await projectOf(world, contract);
  const service = await beginShift(world, project, supplier);
  world.account.chapter('验收与支付', 'acceptance and payment');
  for (const milestone of contract.milestones) {
    await deliver(world, contract, milestone);
    await pay(world, contract, milestone.id, line);
  }
  await recordHours(world, service, supplier);
  return reckon(world, line.id);
}

/** The sums at the end; the money that is not paid is either still bound to the contract or available again. */
async function reckon(world: World, budgetLineId: string): Promise<JourneyResult> {
  const { account } = world;
  account.chapter('核对', 'reckoning');
  const balances = await world.balances(budgetLineId);
  account.money(balances);
  const hours = await world.person('volunteer-1').get<{ items: { minutes: number }[] }>('/hours?limit=1');
  const checks = await world
    .person('auditor')
    .get<{ name: string; offending: unknown[] }[]>('/operations/checks');
  const brokenChecks = checks.filter(({ offending }) => offending.length > 0).map(({ name }) => name);
  account.step(
    world.person('auditor').name,
    `运行 ${checks.length} 项数据校验 runs ${checks.length} data checks: ${brokenChecks.length === 0 ? '全部通过 all hold' : brokenChecks.join(', ')}`,
  );
  return {
    budgetLineId,
    balances,
    recordedMinutes: hours.items[0]?.minutes ?? 0,
    brokenChecks,
  };
}
