import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { Given, type OpenedTender } from '../../../../test/support/given.js';
import { WallTrier } from '../../../../test/support/walls.js';
import { TenderReads } from '../tendering/tenders.read.js';
import type { Award } from './award-tender.js';
import { oneWinnerCheck } from './awarding.check.js';

/** No use case revokes an award yet; these are the tables and what is read from them. */
describe('a lot whose award was revoked', () => {
  let test: TestApp;
  let given: Given;
  let trier: WallTrier;
  let tender: OpenedTender & { award: Award };
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
    tender = await given.awardedTender();
    trier = await WallTrier.connect(test.database.url);
  });
  afterAll(async () => {
    await trier.end();
    await test.stop();
  });

  /** As whoever builds the revocation will have to: the first award revoked, and its bid with it. */
  const revoked = () =>
    `SET LOCAL session_replication_role = replica;
     UPDATE procurement.award SET revoked_at = awarded_at, revocation_reason = '成交供应商拒签合同' WHERE id = '${tender.award.awardId}';
     UPDATE procurement.bid SET state = CASE organization_id WHEN '${tender.bids[1]?.supplier.organizationId ?? ''}'
       THEN 'won' ELSE 'lost' END WHERE tender_id = '${tender.tenderId}';
     SET LOCAL session_replication_role = origin`;
  const awardSecond = (id = newId()) =>
    `INSERT INTO procurement.award (id, tender_id, lot_id, bid_id, organization_id, amount_fen, ceiling_fen, rank, reason,
       awarded_by, awarded_at)
     SELECT '${id}', b.tender_id, b.lot_id, b.id, b.organization_id, b.offer_fen, l.ceiling_fen, 2, '前一名拒签合同', 'x', now()
     FROM procurement.bid b JOIN procurement.lot l ON l.id = b.lot_id WHERE b.id = '${tender.bids[1]?.bidId ?? ''}'`;

  it('is awarded again, but never has two awards in force', async () => {
    expect(await trier.outcome(awardSecond())).toBe('award_one_live_per_lot');
    await trier.undone(revoked(), async () => {
      expect(await trier.outcome(awardSecond())).toBe('passes');
      await trier.undone(awardSecond(), async () => {
        expect(await trier.outcome(awardSecond())).toBe('award_one_live_per_lot');
      });
    });
  });

  it('has one winner, that of the award in force, for the nightly check', async () => {
    const found = async (...statements: string[]) => {
      let rows: Record<string, unknown>[] = [];
      await trier.undone(statements.join(';\n'), async () => {
        rows = await trier.findings(oneWinnerCheck);
      });
      return rows.length;
    };
    expect(await found('SELECT')).toBe(0);
    expect(await found(revoked(), awardSecond())).toBe(0);
    // Awarded, it says, but by no award that is in force.
    expect(await found(revoked())).toBe(1);
  });

  it('shows the public the award in force', async () => {
    const id = newId();
    await given.asDatabaseAdministrator(`${revoked()}; ${awardSecond(id)}`);
    expect((await test.get(TenderReads).one(tender.tenderId)).award).toMatchObject({
      ...{ awardId: id, bidId: tender.bids[1]?.bidId, rank: 2 },
      organizationId: tender.bids[1]?.supplier.organizationId,
    });
  });

  it('keeps both awards as they are: the product can add one, not change it', async () => {
    for (const change of ['revoked_at = now()', "revocation_reason = '成交供应商拒签合同'"])
      await expect(
        test.sql(`UPDATE procurement.award SET ${change} WHERE id = $1`, [tender.award.awardId]),
      ).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});
