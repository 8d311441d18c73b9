import type pg from 'pg';
import type { GivenDistrict } from './given-district.js';
import type { MailSink } from './mail-sink.js';
import type { Payer } from './payer.js';

/** A statement whose rows are each one thing that must not be; `$1` are the acknowledged milestones. */
const BOOKS: Readonly<Record<string, string>> = {
  // The amounts are all different: an order is known by its amount, whatever its key.
  'the treasury does not have one paid order': `
    SELECT m.id, count(o.key) || ' orders: ' || coalesce(string_agg(o.state, ', '), '') AS found
    FROM contracts.milestone m LEFT JOIN treasury_simulator.payment_order o ON o.amount_fen = m.amount_fen
    WHERE m.id = ANY ($1) GROUP BY m.id HAVING array_agg(o.state) <> ARRAY['paid']`,
  'there is not one settled payment': `
    SELECT m.id, count(p.id) AS found FROM contracts.milestone m
    LEFT JOIN budgets.payment p ON p.milestone_id = m.id AND p.state = 'settled' AND p.amount_fen = m.amount_fen
    WHERE m.id = ANY ($1) GROUP BY m.id HAVING count(p.id) <> 1`,
  'the ledger does not have one PAY_DONE': `
    SELECT m.id, count(d.id) AS found FROM contracts.milestone m
    LEFT JOIN budgets.transfer s ON s.milestone_id = m.id AND s.type = 'PAY_START'
    LEFT JOIN budgets.transfer d ON d.resolves_id = s.id AND d.type = 'PAY_DONE' AND d.amount_fen = m.amount_fen
    WHERE m.id = ANY ($1) GROUP BY m.id HAVING count(d.id) <> 1`,
  'the milestone is not paid with one event': `
    SELECT m.id, m.state || ' ' || count(e.id) AS found FROM contracts.milestone m
    LEFT JOIN platform.outbox_event e
      ON e.type = 'contracts.milestone-paid.v1' AND e.payload ->> 'milestoneId' = m.id::text
    WHERE m.id = ANY ($1) GROUP BY m.id HAVING m.state <> 'paid' OR count(e.id) <> 1`,
  'the contract is not completed with one event': `
    SELECT c.id, c.state || ' ' || count(e.id) AS found FROM contracts.contract c
    LEFT JOIN platform.outbox_event e
      ON e.type = 'contracts.contract-completed.v1' AND e.payload ->> 'contractId' = c.id::text
    WHERE NOT EXISTS (SELECT FROM contracts.milestone m WHERE m.contract_id = c.id AND m.id <> ALL ($1))
    GROUP BY c.id HAVING c.state <> 'completed' OR count(e.id) <> 1`,
  'the project is not completed': `
    SELECT p.id, p.state AS found FROM projects.project p
    WHERE p.state <> 'completed'
      AND NOT EXISTS (SELECT FROM contracts.milestone m WHERE m.contract_id = p.contract_id AND m.id <> ALL ($1))`,
  'what was paid is not what was acknowledged': `
    SELECT 'all' AS id, paid.fen || ' instead of ' || due.fen AS found
    FROM (SELECT coalesce(sum(balance_fen), 0) AS fen FROM budgets.account WHERE kind = 'paid') paid,
         (SELECT coalesce(sum(amount_fen), 0) AS fen FROM contracts.milestone WHERE id = ANY ($1)) due
    WHERE paid.fen <> due.fen`,
  'an exception is open that nobody will close': `
    SELECT payment_key AS id, kind AS found FROM budgets.payment_exception
    WHERE closed_at IS NULL AND cardinality($1::uuid[]) > 0`,
  'a task is not done': `
    SELECT id, handler || ' ' || state AS found FROM platform.task
    WHERE state <> 'done' AND every_ms IS NULL AND cardinality($1::uuid[]) > 0`,
};

/**
 * Everything that was lost or happened twice, one line each. Empty is what the product promises; what an
 * e-mail that is `uncertain` came to nobody can know, so those may have arrived or not, but not twice.
 */
export async function findings(
  database: pg.Pool,
  { district, payer, mail }: { district: GivenDistrict; payer: Payer; mail: MailSink },
): Promise<string[]> {
  const milestones = payer.acknowledged.map(({ milestoneId }) => milestoneId);
  const found: string[] = [];
  for (const [what, sql] of Object.entries(BOOKS)) {
    const { rows } = await database.query<{ id: string; found: string }>(sql, [milestones]);
    found.push(...rows.map((row) => `${what}: ${row.id} (${row.found})`));
  }
  return [
    ...found,
    ...(await lostAcknowledgements(database, payer)),
    ...(await wrongInboxes(database, district)),
    ...(await wrongEmails(database, mail)),
  ];
}

async function lostAcknowledgements(database: pg.Pool, payer: Payer): Promise<string[]> {
  const { rows } = await database.query<{ id: string; milestone: string }>(
    'SELECT id, milestone_id AS milestone FROM budgets.payment',
  );
  const kept = new Map(rows.map(({ id, milestone }) => [id, milestone]));
  return [
    ...payer.acknowledged
      .filter(({ paymentId, milestoneId }) => kept.get(paymentId) !== milestoneId)
      .map(({ paymentId }) => `an acknowledged payment is lost: ${paymentId}`),
    ...(kept.size > payer.acknowledged.length ? ['there are more payments than acknowledgements'] : []),
  ];
}

/** The people concerned by event, worked out here and not by the product. */
async function wrongInboxes(database: pg.Pool, { peopleOf }: GivenDistrict): Promise<string[]> {
  const { rows } = await database.query<{ id: string; type: string; contract: string; told: string[] }>(
    `SELECT e.id, e.type, coalesce(m.contract_id::text, e.payload ->> 'contractId') AS contract,
       array(SELECT account_id::text FROM notifications.message n WHERE n.event_id = e.id ORDER BY 1) AS told
     FROM platform.outbox_event e LEFT JOIN contracts.milestone m ON m.id::text = e.payload ->> 'milestoneId'`,
  );
  return rows.flatMap(({ id, type, contract, told }) => {
    const supplier = peopleOf.contract.get(contract) ?? [];
    const concerned: Readonly<Record<string, readonly string[]>> = {
      'budgets.line-appropriated.v1': peopleOf.area,
      'budgets.payment-requested.v1': supplier,
      'budgets.payment-settled.v1': [],
      'projects.project-closed.v1': [],
      'contracts.milestone-paid.v1': supplier,
      'contracts.contract-completed.v1': [...peopleOf.area, ...supplier],
    };
    const expected = concerned[type]?.toSorted().join(' ');
    return expected === told.join(' ') ? [] : [`${type} ${id} was told to ${told.length} people`];
  });
}

async function wrongEmails(database: pg.Pool, mail: MailSink): Promise<string[]> {
  const { rows } = await database.query<{ id: string; state: string | null }>(
    `SELECT coalesce(e.reference, 'message ' || m.id) AS id, e.state
     FROM notifications.message m LEFT JOIN notifications.delivery e ON e.message_id = m.id`,
  );
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...rows.flatMap(({ id, state }) => {
      const delivered = mail.deliveries.get(id) ?? 0;
      if (delivered > 1) return [`an e-mail was delivered ${delivered} times: ${id}`];
      if (state === 'sent')
        return delivered === 1 ? [] : [`an e-mail counts as sent and never arrived: ${id}`];
      return state === 'uncertain'
        ? []
        : [`an e-mail is neither sent nor listed: ${id} (${state ?? 'none'})`];
    }),
    ...[...mail.deliveries.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `an unknown e-mail arrived: ${id}`),
  ];
}
