import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '../../../test/support/database.js';

interface Check {
  readonly name: string;
  readonly expression: string;
  readonly columns: readonly { name: string; type: string; nullable: boolean }[];
}

const CHECKS = `
  SELECT format('%s.%s.%s', n.nspname, c.relname, con.conname) AS name, pg_get_expr(con.conbin, con.conrelid) AS expression,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull))
     FROM pg_attribute a WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)) AS columns
  FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE con.contype = 'c' AND n.nspname NOT IN ('information_schema', 'public', 'bullmq') AND n.nspname !~ '^pg_'
  ORDER BY 1`;

/**
 * A CHECK refuses what is false; what is neither true nor false passes. Each that can be neither lets NULL
 * through for a reason that somebody has looked at.
 */
const LET_NULL_THROUGH: Readonly<Record<string, readonly string[]>> = {
  'a text, address or number that need not be given': [
    'identity.account.account_email_length',
    'identity.account.account_phone_form',
    'identity.membership.membership_reason_length',
    'identity.membership.membership_revoke_reason_length',
    'identity.session.session_user_agent_length',
    'procurement.award.award_notice_url_length',
    'procurement.lot.lot_title_length',
    'procurement.plan_import_rejection.plan_import_rejection_column',
    'procurement.plan_item.plan_item_source_region_length',
    'procurement.plan_item.plan_item_source_url_length',
    'procurement.score_sheet.score_sheet_dissent_length',
    'procurement.tender.tender_method_approval_length',
  ],
  'absent until it is known; another CHECK of the table says in which state it must be there': [
    'budgets.payment_attempt.payment_attempt_outcome_known',
    'organizations.organization.organization_credit_code_form',
    'organizations.organization.organization_filing_number_length',
    'organizations.organization.organization_reason_length',
    'procurement.award.award_reason_length',
    'procurement.award.award_revocation_reason_length',
    'procurement.award.award_revoked_after_it_was_made',
    'procurement.bid.bid_decision_reason_length',
    'procurement.bid.bid_offer_range',
    'procurement.plan_item.plan_item_source_key_length',
    'procurement.tender.tender_drafter_does_not_approve',
    'procurement.tender.tender_end_reason_form',
    'procurement.tender.tender_notice_url_length',
    'volunteering.shift_role.shift_role_risk_length',
  ],
  'the code of the reason is what must be there; the words are for the reader': [
    'procurement.tender.tender_end_reason_length',
  ],
  'an exemption or an error is the exception': [
    'notifications.delivery.delivery_last_error_form',
    'procurement.plan_item.plan_item_exemption_length',
  ],
  'NULL says that there is no bound, no host, no repetition or no date yet': [
    'identity.area.area_validity_ordered',
    'identity.membership.membership_validity_ordered',
    'organizations.organization.organization_hosts_another',
    'platform.deadline.deadline_order',
    'platform.task.task_every_positive',
  ],
  'a refusal may be about nothing that is there yet, and its text may name no figure': [
    'platform.refusal.refusal_details_size',
    'platform.refusal.refusal_object_type_form',
  ],
  'contract_term_order refuses half a term, contract_signed_has_term a binding contract without one': [
    'contracts.contract.contract_term_at_most_three_years',
    'contracts.contract.contract_term_over_a_year_needs_conditions',
  ],
  'an unknown level is refused by area_level_known': ['identity.area.area_level_fits_code'],
};

/** Values of a column that lead through every branch of the expression. */
function samplesOf(type: string, expression: string): string[] {
  const words = [...expression.matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word = '']) => word);
  const figures = [...expression.matchAll(/\b\d{1,9}\b/g)].map(([figure]) => figure);
  if (type.endsWith('[]')) return ['{}', '{x}'];
  if (/^(text|character)/.test(type)) return [...new Set(['', 'x', 'y', ...words])];
  if (/^(integer|bigint|numeric)/.test(type)) return [...new Set(['-1', '0', '1', '2', ...figures])];
  if (/^(date|timestamp)/.test(type)) return ['2026-01-01', '2026-06-01', '2035-01-01'];
  const known: Readonly<Record<string, string[]>> = {
    boolean: ['true', 'false'],
    uuid: ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'],
    bytea: ['\\x00', `\\x${'00'.repeat(32)}`],
    jsonb: ['[]', '[1, 2]'],
  };
  const samples = known[type];
  if (samples === undefined) throw new Error(`No samples of ${type}: write some`);
  return samples;
}

describe('NULL in a CHECK', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await cloneDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const checks = async () => (await client.query<Check>(CHECKS)).rows;
  /** Whether some row makes the expression neither true nor false. */
  async function canBeNeither({ expression, columns }: Check): Promise<boolean> {
    const values = columns.map(({ name, type, nullable }, at) => {
      const samples = samplesOf(type, expression).map((value) => `(${client.escapeLiteral(value)}::${type})`);
      return `(VALUES ${[...samples, ...(nullable ? ['(NULL)'] : [])].join(', ')}) AS v${at} (${name})`;
    });
    const { rows } = await client.query<{ neither: boolean }>(
      `SELECT bool_or((${expression}) IS NULL) AS neither FROM ${values.join(', ')}`,
    );
    return rows[0]?.neither === true;
  }
  const neither = async () => {
    const found: string[] = [];
    for (const check of await checks()) if (await canBeNeither(check)) found.push(check.name);
    return found;
  };

  it('passes only where it is meant to, in every CHECK of every table', async () => {
    expect((await checks()).length).toBeGreaterThan(200);
    expect(await neither()).toEqual(Object.values(LET_NULL_THROUGH).flat().sort());
  });

  it('negative control: a reason that may be left out, and a comparison with a date that is missing, are found', async () => {
    await client.query(`
      BEGIN;
      CREATE TABLE platform.seed (
        kind   text NOT NULL,
        reason text CONSTRAINT seed_reason CHECK (length(reason) BETWEEN 1 AND 500 OR kind NOT IN ('REFUND', 'LAPSE')),
        began  date CONSTRAINT seed_reason_given CHECK (reason IS NOT NULL AND length(reason) > 0 OR kind <> 'REFUND'),
        ended  date CONSTRAINT seed_order CHECK (ended > began)
      )`);
    try {
      const found = await neither();
      expect(found.filter((name) => name.startsWith('platform.seed.'))).toEqual([
        'platform.seed.seed_order',
        'platform.seed.seed_reason',
      ]);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});
