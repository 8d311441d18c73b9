import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, startOfChinaDay } from '#libs/kernel';
import type { TestApp } from '../../../test/support/app.js';
import type { Person } from '../../../test/support/given.js';
import { ContractWorld, type GivenContract } from '../contracts/contracts.test-support.js';
import { ProjectsApi } from './projects.api.js';
import { BeginProjectJob } from './begin-project.job.js';
import { CompleteProjectWhenContractCompleted } from './complete-project-when-contract-completed.handler.js';
import { DescribeProject } from './describe-project.js';
import type { ProjectSummary } from './projects.api.js';
import { ProjectReads } from './projects.read.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('a project', () => {
  let world: ContractWorld;
  let test: TestApp;
  beforeAll(async () => {
    world = await ContractWorld.begin();
    ({ test } = world);
  });
  afterAll(async () => {
    expect(await world.end()).toEqual([]);
  });

  const projectOf = async ({ id }: Pick<GivenContract, 'id'>) => {
    const [row] = await test.sql<{ id: string }>('SELECT id FROM projects.project WHERE contract_id = $1', [
      id,
    ]);
    return test.get(ProjectsApi).project(row?.id ?? newId());
  };
  const signed = async (changes: Parameters<ContractWorld['setTerms']>[1]) => {
    const contract = await world.draft();
    await world.setTerms(contract.id, changes);
    await world.sign(contract.id, world.given.approver);
    await world.sign(contract.id, contract.supplier.admin);
    await test.settle();
    return contract;
  };
  const begin = (projectId: string) =>
    test.asSystem(() => test.uow.run(() => test.get(BeginProjectJob).run({ projectId })));
  const complete = (contractId: string) =>
    test.asSystem(() =>
      test.uow.run(() => test.get(CompleteProjectWhenContractCompleted).run({ contractId })),
    );
  const inState = (id: string, state: string) =>
    test.sql('UPDATE projects.project SET state = $2 WHERE id = $1', [id, state]);

  it('opens with its contract, begins with its term, ends with its last payment, and is written down', async () => {
    const contract = await world.active();
    const project = await projectOf(contract);
    const { title, startsOn, endsOn } = await world.read(contract.id);
    expect(project).toMatchObject({
      ...{ title, startsOn, endsOn, areaCode: '999901', state: 'active' },
      organizationId: contract.supplier.organizationId,
    });
    const told = await test.sql(
      "SELECT payload FROM platform.outbox_event WHERE type = 'projects.project-opened.v1' AND payload->>'contractId' = $1",
      [contract.id],
    );
    const { id, organizationId, areaCode } = project;
    expect(told).toEqual([{ payload: { projectId: id, contractId: contract.id, organizationId, areaCode } }]);
    for (const milestoneId of contract.milestoneIds) {
      await world.deliver(milestoneId, contract.supplier.admin);
      await world.accept(milestoneId);
      await world.pay(milestoneId);
    }
    await test.settle();
    const completed = await projectOf(contract);
    expect(completed.state).toBe('completed');
    expect(await world.trailOf(id)).toEqual([
      'projects.open planned',
      'projects.begin active',
      'projects.complete completed',
    ]);
    await complete(contract.id);
    expect(await projectOf(contract)).toEqual(completed);
    const closed = await test.sql(
      "SELECT payload FROM platform.outbox_event WHERE type = 'projects.project-closed.v1' AND payload->>'projectId' = $1",
      [id],
    );
    expect(closed).toEqual([{ payload: { projectId: id, organizationId } }]);
  });

  it('of a contract that begins later waits for that day in China, and begins once', async () => {
    const contract = await signed({ startsOn: world.day(3) });
    const { id, state } = await projectOf(contract);
    expect(state).toBe('planned');
    const [timer] = await test.sql<{ run_at: Date }>(
      "SELECT run_at FROM platform.task WHERE handler = 'projects.begin-project' AND key = $1",
      [id],
    );
    expect(timer?.run_at).toEqual(startOfChinaDay(world.day(3)));
    // Completed before it began: it is tried again, after the timer of its first day.
    await expect(complete(contract.id)).rejects.toEqual(refused('state.wrong-state'));
    await begin(id);
    const begun = await projectOf(contract);
    expect(begun.state).toBe('active');
    await begin(id);
    expect(await projectOf(contract)).toEqual(begun);
  });

  it('that was cancelled neither begins nor completes', async () => {
    const contract = await signed({ startsOn: world.day(3) });
    const { id } = await projectOf(contract);
    await inState(id, 'cancelled');
    await begin(id);
    await complete(contract.id);
    expect((await projectOf(contract)).state).toBe('cancelled');
  });

  describe('that is public', () => {
    let project: ProjectSummary;
    beforeAll(async () => {
      project = await projectOf(await signed({}));
    });
    const person = (organizationId: string, accountId = newId()): Person => ({
      accountId,
      memberships: [{ role: 'organization-staff', organizationId }],
    });
    const describeAs = (who: Person, version: number, projectId = project.id) =>
      test.as(who, () => test.get(DescribeProject).execute(projectId, version, '每周两次'));

    it('is described by the people who run it, who saw the version that stands', async () => {
      const { version } = await test.get(ProjectsApi).project(project.id);
      const other = await world.given.approvedSupplier();
      const notFound = refused('platform.not-found');
      await expect(describeAs(person(other.organizationId), version)).rejects.toEqual(notFound);
      const official: Person = {
        accountId: newId(),
        memberships: [{ role: 'purchaser', areaCode: '999901' }],
      };
      await expect(describeAs(official, version)).rejects.toEqual(notFound);
      await expect(describeAs(person(project.organizationId), version, newId())).rejects.toEqual(notFound);
      await describeAs(person(project.organizationId), version);
      expect(await test.get(ProjectsApi).project(project.id)).toMatchObject({
        description: '每周两次',
        version: version + 1,
      });
      await expect(describeAs(person(project.organizationId), version)).rejects.toEqual(
        refused('platform.version-mismatch'),
      );
      expect(await world.trailOf(project.id)).toContain('projects.describe active');
    });

    it('is listed by area and organization, the newest first, page by page', async () => {
      const { organizationId } = await world.given.approvedSupplier();
      const ids = [newId(), newId(), newId(), newId()];
      for (const [at, id] of ids.entries()) {
        await test.sql(
          `INSERT INTO projects.project (id, source, organization_id, area_code, title, state, starts_on, ends_on, created_at)
           VALUES ($1, 'own', $2, $3, '测试项目', 'active', '2026-01-01', '2027-01-01', $4)`,
          [id, organizationId, at === 0 ? '999901' : '999901001', `2999-01-0${at + 1}T00:00:00Z`],
        );
      }
      const list = async (filter: object) => {
        const page = await test.get(ProjectReads).list({ limit: 50, ...filter });
        return page.items.map(({ id }) => id).filter((id) => ids.includes(id));
      };
      const newestFirst = ids.toReversed();
      expect(await list({ organizationId })).toEqual(newestFirst);
      expect(await list({ organizationId: newId() })).toEqual([]);
      expect(await list({ areaCode: '999901' })).toEqual(newestFirst);
      expect(await list({ areaCode: '999901001' })).toEqual(newestFirst.slice(0, 3));
      expect(await list({ areaCode: '999902' })).toEqual([]);
      const first = await test.get(ProjectReads).list({ limit: 2, organizationId });
      const cursor = first.nextCursor ?? undefined;
      const second = await test.get(ProjectReads).list({ limit: 2, organizationId, cursor });
      const paged = [...first.items, ...second.items].map(({ id }) => id);
      expect([paged, second.nextCursor]).toEqual([newestFirst, null]);
      await expect(test.get(ProjectReads).read(newId())).rejects.toEqual(refused('platform.not-found'));
    });
  });
});
