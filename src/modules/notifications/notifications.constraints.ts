import { defineConstraints } from '#platform';

const TIDIED = { unreachable: 'tidy() cuts the words of every notice to less than the column takes' };
const DECLARED = {
  unreachable: 'the notice of an event says what it is about, and a test composes each of them',
};

defineConstraints('notifications', {
  message_once: { unreachable: 'somebody who was told already is left out of the statement (ON CONFLICT)' },
  message_to_account: {
    unreachable: 'only accounts that the directory answers with are told; none is deleted',
  },
  message_event_type_form: { unreachable: 'the kernel refuses an event whose type has another form' },
  message_about_type_form: DECLARED,
  message_about_id_length: DECLARED,
  message_subject_zh_length: TIDIED,
  message_body_zh_length: TIDIED,
  message_subject_en_length: TIDIED,
  message_body_en_length: TIDIED,
  delivery_one_per_channel: { unreachable: 'one is written with its message, which is written once' },
  delivery_of_message: { unreachable: 'the message is written before it in the same transaction' },
  delivery_channel_known: { unreachable: 'the code knows one channel' },
  delivery_attempts_not_negative: { unreachable: 'attempts are counted up from nought' },
  delivery_attempts_before_within: {
    unreachable: 'Delivery.decide makes the two equal, and attempts only grow',
  },
  delivery_reference_once: { unreachable: 'it is made of the id, which is new' },
  delivery_email_reference_form: {
    unreachable: 'Mailer.messageIdFor makes it of the id and the domain of MAIL_FROM',
  },
  delivery_last_error_form: {
    unreachable: 'judge() makes the code of letters, digits and hyphens, at most 60',
  },
  delivery_begun_has_time: {
    unreachable: 'Delivery.begin sets the time and counts the attempt with the state',
  },
  delivery_settled_has_time: { unreachable: 'Delivery.settle and decide set the time with the state' },
  preference_of_account: { unreachable: 'it is the own account of whoever has signed in; none is deleted' },
  preference_followed_areas_few: { unreachable: 'the request takes at most 20 areas' },
});
