import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sqlState } from '../../../platform/database/database-error.js';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type GivenTender, type OpenedTender, type Supplier } from '../../../../test/support/given.js';
import { WallTrier } from '../../../../test/support/walls.js';
import { AppointEvaluators } from '../evaluating/appoint-evaluators.js';
import { DeclareInterests } from '../evaluating/declare-interests.js';
import { BidReads } from './bids.read.js';

describe('the parties of a bid', () => {
  let test: TestApp;
  let given: Given;
  let trier: WallTrier;
  let sealed: GivenTender;
  let opened: OpenedTender;
  let stranger: Supplier;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
    sealed = await given.publishedTender();
    for (const supplier of await given.suppliers(2)) await given.bid(sealed.tenderId, supplier, 15_000_000);
    opened = await given.openedTender();
    stranger = await given.approvedSupplier();
    trier = await WallTrier.connect(test.database.url);
  });
  afterAll(async () => {
    await trier.end();
    await test.stop();
  });

  const partiesOf = (tenderId: string) =>
    test.sql<{ bid: string; organization: string; lead: boolean; share: number }>(
      `SELECT bid_id AS bid, organization_id AS organization, lead, share_basis_points AS share
       FROM procurement.bid_party WHERE tender_id = $1 ORDER BY bid_id`,
      [tenderId],
    );
  /** A partner who joins a bid by hand, which no use case can do yet. */
  const join = (bidId: string, organizationId: string) =>
    given.asDatabaseAdministrator(
      `INSERT INTO procurement.bid_party (bid_id, lot_id, tender_id, organization_id, lead, share_basis_points)
       SELECT bid_id, lot_id, tender_id, '${organizationId}', false, 4000 FROM procurement.bid_party WHERE bid_id = '${bidId}'`,
    );

  it('are the organization that handed it in, which leads, and nobody else', async () => {
    expect(await partiesOf(opened.tenderId)).toEqual(
      opened.bids
        .map(({ bidId, supplier }) => ({
          ...{ bid: bidId, organization: supplier.organizationId },
          ...{ lead: true, share: 10_000 },
        }))
        .sort((a, b) => (a.bid < b.bid ? -1 : 1)),
    );
  });

  it('are not there before the opening, not even for the bidder, and cannot be put there', async () => {
    expect(await partiesOf(sealed.tenderId)).toEqual([]);
    const [supplier] = await given.suppliers(1);
    const added = test.uow.run(async () => {
      await test.sql("SELECT set_config('linqiao.organization_id', $1, true)", [supplier?.organizationId]);
      await test.sql(
        `INSERT INTO procurement.bid_party (bid_id, lot_id, tender_id, organization_id, lead, share_basis_points)
         SELECT gen_random_uuid(), id, tender_id, $2, true, 10000 FROM procurement.lot WHERE tender_id = $1`,
        [sealed.tenderId, supplier?.organizationId],
      );
    });
    const error: unknown = await added.catch((reason: unknown) => reason);
    expect([sqlState(error), /row-level security/.test(String(error))]).toEqual(['42501', true]);
    // And whatever else put them there, nobody would see them.
    await trier.undone(
      `SET LOCAL session_replication_role = replica;
       UPDATE procurement.bid_party SET tender_id = '${sealed.tenderId}' WHERE tender_id = '${opened.tenderId}';
       SET LOCAL session_replication_role = origin`,
      async () => {
        const count = () =>
          trier.rows(
            `SELECT count(*)::int AS n FROM procurement.bid_party WHERE tender_id = '${sealed.tenderId}'`,
          );
        expect(await count()).toEqual([{ n: 3 }]);
        await trier.rows('SET LOCAL ROLE linqiao_app');
        expect(await count()).toEqual([{ n: 0 }]);
      },
    );
  });

  it('have exactly one that leads: a bid is kept with no other number of them', async () => {
    const [bid] = opened.bids;
    const copied = (parties: string) =>
      trier.outcome(
        `WITH copied AS (
           INSERT INTO procurement.bid (id, tender_id, lot_id, organization_id, offer_fen, responses, files, state, sealed_at)
           SELECT gen_random_uuid(), tender_id, lot_id, buyer.id, 1, '{}', '[]', 'opened', now()
           FROM procurement.bid b, LATERAL (SELECT id FROM organizations.organization WHERE kind = 'state-organ' LIMIT 1) buyer
           WHERE b.id = $1 RETURNING *)
         INSERT INTO procurement.bid_party (bid_id, lot_id, tender_id, organization_id, lead, share_basis_points)
         SELECT copied.id, copied.lot_id, copied.tender_id, party.id, party.lead, 5000 FROM copied, LATERAL (${parties}) party (id, lead)`,
        [bid?.bidId],
      );
    const [itself, partner] = ['SELECT copied.organization_id', `SELECT '${stranger.organizationId}'::uuid`];
    const of = (leads: boolean, other: boolean) => `${itself}, ${leads} UNION ALL ${partner}, ${other}`;
    expect(await copied(of(true, false))).toBe('passes');
    expect(await copied(`${itself}, true`)).toBe('passes');
    expect(await copied(of(true, true))).toBe('bid_party_one_lead');
    expect(await copied(of(false, false))).toBe('bid_led_by_its_organization');
    // Somebody leads, but not the organization that stands on the bid.
    expect(await copied(of(false, true))).toBe('bid_led_by_its_organization');
  });

  it('stay as they were opened: nobody joins, leaves or shares anew', async () => {
    for (const change of [
      'UPDATE procurement.bid_party SET share_basis_points = 1',
      'DELETE FROM procurement.bid_party',
    ])
      await expect(test.sql(change)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('are bidders all of them: their people neither sit on the committee nor clear themselves', async () => {
    const tender = await given.openedTender();
    const partner = await given.approvedSupplier();
    const evaluators = await given.evaluators();
    const [insider] = evaluators;
    if (!insider) throw new Error('Evaluators were asked for');
    const appoint = () =>
      test.as(given.purchaser, () =>
        test.get(AppointEvaluators).execute(
          tender.tenderId,
          evaluators.map(({ accountId }) => accountId),
        ),
      );
    const works = { role: 'organization-staff' as const, organizationId: partner.organizationId };
    const declares = () =>
      test.as({ ...insider, memberships: [...insider.memberships, works] }, () =>
        test.get(DeclareInterests).execute(tender.tenderId, []),
      );
    await join(tender.bids[0]?.bidId ?? '', partner.organizationId);
    expect(await test.get(BidReads).bidders(tender.tenderId)).toEqual(
      [partner, ...tender.bids.map(({ supplier }) => supplier)]
        .map(({ organizationId }) => organizationId)
        .sort(),
    );
    await appoint();
    expect(await declares()).toEqual({ cleared: false });
  });
});
