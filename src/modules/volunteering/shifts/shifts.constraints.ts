import { defineConstraints } from '#platform';

const planned = { unreachable: 'CreateShift takes it from the project, which refers to it itself' };
const bounded = { unreachable: 'CreateShiftRequest has the same bounds' };
const counted = {
  unreachable: 'seats are counted under the lock of the role, by the sign-ups that were decided',
};

defineConstraints('volunteering', {
  shift_project_known: { unreachable: 'CreateShift holds the project until the transaction ends' },
  shift_organization_known: planned,
  shift_area_known: planned,
  shift_title_length: bounded,
  shift_place_length: bounded,
  shift_role_risk_length: bounded,
  shift_role_max_people: bounded,
  shift_promotion_lead: bounded,
  shift_role_min_people: { unreachable: 'no request says yet how many people a shift needs at least' },
  shift_role_alone: { unreachable: 'CreateShift makes one role with its shift, and nothing makes another' },
  shift_role_of_shift: {
    unreachable: 'an id is given out once; it is there to be referred to with the shift',
  },
  shift_role_shift_known: { unreachable: 'CreateShift has added the shift in the same transaction' },
  shift_role_waiting_not_negative: counted,
  shift_role_never_oversold: counted,
  shift_times: { unreachable: 'CreateShift refuses other times first (volunteering.shift-times-invalid)' },
  shift_role_danger_is_told: { unreachable: 'CreateShift refuses first (volunteering.risk-text-required)' },
});
