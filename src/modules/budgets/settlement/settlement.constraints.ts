import { defineConstraints } from '#platform';

const ANSWER = { unreachable: 'the port of the treasury and AnswerInbox.receive know no other value' };

/** What the second line of defence says, as the refusal that the first line would have given. */
defineConstraints('budgets', {
  treasury_answer_once: { unreachable: 'the same message again is left out: ON CONFLICT DO NOTHING' },
  treasury_answer_channel: ANSWER,
  treasury_answer_outcome: ANSWER,

  payment_exception_once: { unreachable: 'the first row of a finding stays: ON CONFLICT DO NOTHING' },
  payment_exception_kind: { unreachable: 'PaymentExceptions is asked for the three kinds as literals' },
  payment_exception_attempt_known: {
    unreachable:
      'PaymentExceptions.open leaves out the attempt of an unknown payment, and the others were found',
  },
  payment_exception_of_attempt: {
    unreachable: 'AnswerInbox or SettlePayment has found the attempt, and attempts are never deleted',
  },
  payment_exception_of_answer: {
    unreachable: 'AnswerInbox keeps the answer first, in the same transaction',
  },
});
