import { defineConstraints } from '#platform';
import { budgetsErrors } from './budgets.errors.js';

/** What the second line of defence says, as the refusal that the first line would have given. */
defineConstraints('budgets', {
  account_line_known: () => budgetsErrors.lineNotFound(),
  budget_line_carry_over: { unreachable: 'creating a line asks mustCarryOverLawfully first' },
  budget_line_indicator_once: () => budgetsErrors.lineExists(),
  posting_key_once: () => budgetsErrors.keyReused(),
  transfer_line_open: () => budgetsErrors.lineClosed(),
  transfer_award_commits_once: () => budgetsErrors.awardAlreadyCommitted(),
  transfer_milestone_accrues_once: () => budgetsErrors.milestoneAlreadyAccrued(),
  transfer_reversed_once: () => budgetsErrors.transferAlreadyReversed(),
  transfer_resolved_once: () => budgetsErrors.paymentAlreadyResolved(),
});
