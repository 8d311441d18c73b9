import type { AccessRow } from './access-row.js';
import { peopleRows } from './access-rows-of-people.js';
import { purchasingRows } from './access-rows-of-purchasing.js';

/** Every route with who may do what; requests that get through are made so that they change as little as possible. */
export const ACCESS_TABLE: readonly AccessRow[] = [
  ...peopleRows,
  ...purchasingRows,
  // Last: whoever gets through is signed out.
  { route: 'DELETE /api/v1/sessions/current', guard: 'members' },
];
