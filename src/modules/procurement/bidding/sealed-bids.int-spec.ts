import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { DataChecks } from '../../../platform/checks/data-check.js';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type Supplier } from '../../../../test/support/given.js';
import { toEnvelope } from './bid-content.js';
import { CloseAndOpenJob } from './close-and-open.job.js';
import { OwnBidReads } from './own-bid.read.js';
import { OpenedBidReads } from '../evaluating/opened-bids.read.js';
import { EnvelopeStore } from './envelope-store.js';
import { SubmitBid } from './submit-bid.js';
import { WithdrawBid } from './withdraw-bid.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('sealed bids', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const withdraw = (tenderId: string, supplier: Supplier) =>
    test.as(supplier.admin, () => test.get(WithdrawBid).execute(tenderId, {}));
  const ownBid = (tenderId: string, supplier: Supplier) =>
    test.as(supplier.admin, () => test.get(OwnBidReads).own(tenderId, undefined));
  const stateOf = async (tenderId: string) =>
    (await test.sql<{ state: string }>('SELECT state FROM procurement.tender WHERE id = $1', [tenderId]))[0]
      ?.state;
  const envelopesSeenBy = (tenderId: string, organizationId?: string) =>
    test.uow.run(async () => {
      if (organizationId !== undefined)
        await test.sql("SELECT set_config('linqiao.organization_id', $1, true)", [organizationId]);
      return test.sql<{ organization_id: string }>(
        'SELECT organization_id FROM procurement.bid_envelope WHERE tender_id = $1',
        [tenderId],
      );
    });

  it('takes any number of bids from a supplier, gives a receipt for each and keeps the last', async () => {
    const { tenderId } = await given.publishedTender();
    const [supplier] = await given.suppliers(1);
    if (!supplier) throw new Error('One supplier was asked for');
    const first = await given.bid(tenderId, supplier, 17_000_000);
    const second = await given.bid(tenderId, supplier, 16_500_000);
    expect([first.revision, second.revision]).toEqual([1, 2]);
    expect(second.bidId).toBe(first.bidId);
    const own = await ownBid(tenderId, supplier);
    expect(own.receipt).toEqual(second);
    expect(own.content?.offerFen).toBe(16_500_000);
    // The bidder can compute the receipt's hash from what they handed in.
    expect(toEnvelope(own.content ?? { offerFen: 0, responses: {}, files: [] }).sha256).toBe(second.sha256);
    expect(await withdraw(tenderId, supplier)).toMatchObject({ action: 'withdrawn', revision: 3 });
    expect(await withdraw(tenderId, supplier)).toMatchObject({ action: 'withdrawn', revision: 3 });
    expect(await given.bid(tenderId, supplier, 16_400_000)).toMatchObject({ action: 'sealed', revision: 4 });
  });

  it('refuses what does not fit the file, the buyer and strangers', async () => {
    const { tenderId } = await given.publishedTender();
    const [supplier] = await given.suppliers(1);
    if (!supplier) throw new Error('One supplier was asked for');
    const submit = (offerFen: number, responses: Record<string, string>, person = supplier.admin) =>
      test.as(person, () =>
        test.get(SubmitBid).execute(tenderId, { offer: Money.fen(offerFen), responses, fileIds: [] }),
      );
    const full = { plan: '方案', team: '团队' };
    await expect(submit(20_000_001, full)).rejects.toEqual(refused('procurement.bid-over-ceiling'));
    await expect(submit(1, { plan: '方案' })).rejects.toEqual(
      refused('procurement.bid-responses-incomplete'),
    );
    await expect(submit(1, { ...full, extra: '额外' })).rejects.toEqual(
      refused('procurement.bid-responses-incomplete'),
    );
    const buyer = await given.buyer();
    const insider = await given.account();
    const asBuyer = {
      ...insider,
      memberships: [{ role: 'organization-admin' as const, organizationId: buyer }],
    };
    await expect(submit(1, full, asBuyer)).rejects.toEqual(refused('procurement.buyer-may-not-bid'));
    await expect(submit(1, full, insider)).rejects.toEqual(refused('platform.not-found'));
    const draft = await given.draftedTender();
    await expect(
      test.as(supplier.admin, () =>
        test.get(SubmitBid).execute(draft.tenderId, { offer: Money.fen(1), responses: full, fileIds: [] }),
      ),
    ).rejects.toEqual(refused('platform.not-found'));
  });

  it('shows an envelope to its organization only, whatever the code asks the database', async () => {
    const { tenderId } = await given.publishedTender();
    const [a, b, c] = await given.suppliers(3);
    if (!a || !b || !c) throw new Error('Three suppliers were asked for');
    await given.bid(tenderId, a, 17_000_000);
    await given.bid(tenderId, b, 16_000_000);
    expect(await envelopesSeenBy(tenderId)).toEqual([]);
    expect(await envelopesSeenBy(tenderId, a.organizationId)).toEqual([
      { organization_id: a.organizationId },
    ]);
    expect(await envelopesSeenBy(tenderId, c.organizationId)).toEqual([]);
    // The setting ended with its transaction, on every connection of the pool.
    for (const rows of await Promise.all(Array.from({ length: 20 }, () => envelopesSeenBy(tenderId))))
      expect(rows).toEqual([]);
    const forged = test.uow.run(async () => {
      await test.sql("SELECT set_config('linqiao.organization_id', $1, true)", [c.organizationId]);
      return test.sql('UPDATE procurement.bid_envelope SET revision = 99 WHERE tender_id = $1 RETURNING id', [
        tenderId,
      ]);
    });
    expect(await forged).toEqual([]);
    await expect(test.sql('DELETE FROM procurement.bid_envelope')).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
  });

  it('would show them without row-level security (the control of the test above)', async () => {
    const { tenderId } = await given.publishedTender();
    const [a] = await given.suppliers(1);
    if (!a) throw new Error('One supplier was asked for');
    await given.bid(tenderId, a, 17_000_000);
    const seenWithout = await given.withoutGuard(
      {
        off: 'ALTER TABLE procurement.bid_envelope DISABLE ROW LEVEL SECURITY',
        on: 'ALTER TABLE procurement.bid_envelope ENABLE ROW LEVEL SECURITY',
      },
      () => envelopesSeenBy(tenderId),
    );
    expect(seenWithout).toEqual([{ organization_id: a.organizationId }]);
    expect(await envelopesSeenBy(tenderId)).toEqual([]);
  });

  it('refuses bids and withdrawals after the deadline by database time, in the use case and in the database', async () => {
    const { tenderId } = await given.publishedTender();
    const [a, b] = await given.suppliers(2);
    if (!a || !b) throw new Error('Two suppliers were asked for');
    await given.bid(tenderId, a, 17_000_000);
    // Nothing is closed yet: the state still says published, only the time is over.
    await given.deadlinePasses([tenderId]);
    expect(await stateOf(tenderId)).toBe('published');
    await expect(given.bid(tenderId, a, 1)).rejects.toEqual(refused('procurement.bidding-closed'));
    await expect(given.bid(tenderId, b, 1)).rejects.toEqual(refused('procurement.bidding-closed'));
    await expect(withdraw(tenderId, a)).rejects.toEqual(refused('procurement.bidding-closed'));
    const byHand = test.uow.run(() =>
      test
        .get(EnvelopeStore)
        .seal(
          { tenderId, organizationId: b.organizationId, accountId: 'x' },
          toEnvelope({ offerFen: 1, responses: {}, files: [] }),
        ),
    );
    await expect(byHand).rejects.toEqual(refused('procurement.bidding-closed'));
    expect((await ownBid(tenderId, a)).content?.offerFen).toBe(17_000_000);
    await test.settle();
    expect(await stateOf(tenderId)).toBe('failed');
  });

  it('does not open before the deadline, whoever asks', async () => {
    const { tenderId } = await given.publishedTender();
    await expect(test.asSystem(() => test.get(CloseAndOpenJob).run({ tenderId }))).rejects.toThrow(
      'not over',
    );
    expect(await stateOf(tenderId)).toBe('published');
    const read = (person: Parameters<TestApp['as']>[0]) =>
      test.as(person, () => test.get(OpenedBidReads).opened(tenderId));
    await expect(read(given.purchaser)).rejects.toEqual(refused('procurement.bids-sealed'));
  });

  it('opens all bids at the deadline in one transaction, and only then tells what happened before', async () => {
    const tender = await given.openedTender();
    const bids = await test.as(given.approver, () => test.get(OpenedBidReads).opened(tender.tenderId));
    expect(bids.map(({ id, offerFen }) => [id, offerFen])).toEqual(
      tender.bids.map(({ bidId, offerFen }) => [bidId, offerFen]),
    );
    expect(bids[0]).toMatchObject({
      state: 'opened',
      responses: [
        { criterionId: 'plan', text: '服务方案' },
        { criterionId: 'team', text: '团队情况' },
      ],
    });
    const audit = await test.sql<{ action: string }>(
      "SELECT action FROM platform.audit_entry WHERE object_type = 'bid' AND after ->> 'tenderId' = $1 ORDER BY id",
      [tender.tenderId],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      ...Array<string>(3).fill('procurement.seal-bid'),
      ...Array<string>(3).fill('procurement.open-bid'),
    ]);
    const [opened] = await test.sql<{ payload: unknown }>(
      "SELECT payload FROM platform.outbox_event WHERE type = 'procurement.bids-opened.v1' AND payload ->> 'tenderId' = $1",
      [tender.tenderId],
    );
    expect(opened?.payload).toEqual({ tenderId: tender.tenderId, bidCount: 3 });
    await test.asSystem(() => test.get(CloseAndOpenJob).run({ tenderId: tender.tenderId }));
    expect(await stateOf(tender.tenderId)).toBe('opened');
  });

  it('opens all or none: a failure in the middle leaves every bid sealed', async () => {
    const { tenderId } = await given.publishedTender();
    const suppliers = await given.suppliers(3);
    for (const supplier of suppliers) await given.bid(tenderId, supplier, 15_000_000);
    // Writing the third opened bid fails.
    const lost = suppliers[2]?.organizationId ?? '';
    await given.deadlinePasses([tenderId]);
    await given.withoutGuard(
      {
        off: `ALTER TABLE procurement.bid ADD CONSTRAINT bid_for_this_test CHECK (organization_id <> '${lost}') NOT VALID`,
        on: 'ALTER TABLE procurement.bid DROP CONSTRAINT bid_for_this_test',
      },
      () => test.settle(),
    );
    expect(await stateOf(tenderId)).toBe('published');
    expect(await envelopesSeenBy(tenderId)).toEqual([]);
    expect(await test.sql('SELECT id FROM procurement.bid WHERE tender_id = $1', [tenderId])).toEqual([]);
    await test.sql("UPDATE platform.task SET run_at = now() WHERE key = $1 AND state = 'waiting'", [
      tenderId,
    ]);
    await test.settle();
    expect(await stateOf(tenderId)).toBe('opened');
  });

  it('fails a tender with too few bids, gives its money back and leaves the envelopes closed', async () => {
    const tender = await given.publishedTender();
    const [a, b, c] = await given.suppliers(3);
    if (!a || !b || !c) throw new Error('Three suppliers were asked for');
    for (const supplier of [a, b, c]) await given.bid(tender.tenderId, supplier, 15_000_000);
    await withdraw(tender.tenderId, c);
    await given.deadlinePasses([tender.tenderId]);
    await test.settle();
    const rows = await test.sql(
      'SELECT state, end_reason_code, opened_at FROM procurement.tender WHERE id = $1',
      [tender.tenderId],
    );
    expect(rows).toEqual([{ state: 'failed', end_reason_code: 'too-few-bids', opened_at: null }]);
    expect((await test.get(BudgetsApi).balances(tender.lineId)).reserved.toFen()).toBe(0);
    expect(await envelopesSeenBy(tender.tenderId)).toEqual([]);
    await expect(
      test.as(given.purchaser, () => test.get(OpenedBidReads).opened(tender.tenderId)),
    ).rejects.toEqual(refused('procurement.bids-sealed'));
    expect((await ownBid(tender.tenderId, a)).content?.offerFen).toBe(15_000_000);
    const [item] = await test.sql('SELECT state FROM procurement.plan_item WHERE id = $1', [
      tender.planItemId,
    ]);
    expect(item).toEqual({ state: 'ready' });
  });

  it('records a bid that cannot be read instead of dropping it', async () => {
    const { tenderId } = await given.publishedTender();
    const [a, b, c] = await given.suppliers(3);
    if (!a || !b || !c) throw new Error('Three suppliers were asked for');
    for (const supplier of [a, b]) await given.bid(tenderId, supplier, 15_000_000);
    const broken = {
      ...toEnvelope({ offerFen: 1, responses: {}, files: [] }),
      bytes: Buffer.from('{"offerFen":'),
    };
    const sha256 = createHash('sha256').update(broken.bytes).digest('hex');
    await test.uow.run(() =>
      test
        .get(EnvelopeStore)
        .seal(
          { tenderId, organizationId: c.organizationId, accountId: c.admin.accountId },
          { ...broken, sha256 },
        ),
    );
    await given.deadlinePasses([tenderId]);
    await test.settle();
    const bids = await test.as(given.purchaser, () => test.get(OpenedBidReads).opened(tenderId));
    expect(bids.map(({ state }) => state).sort()).toEqual(['opened', 'opened', 'unreadable']);
  });

  it('leaves data that every check accepts, while bids are sealed, opened, and too few', async () => {
    const [sealed, failed] = [await given.publishedTender(), await given.publishedTender()];
    await given.openedTender();
    const [supplier] = await given.suppliers(1);
    if (!supplier) throw new Error('One supplier was asked for');
    for (const { tenderId } of [sealed, failed]) await given.bid(tenderId, supplier, 15_000_000);
    await given.deadlinePasses([failed.tenderId]);
    await test.settle();
    expect([await stateOf(sealed.tenderId), await stateOf(failed.tenderId)]).toEqual(['published', 'failed']);
    const results = await test.get(DataChecks).runAll();
    expect(results.filter(({ offending }) => offending.length > 0)).toEqual([]);
  });
});
