import { defineConstraints } from '#platform';
import { registryErrors } from './registry.errors.js';

const GIVEN_TOGETHER = {
  unreachable: 'Organization gives stage, kind, code, host and filing number together',
};

defineConstraints('organizations', {
  market_class_pk: {
    unreachable: 'classes come with the law of the product; the application may not write them',
  },
  organization_credit_code_once: () => registryErrors.creditCodeTaken(),
  organization_filing_once: () => registryErrors.filingNumberTaken(),
  // Two characters of which one is a space, or one that becomes longer when it is normalized.
  organization_name_length: () => registryErrors.nameLength(),
  organization_purpose_length: {
    unreachable: 'the request takes 1 to 2000 characters of which one can be seen, and spaces around them go',
  },
  organization_filing_number_length: {
    unreachable: 'the request takes 1 to 60 characters of which one can be seen, and spaces around them go',
  },
  organization_reason_length: {
    unreachable: 'the request takes reasons of 2 to 1000 characters, kept as they are',
  },
  organization_credit_code_form: { unreachable: 'parseCreditCode refuses every other form' },
  organization_area_known: { unreachable: 'mustBeAreaInForce comes first; no area is deleted' },
  organization_class_known: {
    unreachable:
      'MarketClassReads.of comes first, and what a group becomes are three kinds with a class of their own',
  },
  organization_host_known: { unreachable: 'FileGroup reads the host first; no organization is deleted' },
  organization_hosts_another: { unreachable: 'a host is registered, and what is filed is not' },
  organization_registered_has_code: GIVEN_TOGETHER,
  organization_group_is_unregistered: GIVEN_TOGETHER,
  organization_host_for_filed_groups: GIVEN_TOGETHER,
  organization_filing_numbered: GIVEN_TOGETHER,
  organization_decision_complete: {
    unreachable: 'Organization.decide keeps who and when with every decision',
  },
  organization_refusal_explained: { unreachable: 'the requests to reject and to suspend must give a reason' },
  organization_not_decided_by_registrant: { unreachable: 'Organization.decide refuses the registrant' },
  organization_small_enterprise_claim: {
    unreachable: 'Organization.registered refuses the claim of a class that the law does not name',
  },
});
