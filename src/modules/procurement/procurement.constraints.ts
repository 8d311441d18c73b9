import { defineConstraints } from '#platform';
import { procurementErrors } from './procurement.errors.js';

defineConstraints('procurement', {
  award_one_per_tender: () => procurementErrors.alreadyAwarded(),
  bid_envelope_before_deadline: () => procurementErrors.biddingClosed(),
});
