import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { FileStore } from '#platform';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given, type Person, type Supplier, tenderFile } from '../../../../test/support/given.js';
import { eventsOf } from '../../../../test/support/trail.js';
import { FileGroup } from '../../organizations/decisions/file-group.js';
import { GatherGroup } from '../../organizations/registry/gather-group.js';
import { SuspendOrganization } from '../../organizations/decisions/suspend-organization.js';
import { MAX_BID_BYTES } from './bid-content.js';
import { CloseAndOpenJob } from './close-and-open.job.js';
import { EnvelopeStore } from './envelope-store.js';
import { BidReads } from './bids.read.js';
import { OwnBidReads } from './own-bid.read.js';
import { OpenedBidReads } from '../evaluating/opened-bids.read.js';
import { type BidToSubmit, SubmitBid } from './submit-bid.js';
import { WithdrawBid } from './withdraw-bid.js';

const refused = (code: string) => expect.objectContaining({ code });
const CEILING_FEN = 20_000_000;

describe('handing in a bid', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const submit = (tenderId: string, person: Person, bid: Partial<BidToSubmit> = {}) =>
    test.as(person, () =>
      test.get(SubmitBid).execute(tenderId, {
        offer: Money.fen(15_000_000),
        responses: { plan: '方案', team: '团队' },
        fileIds: [],
        ...bid,
      }),
    );
  const withdraw = (tenderId: string, { admin }: Supplier) =>
    test.as(admin, () => test.get(WithdrawBid).execute(tenderId, {}));
  const own = (tenderId: string, person: Person, organizationId?: string) =>
    test.as(person, () => test.get(OwnBidReads).own(tenderId, organizationId));
  const open = async (tenderId: string) => {
    await given.deadlinePasses([tenderId]);
    await test.asSystem(() => test.get(CloseAndOpenJob).run({ tenderId }));
  };
  const openedBids = (tenderId: string) =>
    test.as(given.approver, () => test.get(OpenedBidReads).opened(tenderId));
  const twoSuppliers = async () => (await given.suppliers(2)) as [Supplier, Supplier];
  const upload = (person: Person, text: string) =>
    test.as(person, async () => {
      const { id } = await test.get(FileStore).upload(`${text}.txt`, Readable.from([Buffer.from(text)]));
      return id;
    });

  const somebodyWaitsForALock = async () => {
    const [row] = await test.sql<{ waits: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
         WHERE NOT l.granted AND s.datname = current_database()) AS waits`,
    );
    return row?.waits ?? false;
  };

  it('is for suppliers that are admitted: not suspended, not pending, no group of neighbours', async () => {
    const { tenderId } = await given.publishedTender();
    const supplier = await given.approvedSupplier();
    await submit(tenderId, supplier.admin);
    await test.as(given.civilAffairs, () =>
      test
        .get(SuspendOrganization)
        .execute({ organizationId: supplier.organizationId, reason: '年度报告逾期' }),
    );
    await expect(submit(tenderId, supplier.admin)).rejects.toEqual(refused('organizations.not-a-supplier'));

    const neighbour = await given.account();
    const groupId = await test.as(neighbour, () =>
      test
        .get(GatherGroup)
        .execute({ name: '晚晴互助队', areaCode: `${DISTRICT}001`, purpose: '陪伴独居老人' }),
    );
    const asAdmin = {
      ...neighbour,
      memberships: [{ role: 'organization-admin' as const, organizationId: groupId }],
    };
    await expect(submit(tenderId, asAdmin)).rejects.toEqual(refused('organizations.not-a-supplier'));
    const [host] = await twoSuppliers();
    await test.as(given.civilAffairs, () =>
      test.get(FileGroup).execute({
        organizationId: groupId,
        fiscalHostId: host.organizationId,
        filingNumber: '清湾2026-07',
      }),
    );
    await expect(submit(tenderId, asAdmin)).rejects.toEqual(refused('organizations.not-a-supplier'));
  });

  it('takes an offer up to the ceiling, and a fixed price exactly', async () => {
    const [supplier] = await twoSuppliers();
    const { tenderId } = await given.publishedTender();
    await submit(tenderId, supplier.admin, { offer: Money.fen(CEILING_FEN) });
    await expect(submit(tenderId, supplier.admin, { offer: Money.fen(CEILING_FEN + 1) })).rejects.toEqual(
      refused('procurement.bid-over-ceiling'),
    );
    const criteria = tenderFile().criteria.map((criterion) =>
      criterion.id === 'plan'
        ? {
            ...criterion,
            max: '70',
            bands: [{ from: '0', to: '70', indicator: '方案覆盖采购需求条目的比例，每覆盖十分之一得七分' }],
          }
        : criterion,
    );
    const fixed = await given.publishedTender({ file: { priceRule: { kind: 'fixed' }, criteria } });
    await expect(
      submit(fixed.tenderId, supplier.admin, { offer: Money.fen(CEILING_FEN - 1) }),
    ).rejects.toEqual(refused('procurement.bid-not-fixed-price'));
    await submit(fixed.tenderId, supplier.admin, { offer: Money.fen(CEILING_FEN) });
  });

  it('needs an answer to each criterion; a blank one is none', async () => {
    const [supplier] = await twoSuppliers();
    const { tenderId } = await given.publishedTender();
    await expect(
      submit(tenderId, supplier.admin, { responses: { plan: '方案', team: ' \n' } }),
    ).rejects.toEqual(refused('procurement.bid-responses-incomplete'));
  });

  it('is refused in words when it is larger than an envelope, by the table too', async () => {
    const { tenderId } = await given.publishedTender();
    const [supplier] = await given.suppliers(1);
    if (!supplier) throw new Error('One supplier was asked for');
    const tooLarge = refused('procurement.bid-too-large');
    const { organizationId, admin } = supplier;
    await expect(
      test.as(admin, () =>
        test.get(SubmitBid).execute(tenderId, {
          offer: Money.fen(1),
          responses: { plan: '方'.repeat(400_000), team: '队' },
          fileIds: [],
        }),
      ),
    ).rejects.toEqual(tooLarge);
    const bytes = Buffer.alloc(MAX_BID_BYTES + 1, '1');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const byHand = test.uow.run(() =>
      test
        .get(EnvelopeStore)
        .seal(
          { tenderId, organizationId, accountId: admin.accountId },
          { format: 'plain-v1', bytes, sha256 },
        ),
    );
    await expect(byHand).rejects.toEqual(tooLarge);
  });

  it('is done for an organization of one’s own, which is named by whoever has several', async () => {
    const [one, other] = await twoSuppliers();
    const stranger = await given.approvedSupplier();
    const { tenderId } = await given.publishedTender();
    const both = { ...one.admin, memberships: [...one.admin.memberships, ...other.admin.memberships] };
    await expect(submit(tenderId, both)).rejects.toEqual(refused('procurement.organization-ambiguous'));
    await expect(submit(tenderId, both, { organizationId: stranger.organizationId })).rejects.toEqual(
      refused('platform.not-found'),
    );
    await submit(tenderId, both, { organizationId: other.organizationId, offer: Money.fen(14_000_000) });
    expect((await own(tenderId, other.admin)).content?.offerFen).toBe(14_000_000);
    await expect(own(tenderId, one.admin)).rejects.toEqual(refused('platform.not-found'));
    await expect(own(tenderId, one.admin, other.organizationId)).rejects.toEqual(
      refused('platform.not-found'),
    );
    // The same role twice in one organization is no question.
    const twice = { ...one.admin, memberships: [...one.admin.memberships, ...one.admin.memberships] };
    await submit(tenderId, twice);
  });

  it('counts again after a withdrawal, with the last offer and the time of it', async () => {
    const [a, b] = await twoSuppliers();
    const c = await given.approvedSupplier();
    const { tenderId } = await given.publishedTender();
    const first = await submit(tenderId, a.admin, { offer: Money.fen(17_000_000) });
    expect(await withdraw(tenderId, a)).toMatchObject({ action: 'withdrawn', revision: 2 });
    for (const supplier of [b, c]) await submit(tenderId, supplier.admin);
    const again = await submit(tenderId, a.admin, { offer: Money.fen(16_000_000) });
    expect(again).toMatchObject({ bidId: first.bidId, action: 'sealed', revision: 3 });
    expect(await own(tenderId, a.admin)).toMatchObject({ receipt: again, content: { offerFen: 16_000_000 } });
    await open(tenderId);
    const opened = await openedBids(tenderId);
    expect(opened).toHaveLength(3);
    expect(opened.find(({ id }) => id === first.bidId)).toMatchObject({ offerFen: 16_000_000 });
    const [sealed] = await test.sql<{ late: boolean }>(
      'SELECT sealed_at > $2::timestamptz AS late FROM procurement.bid WHERE id = $1',
      [first.bidId, first.at],
    );
    expect(sealed?.late).toBe(true);
  });

  it('is confirmed by a receipt with the time of the database, one for each act', async () => {
    const [supplier] = await twoSuppliers();
    const { tenderId } = await given.publishedTender();
    const now = async () =>
      (await test.sql<{ at: string }>("SELECT (clock_timestamp() AT TIME ZONE 'UTC')::text AS at"))[0]?.at ??
      '';
    const before = await now();
    const { at } = await submit(tenderId, supplier.admin);
    const after = await now();
    const plain = at.replace('T', ' ').replace('Z', '');
    expect([before <= plain.padEnd(26, '0'), plain <= after.padEnd(26, '0')]).toEqual([true, true]);
    const withdrawn = await withdraw(tenderId, supplier);
    expect(withdrawn).toMatchObject({ action: 'withdrawn', revision: 2 });
    // Withdrawing again is no act.
    expect(await withdraw(tenderId, supplier)).toEqual(withdrawn);
  });

  it('is withdrawn once by two colleagues at the same moment', async () => {
    const [supplier] = await twoSuppliers();
    const { tenderId } = await given.publishedTender();
    await submit(tenderId, supplier.admin);
    const [withdrawn, mayCommit] = [gate(), gate()];
    const first = test.as(supplier.admin, () =>
      test.uow.run(async () => {
        const receipt = await test.get(WithdrawBid).execute(tenderId, {});
        withdrawn.open();
        await mayCommit.passed;
        return receipt;
      }),
    );
    await withdrawn.passed;
    // The colleague still sees the bid sealed, and waits for the row.
    const second = withdraw(tenderId, supplier);
    while (!(await somebodyWaitsForALock())) await delay(5);
    mayCommit.open();
    const receipts = await Promise.all([first, second]);
    expect(receipts[0]).toMatchObject({ action: 'withdrawn', revision: 2 });
    expect(receipts[1]).toEqual(receipts[0]);
  });

  it('carries own uploads, those that the bid names and no others', async () => {
    const [supplier, rival] = await twoSuppliers();
    const { tenderId } = await given.publishedTender();
    const [named, unnamed, foreign] = [
      await upload(supplier.admin, 'named'),
      await upload(supplier.admin, 'unnamed'),
      await upload(rival.admin, 'foreign'),
    ];
    await expect(submit(tenderId, supplier.admin, { fileIds: [foreign] })).rejects.toEqual(
      refused('files.not-yours'),
    );
    await submit(tenderId, supplier.admin, { fileIds: [named, unnamed] });
    await submit(tenderId, supplier.admin, { fileIds: [named] });
    expect((await own(tenderId, supplier.admin)).content?.files.map(({ id }) => id)).toEqual([named]);
    const third = await given.approvedSupplier();
    for (const { admin } of [rival, third]) await submit(tenderId, admin);
    await open(tenderId);
    const bid = (await openedBids(tenderId)).find(
      ({ organizationId }) => organizationId === supplier.organizationId,
    );
    const read = async (fileId: string) =>
      test.as(given.approver, async () => {
        const { content } = await test.get(OpenedBidReads).openFile(tenderId, bid?.id ?? '', fileId);
        return (await content.toArray()).join('');
      });
    expect(await read(named)).toBe('named');
    // Of the organization, and uploaded for this bid once, but not in the bid that was opened.
    await expect(read(unnamed)).rejects.toEqual(refused('platform.not-found'));
    await expect(read(foreign)).rejects.toEqual(refused('platform.not-found'));
  });

  it('tells the modules above who bid, of this tender and after the opening only', async () => {
    const [one, other] = await twoSuppliers();
    const { tenderId } = await given.publishedTender();
    for (const { admin } of [one, other]) await submit(tenderId, admin);
    await given.openedTender();
    const bidders = async () =>
      (await test.get(BidReads).of(tenderId)).map(({ organizationId }) => organizationId).sort();
    expect(await bidders()).toEqual([]);
    const third = await given.approvedSupplier();
    await submit(tenderId, third.admin);
    await open(tenderId);
    expect(await bidders()).toEqual([one, other, third].map(({ organizationId }) => organizationId).sort());
  });

  it('is shown after the opening to officials of the area who deal with bids, to nobody elsewhere', async () => {
    const { tenderId } = await given.openedTender();
    const read = (person: Person) => test.as(person, () => test.get(OpenedBidReads).opened(tenderId));
    for (const role of ['purchaser', 'approver', 'supervisor', 'auditor'] as const)
      expect(await read(given.official(role))).toHaveLength(3);
    for (const person of [
      given.official('auditor', '999902'),
      given.official('finance'),
      given.official('evaluator'),
      (await twoSuppliers())[0].admin,
    ])
      await expect(read(person)).rejects.toEqual(refused('platform.not-found'));
  });

  describe('at the deadline', () => {
    it('closes by a timer a moment after the last instant of the bidders, not before it', async () => {
      const bidDeadline = new Date(Date.now() + 3_600_000);
      const { tenderId } = await given.publishedTender({ bidDeadline });
      const [timer] = await test.sql<{ at: Date }>(
        "SELECT run_at AS at FROM platform.task WHERE handler = 'procurement.close-and-open' AND key = $1",
        [tenderId],
      );
      expect(timer?.at.getTime()).toBe(bidDeadline.getTime() + 1);
    });

    it('opens once, however often the timer rings at the same moment', async () => {
      const { tenderId } = await given.publishedTender();
      for (const { admin } of await given.suppliers(3)) await submit(tenderId, admin);
      await given.deadlinePasses([tenderId]);
      const ring = () => test.asSystem(() => test.get(CloseAndOpenJob).run({ tenderId }));
      await Promise.all([ring(), ring(), ring()]);
      expect(await openedBids(tenderId)).toHaveLength(3);
      const told = (await eventsOf(test, 'tenderId', tenderId)).filter(
        ({ type }) => type === 'procurement.bids-opened.v1',
      );
      expect(told).toHaveLength(1);
    });

    it('waits for a bid that is being written, so that it is in with all the others', async () => {
      const { tenderId } = await given.publishedTender();
      const [a, b, late] = (await given.suppliers(3)) as [Supplier, Supplier, Supplier];
      for (const { admin } of [a, b]) await submit(tenderId, admin);
      const written = gate();
      const mayCommit = gate();
      const writing = test.as(late.admin, () =>
        test.uow.run(async () => {
          await test.get(SubmitBid).execute(tenderId, {
            offer: Money.fen(14_000_000),
            responses: { plan: '方案', team: '团队' },
            fileIds: [],
          });
          written.open();
          await mayCommit.passed;
        }),
      );
      await written.passed;
      await given.deadlinePasses([tenderId]);
      const opening = { done: false };
      const job = test
        .asSystem(() => test.get(CloseAndOpenJob).run({ tenderId }))
        .catch((error: unknown) => error)
        .finally(() => (opening.done = true));
      // Either it queues up behind the writer, or it goes ahead without them.
      while (!opening.done && !(await somebodyWaitsForALock())) await delay(5);
      const wentAhead = opening.done;
      mayCommit.open();
      await writing;
      expect(await job).toBeUndefined();
      expect(wentAhead).toBe(false);
      expect((await openedBids(tenderId)).map(({ offerFen }) => offerFen)).toContain(14_000_000);
    });
  });
});

function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
