import { defineConstraints } from '#platform';
import { seatsErrors } from './seats.errors.js';

defineConstraints('volunteering', {
  sign_up_never_double_booked: () => seatsErrors.doubleBooked(),
});
