import { defineConstraints } from '#platform';
import { tenderingErrors } from './tendering.errors.js';

const SHAPE = { unreachable: 'the request keeps to the same form and length' };
const PLANNED = { unreachable: 'copied from the plan item, which is bound by the same key' };
const ONE_LOT = {
  unreachable: 'DraftTender adds a tender with one lot, which has its ceiling and the number 1',
};
const LOT_KEY = { unreachable: 'its first column is the primary key; other tables point to it' };
const STEPS = { unreachable: 'the state table lets no tender get so far without the step that sets this' };

defineConstraints('procurement', {
  tender_one_per_plan_item: () => tenderingErrors.planItemAlreadyTendered(),
  tender_drafter_does_not_approve: () => tenderingErrors.drafterMayNotApprove(),
  tender_deadline_after_publication: () => tenderingErrors.deadlineNotInFuture(),
  tender_of_plan_item: {
    unreachable: 'the plan item is locked while its tender is drafted',
  },
  tender_area_known: PLANNED,
  tender_buyer_known: PLANNED,
  tender_line_known: PLANNED,
  tender_service_kind: PLANNED,
  tender_title_length: SHAPE,
  tender_requirement_length: SHAPE,
  tender_method_known: SHAPE,
  tender_method_approval_length: SHAPE,
  tender_ceiling_range: SHAPE,
  tender_notice_url_length: SHAPE,
  tender_end_reason_length: SHAPE,
  tender_end_reason_form: {
    unreachable: 'the reasons are the words of end-reasons.ts',
  },
  tender_ceiling_of_lot: {
    unreachable: 'its first column is the primary key; it is there for the key of the lot',
  },
  lot_alone: ONE_LOT,
  lot_number_once: ONE_LOT,
  lot_number: ONE_LOT,
  lot_ceiling_range: ONE_LOT,
  lot_ceiling_of_tender: ONE_LOT,
  lot_title_length: {
    unreachable: 'the only lot has the title of its tender',
  },
  lot_of_tender: LOT_KEY,
  lot_ceiling_of_award: LOT_KEY,
  lot_frozen_at_publication: {
    unreachable: 'nothing changes a lot but the ceiling of its tender, which is frozen then',
  },
  tender_approved_by_somebody: STEPS,
  tender_published_whole: STEPS,
  tender_opened_has_time: STEPS,
  tender_evaluated_has_time: STEPS,
  tender_awarded_has_time: STEPS,
  tender_end_has_reason: STEPS,
  tender_opened_after_deadline: {
    unreachable: 'the timer of the deadline asks the database for the time first',
  },
  tender_opens_once_after_deadline: {
    unreachable: 'the timer of the deadline asks state and time first, under the lock on the tender',
  },
  tender_notice_whole: {
    unreachable: 'the controller hands on address and time together or not at all',
  },
  tender_frozen_at_publication: {
    unreachable: 'only a draft can be edited, and nothing else writes these columns',
  },
  tender_evaluated_when_all_signed: {
    unreachable: 'CompleteEvaluation asks for all signatures under the lock on the tender',
  },
});
