import { defineConstraints } from '#platform';
import { awardingErrors } from './awarding.errors.js';

const RANKED = {
  unreachable: 'bid, organization and amount are those of the ranking, and an offer never changes',
};
const NOT_YET = { unreachable: 'nothing revokes an award yet' };
const SHAPE = { unreachable: 'the request keeps to the same length' };

defineConstraints('procurement', {
  award_one_live_per_lot: () => awardingErrors.alreadyAwarded(),
  award_past_the_first_needs_reason: () => awardingErrors.notTheFirst(),
  award_rank: RANKED,
  award_is_the_offer_of_its_bid: RANKED,
  award_within_ceiling: {
    unreachable: 'a bid above the ceiling cannot qualify, and only qualified bids are ranked',
  },
  award_ceiling_of_its_lot: {
    unreachable: 'copied from the locked tender, whose frozen ceiling is that of its lot',
  },
  award_revoked_after_it_was_made: NOT_YET,
  award_revoked_with_reason: NOT_YET,
  award_revocation_reason_length: NOT_YET,
  award_reason_length: SHAPE,
  award_notice_url_length: SHAPE,
});
