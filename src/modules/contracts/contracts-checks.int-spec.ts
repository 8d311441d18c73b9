import { newId } from '#libs/kernel';
import { checksOf, describeChecks, type Forgeries } from '../../../test/support/forged-data.js';
import './contracts.module.js';

const [contract, award, milestone] = [newId(), newId(), newId()];
const [buyer, supplier, partner] = [newId(), newId(), newId()];

const agreed = (more: object = {}) => ({
  'contracts.contract': {
    ...{ id: contract, commitment_id: newId(), award_id: award, tender_id: newId(), area_code: '999901' },
    ...{ buyer_organization_id: buyer, supplier_organization_id: supplier, service_kind: 'auxiliary' },
    ...{ title: 'test', amount_fen: 10, starts_on: '2026-12-01', ends_on: '2027-11-30', state: 'draft' },
    ...{ created_at: '2026-11-23', ...more },
  },
});
const part = (position: number, fen: number, more: object = {}) => ({
  'contracts.milestone': {
    ...{ id: position === 1 ? milestone : newId(), contract_id: contract, position, title: 'test' },
    ...{ amount_fen: fen, state: 'planned', accepted_by: 'acceptor', ...more },
  },
});
const awarded = (fen: number) => ({
  'procurement.award': {
    ...{ id: award, tender_id: newId(), lot_id: newId(), bid_id: newId(), organization_id: newId() },
    ...{ amount_fen: fen, ceiling_fen: 20, rank: 1, awarded_by: 'approver', awarded_at: '2026-11-23' },
  },
});
const party = (role: string, organization_id: string, more: object = {}) => ({
  'contracts.contract_party': {
    ...{ contract_id: contract, organization_id, role, lead: true, share_basis_points: 10_000, ...more },
  },
});
const both = [party('buyer', buyer), party('supplier', supplier)];
const signed = (side: string, hash = '0') => ({
  'contracts.signature': {
    ...{ contract_id: contract, organization_id: side === 'buyer' ? buyer : supplier, side },
    ...{ account_id: side, signed_at: '2026-11-23' },
    terms_hash: hash.repeat(64),
  },
});
const decided = (outcome: string) => ({
  'contracts.acceptance': {
    ...{ id: newId(), milestone_id: milestone, delivery_id: newId(), outcome, note: 'test' },
    ...{ decided_by: 'acceptor', decided_at: '2026-11-23' },
  },
});
const BINDING = ['signed', 'active', 'completed'];
const ACCEPTED = ['accepted', 'payment-requested', 'paid'];

const checks = checksOf('contracts');

const FORGERIES: Forgeries<typeof checks> = {
  'contracts.milestones-sum-to-contract': {
    fine: [[agreed(), part(1, 4), part(2, 6)]],
    found: [[agreed()], [agreed(), part(1, 4)], [agreed(), part(1, 4), part(2, 7)]],
  },
  'contracts.contract-amount-is-award-amount': {
    fine: [
      [agreed(), awarded(10)],
      [agreed(), awarded(11)],
    ],
    found: [[agreed(), awarded(9)]],
  },
  'contracts.signed-by-both': {
    fine: [
      [agreed()],
      [agreed({ state: 'part-signed' }), signed('buyer')],
      ...BINDING.map((state) => [agreed({ state }), ...both, signed('buyer'), signed('supplier')]),
    ],
    found: [
      ...BINDING.map((state) => [agreed({ state }), signed('buyer')]),
      ...BINDING.map((state) => [
        ...[agreed({ state }), ...both, signed('buyer'), signed('supplier')],
        party('supplier', partner, { lead: false }),
      ]),
    ],
  },
  'contracts.sides-are-whole': {
    fine: [
      [agreed(), ...both],
      [
        ...[agreed(), party('buyer', buyer), party('supplier', supplier, { share_basis_points: 6_000 })],
        party('supplier', partner, { lead: false, share_basis_points: 4_000 }),
      ],
    ],
    found: [
      [agreed()],
      [agreed(), party('buyer', buyer)],
      [agreed(), party('buyer', buyer), party('supplier', supplier, { share_basis_points: 9_999 })],
      [agreed(), party('buyer', buyer), party('supplier', supplier, { lead: false })],
      [agreed(), party('buyer', buyer), party('supplier', partner)],
      [agreed(), party('buyer', partner), party('supplier', supplier)],
    ],
  },
  'contracts.both-signed-the-same': {
    fine: [[signed('buyer'), signed('supplier')]],
    found: [[signed('buyer'), signed('supplier', '1')]],
  },
  'contracts.accepted-has-acceptance': {
    fine: [
      [part(1, 10, { state: 'rejected' }), decided('rejected')],
      ...ACCEPTED.map((state) => [part(1, 10, { state }), decided('accepted')]),
    ],
    found: ACCEPTED.map((state) => [part(1, 10, { state }), decided('rejected')]),
  },
};

describeChecks('contracts', checks, FORGERIES);
