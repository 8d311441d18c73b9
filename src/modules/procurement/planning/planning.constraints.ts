import { defineConstraints } from '#platform';

const SHAPE = {
  unreachable: 'the request keeps to the same form and length, and the import refuses or shortens such a row',
};
const BOUND = {
  unreachable:
    'whoever assigns a budget is asked for it first: BudgetsApi.line, OrganizationsApi.mustBeBuyer',
};
const STEPS = { unreachable: 'the state table lets no item get so far without the step that sets this' };
const OPINION = { unreachable: 'RecordOpinion refuses it first, or the request does' };

defineConstraints('procurement', {
  plan_item_area_known: {
    unreachable: 'IdentityApi.mustBeAreaInForce comes first, by hand and by file',
  },
  plan_item_buyer_name_length: SHAPE,
  plan_item_title_length: SHAPE,
  plan_item_summary_length: SHAPE,
  plan_item_service_kind: SHAPE,
  plan_item_budget_range: SHAPE,
  plan_item_month_form: SHAPE,
  plan_item_source_url_length: SHAPE,
  plan_item_source_region_length: SHAPE,
  plan_item_exemption_length: SHAPE,
  plan_item_buyer_known: BOUND,
  plan_item_line_known: BOUND,
  plan_item_budgeted_has_line: STEPS,
  plan_item_published_has_time: STEPS,
  plan_item_of_import: {
    unreachable: 'the import is written in the transaction of its items; without it there are none of them',
  },
  plan_item_import_whole: {
    unreachable: 'one statement sets all three, and nothing else writes them',
  },
  plan_item_source_once: {
    unreachable: 'the import leaves out what is there already: ON CONFLICT DO NOTHING',
  },
  plan_item_source_key_length: {
    unreachable: 'the key is computed, a SHA-256',
  },
  plan_item_opinion_of_item: {
    unreachable: 'the item is locked while an opinion is written',
  },
  plan_item_opinion_kind: OPINION,
  plan_item_opinion_channel: OPINION,
  plan_item_opinion_count: OPINION,
  plan_item_opinion_summary: OPINION,
  plan_item_opinion_reply: OPINION,
  plan_item_opinion_period: OPINION,
  plan_item_opinion_answered: OPINION,
});
