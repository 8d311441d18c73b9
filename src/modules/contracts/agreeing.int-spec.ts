import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money, startOfChinaDay } from '#libs/kernel';
import { platformErrors, Register } from '#platform';
import type { TestApp } from '../../../test/support/app.js';
import type { Given, Person } from '../../../test/support/given.js';
import type { EntityRows } from '../../platform/register/entity-rows.js';
import { ReinstateOrganization } from '../organizations/decisions/reinstate-organization.js';
import { SuspendOrganization } from '../organizations/decisions/suspend-organization.js';
import { AMOUNT_FEN, ContractWorld, HALF_FEN } from './contracts.test-support.js';
import { ActivateContractJob } from './signing/activate-contract.job.js';
import { SignContract } from './signing/sign-contract.js';
import { agreedOn } from './terms/agreed-on.js';
import { termsHash } from './terms/contract-terms.js';
import { Contract, Milestone } from './terms/contract.entity.js';
import { SetTerms } from './terms/set-terms.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('a contract that is being agreed', () => {
  let world: ContractWorld;
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    world = await ContractWorld.begin();
    ({ test, given } = world);
  });
  afterAll(async () => {
    expect(await world.end()).toEqual([]);
  });

  it('wants the version that was seen, for terms and for a signature', async () => {
    const { id } = await world.draft();
    await world.setTerms(id);
    await expect(
      test.as(given.purchaser, () => test.get(SetTerms).execute(id, 1, world.terms())),
    ).rejects.toEqual(refused('platform.version-mismatch'));
    await expect(test.as(given.approver, () => test.get(SignContract).execute(id, 1))).rejects.toEqual(
      refused('platform.version-mismatch'),
    );
  });

  it('keeps the hands apart: drafter, buyer and supplier', async () => {
    const { id, supplier } = await world.draft();
    const both = (purchaser: Person): Person => ({
      accountId: purchaser.accountId,
      memberships: [...purchaser.memberships, ...given.approver.memberships],
    });
    await world.setTerms(id);
    await expect(world.sign(id, both(given.purchaser))).rejects.toEqual(
      refused('contracts.drafter-may-sign'),
    );
    // Whoever wrote the terms that stand is their drafter, not whoever wrote the first ones.
    const colleague = given.official('purchaser');
    await world.setTerms(id, {}, colleague);
    await expect(world.sign(id, both(colleague))).rejects.toEqual(refused('contracts.drafter-may-sign'));
    await world.sign(id, supplier.admin);
    const turncoat: Person = {
      accountId: supplier.admin.accountId,
      memberships: given.approver.memberships,
    };
    await expect(world.sign(id, turncoat)).rejects.toEqual(refused('contracts.signs-for-both'));
    await expect(world.sign(id, supplier.admin)).rejects.toEqual(refused('contracts.already-signed'));
    expect(await world.sign(id, both(given.purchaser))).toEqual({ side: 'buyer', state: 'signed' });
  });

  it('is written by purchasers of its area and signed by approvers and the head of the supplier', async () => {
    const { id, supplier } = await world.draft();
    const notFound = refused('platform.not-found');
    for (const who of [given.official('purchaser', '330102'), given.approver, supplier.admin]) {
      await expect(world.setTerms(id, {}, who)).rejects.toEqual(notFound);
    }
    await world.setTerms(id);
    const staff = await given.member(supplier.organizationId);
    const [, other] = await given.suppliers(2);
    for (const who of [given.purchaser, given.finance, staff, other?.admin ?? staff]) {
      await expect(world.sign(id, who)).rejects.toEqual(notFound);
    }
    await expect(world.sign(id, given.official('approver', '330102'))).rejects.toEqual(notFound);
  });

  it('refuses terms that the law or the sum forbids, empty texts, and changes after a signature', async () => {
    const { id, supplier } = await world.draft();
    await expect(world.sign(id, given.approver)).rejects.toEqual(refused('contracts.terms-incomplete'));
    await expect(world.setTerms(id, { endsOn: world.today })).rejects.toEqual(
      refused('contracts.term-invalid'),
    );
    await expect(world.setTerms(id, { endsOn: world.day(400) })).rejects.toEqual(
      refused('contracts.term-over-one-year'),
    );
    await expect(world.setTerms(id, { milestones: world.parts(2).slice(1) })).rejects.toEqual(
      refused('contracts.milestones-do-not-sum'),
    );
    await world.setTerms(id);
    await world.sign(id, supplier.admin);
    await expect(world.setTerms(id)).rejects.toEqual(refused('state.wrong-state'));
  });

  it('is not signed with terms that somebody broke past the use case', async () => {
    const { id } = await world.draft();
    await world.setTerms(id);
    const [first] = (await world.read(id)).milestones;
    await test.sql('UPDATE contracts.milestone SET due_on = $2, acceptance_due_on = $2 WHERE id = $1', [
      first?.id,
      world.day(101),
    ]);
    await expect(world.sign(id, given.approver)).rejects.toEqual(refused('contracts.milestone-outside-term'));
  });

  it('has the milestones of its last terms, in their order', async () => {
    const { id } = await world.draft();
    await world.setTerms(id, { milestones: world.parts(3) });
    await world.setTerms(id);
    const { milestones, version } = await world.read(id);
    expect(milestones).toMatchObject([
      {
        position: 1,
        title: '第1期',
        amountFen: HALF_FEN,
        dueOn: world.day(10),
        acceptanceDueOn: world.day(15),
      },
      {
        position: 2,
        title: '第2期',
        amountFen: HALF_FEN,
        dueOn: world.day(11),
        acceptanceDueOn: world.day(16),
      },
    ]);
    expect(version).toBe(3);
  });

  it('is signed on its last day and not on the day after, nor with a supplier who is suspended', async () => {
    const { id, supplier } = await world.draft();
    const until = (days: number) => ({
      startsOn: world.day(-30),
      endsOn: world.day(days),
      milestones: [
        {
          title: '全部',
          amount: Money.fen(AMOUNT_FEN),
          dueOn: world.day(-20),
          acceptanceDueOn: world.day(-10),
        },
      ],
    });
    await world.setTerms(id, until(-1));
    await expect(world.sign(id, given.approver)).rejects.toEqual(refused('contracts.term-over'));
    await world.setTerms(id, until(0));
    const { organizationId } = supplier;
    await test.as(given.civilAffairs, () =>
      test.get(SuspendOrganization).execute({ organizationId, reason: '年检未通过' }),
    );
    try {
      await expect(world.sign(id, given.approver)).rejects.toEqual(refused('organizations.not-a-supplier'));
    } finally {
      // The other tests award to the same supplier.
      await test.as(given.civilAffairs, () => test.get(ReinstateOrganization).execute({ organizationId }));
    }
    expect(await world.sign(id, given.approver)).toMatchObject({ state: 'part-signed' });
  });

  it('is signed once by each side, also when everybody signs at once', async () => {
    const { id, supplier } = await world.draft();
    await world.setTerms(id);
    const { version } = await world.read(id);
    const signers = [given.approver, given.awarder, supplier.admin, supplier.admin];
    const results = await Promise.allSettled(
      signers.map((by) => test.as(by, () => test.get(SignContract).execute(id, version))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.read(id)).signedBy).toHaveLength(1);
  });

  it('binds with the second signature: only then the tender is done, clocks run and others are told', async () => {
    const { id, tenderId, supplier } = await world.draft();
    await world.setTerms(id);
    const followed = async () => ({
      tender: (await test.sql('SELECT state FROM procurement.tender WHERE id = $1', [tenderId]))[0],
      clocks: (await world.clocksOf(id)).map(({ rule, isMet }) => `${rule} ${isMet}`),
      told: (await world.eventsOf('contractId', id)).slice(1),
    });
    await world.sign(id, supplier.admin);
    expect(await followed()).toEqual({
      tender: { state: 'awarded' },
      clocks: ['contracts.sign false'],
      told: [],
    });
    await world.sign(id, given.approver);
    expect(await followed()).toEqual({
      tender: { state: 'contracted' },
      clocks: ['contracts.file-with-finance false', 'contracts.publish false', 'contracts.sign true'],
      told: ['contracts.contract-signed.v1'],
    });
  });

  it('is signed in the words that stand, its milestones in their order', async () => {
    const { id, supplier } = await world.draft();
    await world.setTerms(id, { milestones: world.parts(3) });
    await world.sign(id, given.approver);
    await world.sign(id, supplier.admin);
    const contract = await test.uow.manager.findOneByOrFail(Contract, { id });
    const milestones = await test.uow.manager.findBy(Milestone, { contractId: id });
    milestones.sort((one, other) => one.position - other.position);
    const terms_hash = termsHash(agreedOn(contract, milestones));
    expect(
      await test.sql(
        'SELECT side, terms_hash FROM contracts.signature WHERE contract_id = $1 ORDER BY side',
        [id],
      ),
    ).toEqual([
      { side: 'buyer', terms_hash },
      { side: 'supplier', terms_hash },
    ]);
  });

  it('becomes active on the first day of its term in China, once', async () => {
    const { id, supplier } = await world.draft();
    await world.setTerms(id, { startsOn: world.day(3) });
    await world.sign(id, given.approver);
    await world.sign(id, supplier.admin);
    const [timer] = await test.sql<{ run_at: Date }>(
      "SELECT run_at FROM platform.task WHERE handler = 'contracts.activate-contract' AND key = $1",
      [id],
    );
    expect(timer?.run_at).toEqual(startOfChinaDay(world.day(3)));
    await test.settle();
    expect(await world.statesOf(id)).toEqual(['signed', 'planned', 'planned']);
    const activate = () =>
      test.asSystem(() => test.uow.run(() => test.get(ActivateContractJob).run({ contractId: id })));
    await activate();
    const { version } = await world.read(id);
    await activate();
    expect(await world.read(id)).toMatchObject({ state: 'active', version });
  });

  it('does nothing before it is active, and answers strangers as if it were not there', async () => {
    const { id, supplier } = await world.draft();
    await world.setTerms(id);
    const milestoneId = (await world.read(id)).milestones[0]?.id ?? '';
    await expect(world.deliver(milestoneId, supplier.admin)).rejects.toEqual(refused('contracts.not-active'));
    const [stranger] = (await given.suppliers(3)).filter(
      ({ organizationId }) => organizationId !== supplier.organizationId,
    );
    const notFound = refused('platform.not-found');
    await expect(world.deliver(milestoneId, stranger?.admin ?? world.acceptor)).rejects.toEqual(notFound);
    await expect(world.sign(id, given.official('approver', '330102'))).rejects.toEqual(notFound);
    await expect(world.accept(milestoneId, given.official('acceptor', '330102'))).rejects.toEqual(notFound);
  });

  it('answers not found when its milestones are written anew at that moment', async () => {
    const { id, supplier } = await world.draft();
    const milestoneId = (await world.read(id)).milestones[0]?.id ?? '';
    const { version } = await world.read(id);
    // The terms change between the look-up of the milestone and the lock on its contract.
    const { rows } = test.get(Register) as unknown as { rows: EntityRows };
    const lock = rows.lock.bind(rows);
    rows.lock = async (entity, ids) => {
      rows.lock = lock;
      await test.uow.apart(() =>
        test.as(given.purchaser, () => test.get(SetTerms).execute(id, version, world.terms())),
      );
      return lock(entity, ids);
    };
    const [lookedUp] = await Promise.allSettled([world.deliver(milestoneId, supplier.admin)]);
    expect(lookedUp).toMatchObject({
      status: 'rejected',
      reason: { code: platformErrors.notFound().code },
    });
  });
});
