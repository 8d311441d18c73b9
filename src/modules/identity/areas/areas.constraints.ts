import { defineConstraints } from '#platform';
import { areasErrors } from './areas.errors.js';

const DERIVED = { unreachable: 'level and parent are derived from the code, which readAreaFile has checked' };

defineConstraints('identity', {
  area_code_form: { unreachable: 'readAreaFile leaves out rows whose code has another form' },
  area_name_length: {
    unreachable: 'readAreaFile leaves out rows without a name and with one over 100 characters',
  },
  area_level_fits_code: DERIVED,
  area_level_known: DERIVED,
  area_parent_is_prefix: DERIVED,
  area_parent_known: {
    unreachable: 'refuseOrphans leaves out rows whose parent is not there; no area is deleted',
  },
  area_successor_known: {
    unreachable: 'refuseOrphans leaves out rows whose successor is not there; no area is deleted',
  },
  area_successor_after_end: {
    unreachable: 'readAreaFile leaves out rows with a successor and no end, and no import takes an end away',
  },
  // A row may name one end of the validity, and the other end stays as it is on record.
  area_validity_ordered: () => areasErrors.areaDatesContradict(),
  area_source_named: {
    unreachable: 'readAreaFile leaves out rows with a longer one, and the name of a file is shorter',
  },
});
