import { db, query, sql } from '#platform';

export const WHOLE_BASIS_POINTS = 10_000;

/** The organization of each bid of a tender leads it and is alone in it. */
export const addLeads = query((p: { tenderId: string }) =>
  db
    .insertInto('procurement.bid_party')
    .columns(['bid_id', 'lot_id', 'tender_id', 'organization_id', 'lead', 'share_basis_points'])
    .expression(
      db
        .selectFrom('procurement.bid as b')
        .select(['b.id', 'b.lot_id', 'b.tender_id', 'b.organization_id'])
        .select([sql<boolean>`true`.as('lead'), sql<number>`${WHOLE_BASIS_POINTS}::int`.as('share')])
        .where('b.tender_id', '=', p.tenderId),
    ),
);

export const partiesOf = query((p: { tenderId: string }) =>
  db
    .selectFrom('procurement.bid_party')
    .select('organization_id as organizationId')
    .distinct()
    .where('tender_id', '=', p.tenderId)
    .orderBy('organizationId'),
);
