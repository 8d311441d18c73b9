import { defineConstraints } from '#platform';
import { ledgerErrors } from '../ledger/ledger.errors.js';

const OPENED = {
  unreachable: 'OpenCommitment writes the only kind and track that there are yet, and nobody changes them',
};
const FROM_LINE = {
  unreachable:
    'one statement of OpenCommitment copies line and buyer from the line, and lines are never deleted',
};

defineConstraints('budgets', {
  commitment_source_known: OPENED,
  commitment_track_known: OPENED,
  commitment_track_of_source: OPENED,
  commitment_once_per_source: {
    unreachable: 'ON CONFLICT DO NOTHING: whoever comes second takes the commitment of the first',
  },
  commitment_with_source: { unreachable: 'the id of a commitment is new and its own' },

  funding_commitment_known: {
    unreachable: 'one statement of OpenCommitment writes it with the commitment that it refers to',
  },
  funding_once_per_line: { unreachable: 'OpenCommitment funds only a commitment that it has just made' },
  funding_year: { unreachable: 'OpenCommitment writes the present year, and mustBeUsableIn compares it' },
  funding_line_of_buyer: FROM_LINE,
  // The commitment is written before the ledger plans its posting, which refuses the same.
  funding_amount_positive: () => ledgerErrors.amountNotPositive(),
});
