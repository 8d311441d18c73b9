import { defineConstraints } from '#platform';
import { signingErrors } from './signing.errors.js';

defineConstraints('contracts', {
  // SignContract refuses these first, under the lock on the contract.
  signature_once_per_party: () => signingErrors.alreadySigned(),
  signature_one_person_one_side: () => signingErrors.signsForBoth(),
  signature_of_party: { unreachable: 'ContractAccess.party answers a party of the contract or refuses' },
  signature_side: { unreachable: 'ContractAccess.party answers one of the two or refuses' },
  signature_hash_form: { unreachable: 'termsHash computes it, a SHA-256 in hexadecimal' },
  contract_signed_has_term: {
    unreachable: 'SignContract checks the terms of a contract first, and without dates they are refused',
  },
});
