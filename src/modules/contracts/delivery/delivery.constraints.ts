import { defineConstraints } from '#platform';

const UNDER_LOCK = {
  unreachable:
    'the milestone is locked while it is delivered and decided on; only those of a draft are replaced, and none of them was delivered',
};

defineConstraints('contracts', {
  delivery_milestone_known: UNDER_LOCK,
  delivery_note_length: { unreachable: 'the request keeps to the same length' },
  acceptance_milestone_known: UNDER_LOCK,
  acceptance_delivery_known: {
    unreachable: 'DeliveryDecisions has read the delivery, and deliveries are only added',
  },
  acceptance_once_per_delivery: {
    unreachable:
      'under the lock on the milestone DeliveryDecisions looks for the delivery without a decision',
  },
  acceptance_accepts_a_milestone_once: {
    unreachable: 'the state table lets no milestone be accepted twice, under the lock on it',
  },
  acceptance_outcome: { unreachable: 'AcceptMilestone and RejectMilestone each give their own constant' },
  milestone_accepted_by_somebody: {
    unreachable: 'AcceptMilestone sets state and person in one act, and nothing takes the person away',
  },
});
