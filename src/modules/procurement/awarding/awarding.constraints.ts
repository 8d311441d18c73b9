import { defineConstraints } from '#platform';
import { awardingErrors } from './awarding.errors.js';

const RANKED = {
  unreachable: 'bid, organization and amount are those of the ranking, and an offer never changes',
};
const SHAPE = { unreachable: 'the request keeps to the same length' };

defineConstraints('procurement', {
  award_one_per_lot: () => awardingErrors.alreadyAwarded(),
  award_past_the_first_needs_reason: () => awardingErrors.notTheFirst(),
  award_rank: RANKED,
  award_is_the_offer_of_its_bid: RANKED,
  award_within_ceiling: {
    unreachable: 'a bid above the ceiling cannot qualify, and only qualified bids are ranked',
  },
  award_ceiling_of_its_lot: {
    unreachable: 'copied from the locked tender, whose frozen ceiling is that of its lot',
  },
  award_reason_length: SHAPE,
  award_notice_url_length: SHAPE,
});
