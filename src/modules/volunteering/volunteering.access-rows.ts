import type { AccessRow } from '../../../test/support/access-row.js';
import { attendanceRows } from './attendance/attendance.access-rows.js';
import { hoursRows } from './hours/hours.access-rows.js';
import { peopleRows } from './people/people.access-rows.js';
import { seatsRows } from './seats/seats.access-rows.js';
import { shiftsRows } from './shifts/shifts.access-rows.js';

/** In the order in which they are tried: the seat is given back, and the shift called off, last. */
export const volunteeringRows: readonly AccessRow[] = [
  ...peopleRows,
  ...shiftsRows,
  ...attendanceRows,
  ...hoursRows,
  ...seatsRows,
];
