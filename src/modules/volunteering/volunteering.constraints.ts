import { defineConstraints } from '#platform';
import { volunteeringErrors } from './volunteering.errors.js';

defineConstraints('volunteering', {
  sign_up_never_double_booked: () => volunteeringErrors.doubleBooked(),
});
