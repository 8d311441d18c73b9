import { defineConstraints } from './constraints.js';

const RULES = { unreachable: 'rules of deadlines are written by migrations and by nothing else' };
const FIGURES = {
  unreachable:
    'figures are written by migrations and by the demonstration, whose grade is a constant and whose ON CONFLICT DO NOTHING leaves what is there',
};
const KEYED = { unreachable: 'Timers and Relay write tasks with ON CONFLICT ON CONSTRAINT task_once' };
const NUMBERED = {
  unreachable: 'Outbox takes a new UUIDv7 for each event, the database the transaction and the next number',
};

const REFUSED = {
  unreachable: 'decorators of routes and error catalogues have these forms, RefusalRecords adds nothing',
};

defineConstraints('platform', {
  outbox_event_pk: NUMBERED,
  outbox_event_id_once: NUMBERED,
  outbox_event_type_form: { unreachable: 'defineEvent refuses every other form when the program is loaded' },
  task_once: KEYED,
  task_every_positive: { unreachable: 'the pauses of the recurring jobs are constants of their classes' },
  idempotency_key_pk: {
    unreachable: 'IdempotencyStore claims keys with ON CONFLICT ON CONSTRAINT idempotency_key_pk DO NOTHING',
  },
  idempotency_key_length: {
    unreachable:
      'idempotencyKeyOf refuses other lengths, and what comes in a header is as many units as characters',
  },
  file_name_length: { unreachable: 'shownFileName cuts the name and replaces one in which nothing is seen' },
  file_not_empty: { unreachable: 'FileStore.upload refuses an empty file before it is stored' },
  file_sha256_form: { unreachable: 'FileStorage computes it from the bytes' },
  file_attached_whole: { unreachable: 'FileStore.attach sets both, and nothing takes an attachment back' },
  figure_grade_known: FIGURES,
  figure_one_at_a_time: FIGURES,
  deadline_rule_code: RULES,
  deadline_rule_length: RULES,
  deadline_rule_one_at_a_time: RULES,
  deadline_rule_unit: RULES,
  deadline_rule_known: { unreachable: 'Deadlines.start reads the rule first and fails without it' },
  deadline_once: {
    unreachable:
      'Deadlines.start leaves a clock that runs: ON CONFLICT ON CONSTRAINT deadline_once DO NOTHING',
  },
  deadline_order: {
    unreachable:
      'dueAt ends with a day in China after that of the event: every rule is at least one day long',
  },
  refusal_action_form: REFUSED,
  refusal_code_form: REFUSED,
  refusal_object_type_form: REFUSED,
  refusal_object_whole: { unreachable: 'RefusalRecords.write keeps both or neither' },
  refusal_details_size: { unreachable: 'keepableDetails leaves out what is longer' },
  refusal_once_per_request: {
    unreachable:
      'RefusalRecords adds them with ON CONFLICT ON CONSTRAINT refusal_once_per_request DO NOTHING',
  },
  calendar_year_range: {
    unreachable: 'no request, import or command writes a year: whoever runs the database enters it',
  },
});
