import { defineConstraints } from '#platform';
import { peopleErrors } from './people.errors.js';

defineConstraints('volunteering', {
  volunteer_account_known: { unreachable: 'the account comes from the session, and none is ever deleted' },
  volunteer_number_once: { unreachable: 'the table gives the numbers out itself, from a sequence' },
  volunteer_birth_date: () => peopleErrors.birthDateImpossible(),
  volunteer_area_known: { unreachable: 'SaveVolunteerProfile asks mustBeAreaInForce first' },
  volunteer_skills_few: { unreachable: 'SaveProfileRequest takes 20 skills at most' },
});
