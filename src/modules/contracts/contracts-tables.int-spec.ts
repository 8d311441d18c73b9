import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import {
  ALL_RIGHTS,
  ONLY_ADDED,
  type TableWalls,
  describeTables,
} from '../../../test/support/table-walls.js';

const AT = '2026-11-23T01:00:00Z';
const id = () => newId();
const [contract, milestone] = [id(), id()];
const long = (length: number) => '长'.repeat(length);
const YEAR = { starts_on: '2026-12-01', ends_on: '2027-11-30' };
const CONDITIONS_MET = { ...YEAR, multi_year_conditions_met: true };

const TABLES: readonly TableWalls[] = [
  {
    table: 'contracts.contract',
    rights: ALL_RIGHTS,
    row: {
      id: contract,
      commitment_id: id(),
      award_id: id(),
      tender_id: id(),
      area_code: '999901',
      buyer_organization_id: id(),
      supplier_organization_id: id(),
      title: '社区服务',
      service_kind: 'public-service',
      amount_fen: 5,
      state: 'draft',
      created_at: AT,
    },
    optional: ['starts_on', 'ends_on', 'drafted_by'],
    refuses: {
      contract_title_length: [{ title: '' }, { title: long(301) }],
      contract_service_kind: [{ service_kind: 'gift' }],
      contract_amount_positive: [{ amount_fen: 0 }],
      contract_state_known: [{ ...YEAR, state: 'lost' }],
      contract_parties_differ: [{ buyer_organization_id: contract, supplier_organization_id: contract }],
      contract_term_order: [
        { starts_on: '2026-12-01', ends_on: '2026-12-01' },
        { starts_on: '2026-12-01' },
        { ends_on: '2026-12-01' },
      ],
      contract_term_at_most_three_years: [{ ...CONDITIONS_MET, ends_on: '2029-12-01' }],
      contract_term_over_a_year_needs_conditions: [{ ...YEAR, ends_on: '2027-12-01' }],
      contract_signed_has_term: ['part-signed', 'signed', 'active', 'completed', 'terminated'].map(
        (state) => ({
          state,
        }),
      ),
    },
    accepts: [
      ...['part-signed', 'signed', 'active', 'completed', 'terminated'].map((state) => ({ ...YEAR, state })),
      { ...YEAR, ends_on: '2026-12-02', title: '务', service_kind: 'auxiliary', amount_fen: 1 },
      { ...CONDITIONS_MET, ends_on: '2029-11-30', title: long(300) },
    ],
    refusesBeside: {
      contract_one_per_award: [[{}, { id: id(), commitment_id: id() }]],
      contract_one_per_commitment: [[{}, { id: id(), award_id: id() }]],
    },
    acceptsBeside: [[{}, { id: id(), commitment_id: id(), award_id: id() }]],
    refers: {
      contract_commitment_known: {},
      contract_award_of_commitment: {},
      contract_award_known: {},
      contract_tender_known: {},
      contract_area_known: {},
      contract_buyer_is_party: {},
      contract_supplier_is_party: {},
      contract_buyer_organization_known: {},
      contract_supplier_organization_known: {},
    },
  },
  {
    table: 'contracts.contract_party',
    rights: ONLY_ADDED,
    row: {
      contract_id: contract,
      organization_id: id(),
      role: 'supplier',
      lead: true,
      share_basis_points: 10_000,
    },
    optional: [],
    refuses: {
      contract_party_role: [{ role: 'witness' }],
      contract_party_share: [{ share_basis_points: 0 }, { share_basis_points: 10_001 }],
    },
    accepts: [{ role: 'buyer', share_basis_points: 1, lead: false }],
    refusesBeside: {
      contract_party_once: [[{}, { role: 'buyer' }]],
      contract_party_one_lead: [[{}, { organization_id: id() }]],
    },
    acceptsBeside: [
      [{}, { organization_id: id(), lead: false }],
      [{}, { organization_id: id(), role: 'buyer' }],
      [{}, { contract_id: id() }],
    ],
    refers: { contract_party_contract_known: {}, contract_party_organization_known: {} },
  },
  {
    table: 'contracts.milestone',
    rights: ALL_RIGHTS,
    row: {
      id: milestone,
      contract_id: contract,
      position: 1,
      title: '首期',
      amount_fen: 5,
      state: 'planned',
    },
    optional: ['due_on', 'acceptance_due_on', 'accepted_by'],
    refuses: {
      milestone_position: [{ position: 0 }, { position: 61 }],
      milestone_title_length: [{ title: '' }, { title: long(201) }],
      milestone_amount_positive: [{ amount_fen: 0 }],
      milestone_state_known: [{ state: 'lost' }],
      milestone_acceptance_after_delivery: [
        { due_on: '2026-12-02', acceptance_due_on: '2026-12-01' },
        { due_on: '2026-12-02' },
        { acceptance_due_on: '2026-12-02' },
      ],
      milestone_accepted_by_somebody: ['accepted', 'payment-requested', 'paid'].map((state) => ({ state })),
    },
    accepts: [
      { position: 60, title: long(200), amount_fen: 1 },
      { due_on: '2026-12-02', acceptance_due_on: '2026-12-02' },
      ...['delivered', 'rejected'].map((state) => ({ state })),
      ...['accepted', 'payment-requested', 'paid'].map((state) => ({ state, accepted_by: 'acceptor' })),
    ],
    refusesBeside: { milestone_position_once: [[{}, { id: id() }]] },
    acceptsBeside: [
      [{}, { id: id(), position: 2 }],
      [{}, { id: id(), contract_id: id() }],
    ],
    refers: { milestone_contract_known: {} },
  },
  {
    table: 'contracts.signature',
    rights: ONLY_ADDED,
    row: {
      contract_id: contract,
      organization_id: id(),
      side: 'buyer',
      account_id: 'approver',
      signed_at: AT,
      terms_hash: '0'.repeat(64),
    },
    optional: [],
    refuses: {
      signature_side: [{ side: 'witness' }],
      signature_hash_form: [
        { terms_hash: '0'.repeat(63) },
        { terms_hash: '0'.repeat(65) },
        { terms_hash: 'F'.repeat(64) },
      ],
    },
    accepts: [{ side: 'supplier', terms_hash: 'f'.repeat(64) }],
    refusesBeside: {
      signature_once_per_party: [[{}, { side: 'supplier', account_id: 'another' }]],
      signature_one_person_one_side: [[{}, { side: 'supplier', organization_id: id() }]],
    },
    acceptsBeside: [
      [{}, { side: 'supplier', organization_id: id(), account_id: 'another' }],
      [{}, { contract_id: id() }],
    ],
    refers: { signature_of_party: {} },
  },
  {
    table: 'contracts.delivery',
    rights: ONLY_ADDED,
    row: { id: id(), milestone_id: milestone, note: '已完成', delivered_by: 'supplier', delivered_at: AT },
    optional: [],
    refuses: { delivery_note_length: [{ note: '' }, { note: long(5_001) }] },
    accepts: [{ note: long(5_000) }],
    refusesBeside: {},
    acceptsBeside: [[{}, { id: id() }]],
    refers: { delivery_milestone_known: {} },
  },
  {
    table: 'contracts.acceptance',
    rights: ONLY_ADDED,
    row: {
      id: id(),
      milestone_id: milestone,
      delivery_id: id(),
      outcome: 'accepted',
      note: '合格',
      decided_by: 'acceptor',
      decided_at: AT,
    },
    optional: [],
    refuses: { acceptance_outcome: [{ outcome: 'perhaps' }] },
    accepts: [{ outcome: 'rejected' }],
    refusesBeside: {
      acceptance_once_per_delivery: [[{}, { id: id(), milestone_id: id() }]],
      acceptance_accepts_a_milestone_once: [[{}, { id: id(), delivery_id: id() }]],
    },
    acceptsBeside: [[{ outcome: 'rejected' }, { id: id(), delivery_id: id() }]],
    refers: { acceptance_milestone_known: {}, acceptance_delivery_known: {} },
  },
];

describeTables('contracts', TABLES, (database) => {
  describe('let the parties of a side be its whole', () => {
    const add = (role: string, ...parties: readonly (readonly [lead: boolean, shareBasisPoints: number])[]) =>
      parties
        .map(
          ([lead, shareBasisPoints]) =>
            `INSERT INTO contracts.contract_party (contract_id, organization_id, role, lead, share_basis_points)
             VALUES ('${contract}', gen_random_uuid(), '${role}', ${lead}, ${shareBasisPoints});`,
        )
        .join('');
    const answer = (...statements: string[]) => database().answerWithTriggers(statements.join(''));

    it('alone, or together with one of them in the lead', async () => {
      expect(await answer(add('buyer', [true, 10_000]), add('supplier', [true, 10_000]))).toBe('accepted');
      expect(await answer(add('supplier', [false, 3_000], [true, 6_000], [false, 1_000]))).toBe('accepted');
    });

    it.each([
      ['a basis point is missing', add('supplier', [true, 6_000], [false, 3_999])],
      ['there is one too many', add('supplier', [true, 6_000], [false, 4_001])],
      ['nobody leads', add('supplier', [false, 10_000])],
      ['one side has what the other lacks', add('buyer', [true, 5_000]) + add('supplier', [true, 5_000])],
    ])('and not where %s', async (_name, statements) => {
      expect(await answer(statements)).toBe('parties_make_a_side');
    });
  });

  describe('let the milestones sum to their contract, whichever of the two is touched:', () => {
    const [one, two, three] = [id(), id(), id()];
    const add = (contractId: string, fen: number) =>
      `INSERT INTO contracts.contract (id, commitment_id, award_id, tender_id, area_code, buyer_organization_id,
         supplier_organization_id, title, service_kind, amount_fen, state, created_at)
       VALUES ('${contractId}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '999901', gen_random_uuid(),
         gen_random_uuid(), 'test', 'auxiliary', ${fen}, 'draft', now());`;
    const split = (contractId: string, ...amounts: number[]) =>
      amounts
        .map(
          (fen, at) =>
            `INSERT INTO contracts.milestone (id, contract_id, position, title, amount_fen, state)
             VALUES (gen_random_uuid(), '${contractId}', ${at + 1}, 'test', ${fen}, 'planned');`,
        )
        .join('');
    const standing = `${add(one, 10)}${split(one, 4, 6)}${add(two, 10)}${split(two, 10)}`;
    const move = (fen: number) =>
      `UPDATE contracts.milestone SET contract_id = '${two}', position = 2 WHERE amount_fen = ${fen};`;

    it.each([
      ['no contract without any', add(three, 10)],
      ['none with one too few', `${add(three, 10)}${split(three, 4)}`],
      ['none with a fen too much', `${add(three, 10)}${split(three, 4, 7)}`],
      ['no other amount of one', `UPDATE contracts.milestone SET amount_fen = 5 WHERE amount_fen = 4;`],
      ['none removed', `DELETE FROM contracts.milestone WHERE amount_fen = 4;`],
      ['no other amount of the contract', `UPDATE contracts.contract SET amount_fen = 11;`],
      ['none moved to a contract that has no room for it', move(4)],
      [
        'none moved away, although the other contract has room for it',
        `DELETE FROM contracts.milestone WHERE contract_id = '${two}';${split(two, 6)}${move(4)}`,
      ],
    ])('%s', async (_name, statements) => {
      expect(await database().answerWithTriggers(statements, standing)).toBe('milestones_sum_to_contract');
    });

    it('but all of them written anew in one transaction, and both of a contract raised together', async () => {
      const anew = `DELETE FROM contracts.milestone WHERE contract_id = '${one}';${split(one, 1, 2, 7)}`;
      expect(await database().answerWithTriggers(anew, standing)).toBe('accepted');
      const raised = `UPDATE contracts.contract SET amount_fen = 11 WHERE id = '${two}';
        UPDATE contracts.milestone SET amount_fen = 11 WHERE contract_id = '${two}';`;
      expect(await database().answerWithTriggers(raised, standing)).toBe('accepted');
    });
  });
});
