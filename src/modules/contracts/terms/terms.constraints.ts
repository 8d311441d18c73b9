import { defineConstraints } from '#platform';
import { termsErrors } from './terms.errors.js';

const AWARDED = {
  unreachable: 'copied from the award and its tender, which are bound by the same rule, and never changed',
};
const COMMITTED = {
  unreachable: 'BudgetsApi.commitmentOf finds the commitment by the award, and commitments are never deleted',
};
const PARTIES = {
  unreachable:
    'ContractParties adds buyer and supplier of the contract with it, each with all of its side; they are never changed',
};
const SHAPE = {
  unreachable:
    'the request keeps to the same form and length; the first milestone is cut from the title of the contract and has its amount',
};
const REPLACED = {
  unreachable:
    'SetTerms writes all milestones anew under the lock on their contract and counts them from one',
};

defineConstraints('contracts', {
  // checkTerms refuses these first, for terms and for a signature, by a calendar of its own.
  contract_term_order: () => termsErrors.termInvalid(),
  contract_term_at_most_three_years: () => termsErrors.termOverThreeYears(),
  contract_term_over_a_year_needs_conditions: () => termsErrors.termOverOneYear(),
  contract_one_per_award: {
    unreachable:
      'AwardTender tells of an award once; the task of that event is locked while it runs, and asks for the contract first',
  },
  contract_one_per_commitment: {
    unreachable: 'an award has one commitment, and contract_one_per_award is asked first for it',
  },
  contract_commitment_known: COMMITTED,
  contract_award_of_commitment: COMMITTED,
  contract_award_known: { unreachable: 'ProcurementApi.award finds it first, and no award is deleted' },
  contract_tender_known: AWARDED,
  contract_area_known: AWARDED,
  contract_buyer_organization_known: AWARDED,
  contract_supplier_organization_known: AWARDED,
  contract_title_length: AWARDED,
  contract_service_kind: AWARDED,
  contract_amount_positive: AWARDED,
  contract_buyer_is_party: PARTIES,
  contract_supplier_is_party: PARTIES,
  contract_party_contract_known: PARTIES,
  contract_party_organization_known: PARTIES,
  contract_party_role: PARTIES,
  contract_party_share: PARTIES,
  contract_party_once: PARTIES,
  contract_party_one_lead: PARTIES,
  contract_party_with_role: PARTIES,
  parties_make_a_side: PARTIES,
  contract_parties_differ: {
    unreachable: 'SubmitBid refuses the bid of the buyer, and copies of both parties never change',
  },
  milestone_contract_known: {
    unreachable: 'milestones are added with their contract or under the lock on it; no contract is deleted',
  },
  milestone_position: REPLACED,
  milestone_position_once: REPLACED,
  milestone_title_length: SHAPE,
  milestone_amount_positive: SHAPE,
  milestone_acceptance_after_delivery: {
    unreachable: 'checkTerms refuses it first; a drafted contract has neither of the two dates',
  },
  milestones_sum_to_contract: {
    unreachable: 'checkTerms adds them up first; a drafted contract has one milestone over the whole amount',
  },
});
