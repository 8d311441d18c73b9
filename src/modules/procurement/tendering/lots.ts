import { db, query } from '#platform';

/** The lot that every tender has from its draft on; its title is the tender's, and so is its ceiling. */
export const addOnlyLot = query((p: { id: string; tenderId: string; ceilingFen: number }) =>
  db.insertInto('procurement.lot').values({ id: p.id, tender_id: p.tenderId, ceiling_fen: p.ceilingFen }),
);

/**
 * The lot of a tender, for use inside a statement. Whoever lets a tender have several looks at each use: on a second
 * lot such a statement fails; it never picks one.
 */
export const onlyLotOf = (tenderId: string) =>
  db.selectFrom('procurement.lot').select('id').where('tender_id', '=', tenderId);
