import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetsApi } from '#modules/budgets';
import type { TestApp } from '../../../test/support/app.js';
import type { Given, Person } from '../../../test/support/given.js';
import { ContractsApi } from './contracts.api.js';
import { AMOUNT_FEN, ContractWorld, HALF_FEN } from './contracts.test-support.js';
import { DeliveryReads } from './delivery/deliveries.read.js';
import { MarkMilestonePaidWhenPaymentSettled } from './payment/mark-milestone-paid-when-payment-settled.handler.js';
import { ContractReads } from './terms/contracts.read.js';
import { DraftContractWhenTenderAwarded } from './terms/draft-contract-when-tender-awarded.handler.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('a contract', () => {
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

  it('runs from the award to the last payment, and the money with it', async () => {
    const { id, lineId, supplier } = await world.draft();
    expect(await world.statesOf(id)).toEqual(['draft', 'planned']);
    await world.setTerms(id);
    expect(await world.sign(id, given.approver)).toEqual({ side: 'buyer', state: 'part-signed' });
    expect(await world.sign(id, supplier.admin)).toEqual({ side: 'supplier', state: 'signed' });
    await test.settle();
    expect(await world.statesOf(id)).toEqual(['active', 'planned', 'planned']);
    for (const { id: milestoneId } of (await world.read(id)).milestones) {
      await world.deliver(milestoneId, supplier.admin);
      await world.accept(milestoneId);
      await world.pay(milestoneId);
    }
    await test.settle();
    expect(await world.statesOf(id)).toEqual(['completed', 'paid', 'paid']);
    const balances = await test.get(BudgetsApi).balances(lineId);
    expect([balances.paid.toFen(), balances.encumbered.toFen(), balances.accrued.toFen()]).toEqual([
      AMOUNT_FEN,
      0,
      0,
    ]);
    const hashes = await test.sql(
      'SELECT DISTINCT terms_hash FROM contracts.signature WHERE contract_id = $1',
      [id],
    );
    expect(hashes).toHaveLength(1);
  });

  it('is told step by step, in events, in the trail and on the legal clocks', async () => {
    const { id, milestoneIds, supplier } = await world.active();
    const [milestoneId] = milestoneIds;
    await world.deliver(milestoneId, supplier.admin);
    await world.reject(milestoneId);
    for (const one of milestoneIds) {
      await world.deliver(one, supplier.admin);
      await world.accept(one);
      await world.pay(one);
    }
    await test.settle();
    const [delivered, accepted, paid] = ['delivered', 'accepted', 'paid'].map(
      (what) => `contracts.milestone-${what}.v1`,
    );
    expect(await world.eventsOf('milestoneId', milestoneId)).toEqual([
      delivered,
      'contracts.milestone-rejected.v1',
      delivered,
      accepted,
      paid,
    ]);
    const ofContract = await world.eventsOf('contractId', id);
    expect(ofContract.filter((type) => type.includes('contract-'))).toEqual([
      'contracts.contract-drafted.v1',
      'contracts.contract-signed.v1',
      'contracts.contract-completed.v1',
    ]);
    expect(await world.trailOf(milestoneId)).toEqual([
      'contracts.plan planned',
      'contracts.deliver delivered',
      'contracts.reject rejected',
      'contracts.deliver delivered',
      'contracts.accept accepted',
      'contracts.request-payment payment-requested',
      'contracts.settle paid',
    ]);
    expect(await world.trailOf(id)).toEqual([
      'contracts.draft draft',
      'contracts.set-terms draft',
      'contracts.sign-first part-signed',
      'contracts.sign-second signed',
      'contracts.activate active',
      'contracts.complete completed',
    ]);
    expect((await world.clocksOf(id)).map(({ rule, isMet }) => `${rule} ${isMet}`)).toEqual([
      'contracts.file-with-finance false',
      'contracts.publish false',
      'contracts.sign true',
    ]);
    expect(await world.clocksOf(milestoneId)).toMatchObject([{ rule: 'contracts.pay', isMet: true }]);
  });

  it('is drafted once per award and paid once per payment, however often the event comes', async () => {
    const { awardId, milestoneIds, supplier, id } = await world.active();
    const again = () =>
      test.asSystem(() => test.uow.run(() => test.get(DraftContractWhenTenderAwarded).run({ awardId })));
    await again();
    expect(await test.sql('SELECT 1 FROM contracts.contract WHERE award_id = $1', [awardId])).toHaveLength(1);
    await world.deliver(milestoneIds[0], supplier.admin);
    await world.accept(milestoneIds[0]);
    await world.pay(milestoneIds[0]);
    await test.settle();
    await test.asSystem(() =>
      test.uow.run(() =>
        test
          .get(MarkMilestonePaidWhenPaymentSettled)
          .run({ milestoneId: milestoneIds[0], amountFen: HALF_FEN }),
      ),
    );
    expect(await world.statesOf(id)).toEqual(['active', 'paid', 'planned']);
    const events = await test.sql(
      `SELECT 1 FROM platform.outbox_event
       WHERE type = 'contracts.milestone-paid.v1' AND payload ->> 'milestoneId' = $1`,
      [milestoneIds[0]],
    );
    expect(events).toHaveLength(1);
  });

  it('that was terminated stays so when what was accepted before is paid, the last milestone included', async () => {
    const { id, milestoneIds, supplier } = await world.active();
    for (const milestoneId of milestoneIds) {
      await world.deliver(milestoneId, supplier.admin);
      await world.accept(milestoneId);
    }
    await test.sql("UPDATE contracts.contract SET state = 'terminated' WHERE id = $1", [id]);
    for (const milestoneId of milestoneIds) await world.pay(milestoneId);
    await test.settle();
    expect(await world.statesOf(id)).toEqual(['terminated', 'paid', 'paid']);
    expect(await world.eventsOf('contractId', id)).not.toContain('contracts.contract-completed.v1');
  });

  it('starts the clock of signing at the award, not when somebody gets to it', async () => {
    const { id, awardId } = await world.draft();
    const [row] = await test.sql<{ same: boolean }>(
      `SELECT d.started_at = date_trunc('milliseconds', a.awarded_at) AS same
       FROM platform.deadline d, procurement.award a
       WHERE d.rule_code = 'contracts.sign' AND d.subject_id = $1 AND a.id = $2`,
      [id, awardId],
    );
    expect(row?.same).toBe(true);
  });

  it('takes title, parties and amount from the award, its one milestone the beginning of a long title', async () => {
    const title = `${'长'.repeat(199)}𠮷${'长'.repeat(50)}`;
    const { id, awardId, supplier } = await world.draft({ file: { title } });
    const contract = await world.read(id);
    expect(contract).toMatchObject({
      title,
      amountFen: AMOUNT_FEN,
      serviceKind: 'public-service',
      version: 1,
    });
    expect(contract.milestones).toMatchObject([{ title: `${'长'.repeat(199)}𠮷`, amountFen: AMOUNT_FEN }]);
    expect(await test.get(ContractsApi).contract(id)).toMatchObject({
      awardId,
      buyerOrganizationId: await given.buyer(),
      supplierOrganizationId: supplier.organizationId,
      startsOn: null,
      state: 'draft',
    });
  });

  describe('being looked at', () => {
    const list = async (who: Person, filter: { state?: 'draft' | 'active' } = {}) => {
      const page = await test.as(who, () => test.get(ContractReads).list({ limit: 200, ...filter }));
      return page.items.map(({ id }) => id);
    };

    it('is listed for the officials of its area and the people of its supplier, the newest first', async () => {
      const [older, newer] = [await world.active(), await world.draft()];
      const ours = (ids: string[]) => ids.filter((id) => id === older.id || id === newer.id);
      const stranger = await given.approvedSupplier();
      for (const who of [given.purchaser, world.acceptor, older.supplier.admin]) {
        expect(ours(await list(who))).toEqual([newer.id, older.id]);
      }
      for (const who of [
        stranger.admin,
        given.official('purchaser', '330102'),
        given.official('evaluator'),
      ]) {
        expect(await list(who)).toEqual([]);
      }
      expect(ours(await list(given.purchaser, { state: 'active' }))).toEqual([older.id]);
      expect(ours(await list(given.purchaser, { state: 'draft' }))).toEqual([newer.id]);
    });

    it('is listed page by page, each once', async () => {
      await world.draft();
      await world.draft();
      const all = await list(given.purchaser);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await test.as(given.purchaser, () => test.get(ContractReads).list({ limit: 1, cursor }));
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(all);
    });

    it('answers everybody else as if it were not there, deliveries and their files, too', async () => {
      const { id, supplier, milestoneIds } = await world.active();
      const file = await given.upload(supplier.admin);
      const { deliveryId } = await world.deliver(milestoneIds[0], supplier.admin, [file]);
      await world.deliver(milestoneIds[1], supplier.admin);
      const other = await world.draft();
      const stranger = (await given.approvedSupplier()).admin;
      const deliveries = test.get(DeliveryReads);
      const evidence = (who: Person, contractId = id, fileId = file) =>
        test.as(who, () => deliveries.openEvidence(contractId, deliveryId, fileId));
      for (const who of [stranger, given.official('purchaser', '330102')]) {
        await expect(world.read(id, who)).rejects.toEqual(refused('platform.not-found'));
        await expect(test.as(who, () => deliveries.list(id))).rejects.toEqual(refused('platform.not-found'));
        await expect(evidence(who)).rejects.toEqual(refused('platform.not-found'));
      }
      await expect(evidence(given.purchaser, other.id)).rejects.toEqual(refused('platform.not-found'));
      await expect(evidence(given.purchaser, id, deliveryId)).rejects.toEqual(refused('platform.not-found'));
      for (const who of [given.purchaser, supplier.admin]) {
        const { file: opened, content } = await evidence(who);
        content.destroy();
        expect(opened.id).toBe(file);
        expect(await test.as(who, () => deliveries.list(id))).toMatchObject([
          { files: [{ id: file }] },
          { files: [] },
        ]);
      }
    });
  });
});
