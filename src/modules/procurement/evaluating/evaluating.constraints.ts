import { defineConstraints } from '#platform';
import { evaluatingErrors } from './evaluating.errors.js';

const DECLARED = { unreachable: 'DeclareInterests sets state, instant and interests in one act' };
const OF_LOT = { unreachable: 'the statement itself looks the lot of the tender up' };
const COMPUTED = { unreachable: 'the hash is computed from the inputs as they are written' };

defineConstraints('procurement', {
  score_sheet_signed_is_final: () => evaluatingErrors.sheetSigned(),
  evaluator_once: {
    unreachable: 'under the lock on the tender nobody is appointed who was appointed before',
  },
  evaluator_of_tender: {
    unreachable: 'the tender is locked while its evaluators are appointed',
  },
  evaluator_account_known: {
    unreachable: 'EvaluatorEligibility appoints nobody but evaluators of the area',
  },
  evaluator_declared: DECLARED,
  evaluator_with_interests_does_not_score: DECLARED,
  evaluator_signed: {
    unreachable: 'SignScoreSheet sets state and instant in one act',
  },
  score_sheet_pk: {
    unreachable: 'saving again changes the sheet: ON CONFLICT DO UPDATE',
  },
  score_sheet_of_evaluator: {
    unreachable: 'Committee.evaluator comes first, and nobody loses their seat',
  },
  score_sheet_dissent_length: {
    unreachable: 'the request keeps to the same length',
  },
  score_sheet_of_lot: OF_LOT,
  evaluation_result_of_lot: OF_LOT,
  evaluation_result_hash_of_inputs: COMPUTED,
});
