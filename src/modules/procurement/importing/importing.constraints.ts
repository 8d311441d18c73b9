import { defineConstraints } from '#platform';

const WRITTEN = {
  unreachable:
    'ImportPlan writes the columns from what the reader of the file returns, which knows no other values',
};
const CUT = { unreachable: 'a finding keeps at most so much of its cell and heading' };

defineConstraints('procurement', {
  plan_import_area_known: {
    unreachable: 'IdentityApi.mustBeAreaInForce comes first',
  },
  plan_import_sha256_form: {
    unreachable: 'the hash is computed from the file',
  },
  plan_import_name_length: {
    unreachable: 'shownFileName cuts the name and replaces an empty one',
  },
  plan_import_encoding_known: WRITTEN,
  plan_import_once: {
    unreachable: 'whoever comes second gets the report of the first: ON CONFLICT DO NOTHING',
  },
  plan_import_every_row_accounted: {
    unreachable: 'each row of the file is one of the three; the reader is tested on every kind of row',
  },
  plan_import_rejection_of_import: {
    unreachable: 'the import is written first, in the same transaction',
  },
  plan_import_rejection_line: WRITTEN,
  plan_import_rejection_last_line: WRITTEN,
  plan_import_rejection_code: WRITTEN,
  plan_import_rejection_outcome: WRITTEN,
  plan_import_rejection_column: CUT,
  plan_import_rejection_cell: CUT,
  plan_import_rejection_pk: {
    unreachable: 'positions are counted from one in a single statement',
  },
});
