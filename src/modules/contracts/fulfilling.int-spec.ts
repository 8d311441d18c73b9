import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { endOfChinaDay, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import type { TestApp } from '../../../test/support/app.js';
import type { Given, Person } from '../../../test/support/given.js';
import { type ActiveContract, AMOUNT_FEN, ContractWorld, HALF_FEN } from './contracts.test-support.js';
import { DeliveryReads } from './delivery/deliveries.read.js';

const refused = (code: string) => expect.objectContaining({ code });
/** So many tests may each take a milestone of their own out of one contract. */
const PARTS = 20;

describe('a contract that is being fulfilled', () => {
  let world: ContractWorld;
  let test: TestApp;
  let given: Given;
  let shared: ActiveContract;
  let taken = 0;
  let milestoneId: string;
  beforeAll(async () => {
    world = await ContractWorld.begin();
    ({ test, given } = world);
    shared = await world.active({ milestones: world.parts(PARTS) });
  });
  afterAll(async () => {
    expect(await world.end()).toEqual([]);
  });
  beforeEach(() => {
    milestoneId = shared.milestoneIds[taken] ?? '';
    taken += 1;
  });

  const stateOf = async () => {
    const [row] = await test.sql<{ state: string }>('SELECT state FROM contracts.milestone WHERE id = $1', [
      milestoneId,
    ]);
    return row?.state;
  };
  const delivered = () => world.deliver(milestoneId, shared.supplier.admin);
  const clockOf = async (id: string) => (await world.clocksOf(id))[0]?.started;

  it('accepts, pays and accrues a milestone once, however many try', async () => {
    const { id, milestoneIds, supplier, lineId } = await world.active();
    const [first] = milestoneIds;
    await world.deliver(first, supplier.admin);
    const accepted = await Promise.allSettled([1, 2, 3, 4].map(() => world.accept(first)));
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await test.get(BudgetsApi).balances(lineId)).accrued.toFen()).toBe(HALF_FEN);
    const paid = await Promise.allSettled([1, 2, 3, 4].map(() => world.pay(first)));
    expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await test.get(BudgetsApi).balances(lineId)).inPayment.toFen()).toBe(HALF_FEN);
    expect(await world.statesOf(id)).toEqual(['active', 'payment-requested', 'planned']);
  });

  it('goes back for rework and is delivered again; what was not delivered is neither accepted nor paid', async () => {
    const wrongState = refused('state.wrong-state');
    await expect(world.accept(milestoneId)).rejects.toEqual(wrongState);
    await expect(world.pay(milestoneId)).rejects.toEqual(wrongState);
    const first = await delivered();
    await expect(delivered()).rejects.toEqual(wrongState);
    await world.reject(milestoneId, world.acceptor, first.deliveryId);
    const second = await delivered();
    const stale = { deliveryId: first.deliveryId };
    await expect(world.accept(milestoneId, world.acceptor, stale)).rejects.toEqual(
      refused('platform.version-mismatch'),
    );
    await expect(world.reject(milestoneId, world.acceptor, first.deliveryId)).rejects.toEqual(
      refused('platform.version-mismatch'),
    );
    await world.accept(milestoneId, world.acceptor, { deliveryId: second.deliveryId.toUpperCase() });
    await expect(world.reject(milestoneId)).rejects.toEqual(wrongState);
    expect(await stateOf()).toBe('accepted');
    const shown = await test.as(world.acceptor, () => test.get(DeliveryReads).list(shared.id));
    expect(shown.filter((delivery) => delivery.milestoneId === milestoneId)).toMatchObject([
      { id: first.deliveryId, outcome: 'rejected', outcomeNote: '材料不全' },
      { id: second.deliveryId, outcome: 'accepted', opinions: [{ satisfied: true }] },
    ]);
  });

  it('decides on the last delivery when nobody says on which', async () => {
    await delivered();
    await world.reject(milestoneId);
    const { deliveryId } = await delivered();
    await world.accept(milestoneId);
    const decided = await test.sql(
      "SELECT delivery_id, decided_by FROM contracts.acceptance WHERE milestone_id = $1 AND outcome = 'accepted'",
      [milestoneId],
    );
    expect(decided).toEqual([{ delivery_id: deliveryId, decided_by: world.acceptor.accountId }]);
  });

  it('decides on the delivery that is open, also when the clock has gone back since the one before', async () => {
    const first = await delivered();
    await world.reject(milestoneId);
    await given.asDatabaseAdministrator(
      `ALTER TABLE contracts.delivery DISABLE TRIGGER USER;
       UPDATE contracts.delivery SET delivered_at = delivered_at + interval '1 hour' WHERE id = '${first.deliveryId}';
       ALTER TABLE contracts.delivery ENABLE TRIGGER USER`,
    );
    const second = await delivered();
    await world.reject(milestoneId);
    const third = await delivered();
    await world.accept(milestoneId, world.acceptor, { deliveryId: third.deliveryId });
    const decided = await test.sql(
      'SELECT delivery_id, outcome FROM contracts.acceptance WHERE milestone_id = $1 ORDER BY id',
      [milestoneId],
    );
    expect(decided).toEqual([
      { delivery_id: first.deliveryId, outcome: 'rejected' },
      { delivery_id: second.deliveryId, outcome: 'rejected' },
      { delivery_id: third.deliveryId, outcome: 'accepted' },
    ]);
  });

  describe('keeps the hands apart:', () => {
    const supplierAccepts = refused('contracts.supplier-accepts');

    it('neither whoever delivered nor anybody of the supplier accepts or rejects', async () => {
      await delivered();
      const { admin, organizationId } = shared.supplier;
      const deliverer: Person = { accountId: admin.accountId, memberships: world.acceptor.memberships };
      const colleague: Person = {
        accountId: newId(),
        memberships: [...world.acceptor.memberships, { role: 'organization-staff', organizationId }],
      };
      for (const who of [deliverer, colleague]) {
        await expect(world.accept(milestoneId, who)).rejects.toEqual(supplierAccepts);
        await expect(world.reject(milestoneId, who)).rejects.toEqual(supplierAccepts);
      }
      expect(await stateOf()).toBe('delivered');
    });

    it('somebody of another organization may accept', async () => {
      await delivered();
      const [, other] = await given.suppliers(2);
      const member: Person = {
        accountId: newId(),
        memberships: [
          ...world.acceptor.memberships,
          { role: 'organization-staff', organizationId: other?.organizationId ?? '' },
        ],
      };
      await world.accept(milestoneId, member);
      expect(await stateOf()).toBe('accepted');
    });

    it('whoever accepted does not request the payment', async () => {
      await delivered();
      await world.accept(milestoneId);
      const payer: Person = {
        accountId: world.acceptor.accountId,
        memberships: given.finance.memberships,
      };
      await expect(world.pay(milestoneId, payer)).rejects.toEqual(refused('contracts.acceptor-pays'));
      expect(await stateOf()).toBe('accepted');
    });

    it('every step is for its own office, in the area of the contract', async () => {
      const notFound = refused('platform.not-found');
      for (const who of [world.acceptor, given.purchaser, (await given.approvedSupplier()).admin]) {
        await expect(world.deliver(milestoneId, who)).rejects.toEqual(notFound);
      }
      await delivered();
      for (const who of [given.finance, given.purchaser, given.official('acceptor', '330102')]) {
        await expect(world.accept(milestoneId, who)).rejects.toEqual(notFound);
        await expect(world.reject(milestoneId, who)).rejects.toEqual(notFound);
      }
      await world.accept(milestoneId);
      for (const who of [given.approver, given.purchaser, given.official('finance', '330102')]) {
        await expect(world.pay(milestoneId, who)).rejects.toEqual(notFound);
      }
    });
  });

  it('pays the supplier what the milestone is worth', async () => {
    await delivered();
    await world.accept(milestoneId);
    const { paymentId } = await world.pay(milestoneId);
    const [payment] = await test.sql(
      `SELECT payee_organization_id AS payee, amount_fen::int AS fen, accepted_by, requested_by, award_id
       FROM budgets.payment WHERE id = $1`,
      [paymentId],
    );
    expect(payment).toEqual({
      payee: shared.supplier.organizationId,
      fen: AMOUNT_FEN / PARTS,
      accepted_by: world.acceptor.accountId,
      requested_by: given.finance.accountId,
      award_id: shared.awardId,
    });
  });

  it('stops when it is terminated: nothing more is delivered, accepted or sent back', async () => {
    const { id, milestoneIds, supplier } = await world.active();
    const [first, second] = milestoneIds;
    await world.deliver(first, supplier.admin);
    await test.sql("UPDATE contracts.contract SET state = 'terminated' WHERE id = $1", [id]);
    const notActive = refused('contracts.not-active');
    await expect(world.accept(first)).rejects.toEqual(notActive);
    await expect(world.reject(first)).rejects.toEqual(notActive);
    await expect(world.deliver(second, supplier.admin)).rejects.toEqual(notActive);
    expect(await world.statesOf(id)).toEqual(['terminated', 'delivered', 'planned']);
  });

  it('is delivered with evidence of the deliverer’s own, or not at all', async () => {
    const [own, foreign] = [await given.upload(shared.supplier.admin), await given.upload(given.purchaser)];
    await expect(world.deliver(milestoneId, shared.supplier.admin, [own, foreign])).rejects.toEqual(
      refused('files.not-yours'),
    );
    expect(await stateOf()).toBe('planned');
    const { deliveryId } = await world.deliver(milestoneId, shared.supplier.admin, [own]);
    const attached = await test.sql('SELECT object_type, object_id FROM platform.file WHERE id = $1', [own]);
    expect(attached).toEqual([{ object_type: 'contracts.delivery', object_id: deliveryId }]);
  });

  it('owes the payment from the acceptance on when that is in time', async () => {
    await delivered();
    const before = new Date();
    await world.accept(milestoneId);
    const started = await clockOf(milestoneId);
    expect(started?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(started?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('owes the payment from the agreed time of acceptance on, however late it is accepted', async () => {
    const due = world.day(-10);
    const contract = await world.active({
      startsOn: world.day(-30),
      milestones: world.parts(2).map((milestone) => ({
        ...milestone,
        dueOn: world.day(-20),
        acceptanceDueOn: due,
      })),
    });
    const [first] = contract.milestoneIds;
    const { deliveryId } = await world.deliver(first, contract.supplier.admin);
    await given.asDatabaseAdministrator(
      `ALTER TABLE contracts.delivery DISABLE TRIGGER USER;
       UPDATE contracts.delivery SET delivered_at = delivered_at - interval '25 days' WHERE id = '${deliveryId}';
       ALTER TABLE contracts.delivery ENABLE TRIGGER USER`,
    );
    await world.accept(first);
    expect(await clockOf(first)).toEqual(endOfChinaDay(due));
  });

  it('needs the opinion of the users of a public service, and of nothing else', async () => {
    await delivered();
    const accept = () => world.accept(milestoneId, world.acceptor, { opinions: [] });
    await expect(accept()).rejects.toEqual(refused('contracts.opinions-required'));
    const kind = (serviceKind: string) =>
      test.sql('UPDATE contracts.contract SET service_kind = $2 WHERE id = $1', [shared.id, serviceKind]);
    await kind('auxiliary');
    try {
      await accept();
    } finally {
      await kind('public-service');
    }
    expect(await stateOf()).toBe('accepted');
  });
});
