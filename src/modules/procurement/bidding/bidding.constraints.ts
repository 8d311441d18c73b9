import { defineConstraints } from '#platform';
import { MAX_BID_BYTES } from './bid-content.js';
import { biddingErrors } from './bidding.errors.js';

const SEALED = { unreachable: 'EnvelopeStore computes it from the content' };
const OPENED = { unreachable: 'a bid is made of an envelope whose content was checked when it was opened' };
const LED = {
  unreachable: 'the opening makes the organization of each bid its only party, with the whole share',
};
const DECIDED = { unreachable: 'a decision comes with its reason and whoever made it, in one act' };

defineConstraints('procurement', {
  bid_envelope_before_deadline: () => biddingErrors.biddingClosed(),
  bid_envelope_content_size: () => biddingErrors.bidTooLarge({ maxBytes: MAX_BID_BYTES }),
  bid_envelope_format_known: SEALED,
  bid_envelope_sha256_form: SEALED,
  bid_envelope_hash_of_content: SEALED,
  bid_envelope_revision: SEALED,
  bid_envelope_once: {
    unreachable: 'a second envelope takes the place of the first: ON CONFLICT DO UPDATE',
  },
  bid_receipt_action: SEALED,
  bid_of_lot: {
    unreachable: 'the lot is read with the envelopes of its tender',
  },
  bid_of_organization: {
    unreachable: 'OrganizationsApi.mustBeSupplier came first, and organizations are never deleted',
  },
  bid_offer_range: OPENED,
  bid_once: {
    unreachable: 'there is one envelope per organization, and a tender opens once',
  },
  bid_of_award: {
    unreachable: 'its first column is the primary key; it is there for the key of the award',
  },
  bid_of_party: {
    unreachable: 'its first column is the primary key; it is there for the key of the parties',
  },
  bid_led_by_its_organization: LED,
  bid_party_pk: LED,
  bid_party_one_lead: LED,
  bid_party_of_lead: LED,
  bid_party_once_per_lot: LED,
  bid_party_of_bid: LED,
  bid_party_organization_known: LED,
  bid_party_share_range: LED,
  bid_readable_has_offer: {
    unreachable: 'an unreadable bid begins as such and can only be disqualified',
  },
  bid_decided_by_somebody: DECIDED,
  bid_disqualified_with_reason: DECIDED,
  bid_decision_reason_length: {
    unreachable: 'the request keeps to the same length',
  },
});
