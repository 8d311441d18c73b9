import { defineConstraints } from '#platform';
import { linesErrors } from './lines.errors.js';

const FORM = { unreachable: 'the request keeps to the same form, length and range' };
const LISTED = { unreachable: 'the request takes the values of indicator-elements.ts and nothing else' };

/** What the second line of defence says, as the refusal that the first line would have given. */
defineConstraints('budgets', {
  budget_line_with_buyer: { unreachable: 'the id of a line is new and its own' },
  budget_line_carry_over: { unreachable: 'creating a line asks mustCarryOverLawfully first' },
  budget_line_indicator_once: () => linesErrors.lineExists(),
  budget_line_buyer_known: {
    unreachable: 'OrganizationsApi.mustBeBuyer came first, and organizations are never deleted',
  },
  budget_line_area_form: { unreachable: 'IdentityApi.mustBeAreaInForce comes first' },
  budget_line_year: FORM,
  budget_line_document_length: FORM,
  budget_line_project_form: FORM,
  budget_line_name_length: FORM,
  budget_line_unit_form: FORM,
  budget_line_functional_form: FORM,
  budget_line_government_economic_form: FORM,
  budget_line_department_economic_form: FORM,
  budget_line_fund_nature_known: LISTED,
  budget_line_source_known: LISTED,
  budget_line_payment_method_known: LISTED,
  budget_line_stage_known: LISTED,
});
