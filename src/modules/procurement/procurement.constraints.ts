import { defineConstraints } from '#platform';
import { awardingErrors } from './awarding/awarding.errors.js';
import { biddingErrors } from './bidding/bidding.errors.js';

defineConstraints('procurement', {
  award_one_per_tender: () => awardingErrors.alreadyAwarded(),
  bid_envelope_before_deadline: () => biddingErrors.biddingClosed(),
});
