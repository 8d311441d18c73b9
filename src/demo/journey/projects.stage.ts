import { until } from './client.js';
import type { Contract, Project } from './values.js';
import type { World } from './world.js';

/** The project that comes into being with the contract. */
export async function projectOf(world: World, contract: Contract): Promise<Project> {
  const { account, purchaser } = world;
  account.chapter('项目与志愿者', 'project and volunteers');
  const project = await until('the worker opens the project', async () => {
    const page = await purchaser.get<{
      items: { id: string; contractId: string | null; state: string }[];
    }>('/projects?limit=200');
    return page.items.find(({ contractId, state }) => contractId === contract.id && state === 'active');
  });
  account.step('系统 the worker', '由合同建立项目 opens the project', { before: '-', after: project.state });
  return project;
}
