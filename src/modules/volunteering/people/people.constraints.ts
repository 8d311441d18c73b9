import { defineConstraints } from '#platform';
import { peopleErrors } from './people.errors.js';

defineConstraints('volunteering', {
  volunteer_account_known: { unreachable: 'the account comes from the session, and none is ever deleted' },
  volunteer_one_per_account: {
    unreachable: 'SaveVolunteerProfile looks first, and two that register at one moment take turns',
  },
  volunteer_with_account: {
    unreachable: 'an id is given out once; it is there to be referred to with the account',
  },
  volunteer_unit_known: { unreachable: 'no request says yet who sends a volunteer' },
  volunteer_name_length: { unreachable: 'no request registers somebody without an account yet' },
  volunteer_has_one_name: { unreachable: 'Volunteer.registered has the account and leaves the name to it' },
  volunteer_number_once: { unreachable: 'the table gives the numbers out itself, from a sequence' },
  volunteer_birth_date: () => peopleErrors.birthDateImpossible(),
  volunteer_area_known: { unreachable: 'SaveVolunteerProfile asks mustBeAreaInForce first' },
  volunteer_skills_few: { unreachable: 'SaveProfileRequest takes 20 skills at most' },
});
