import { defineConstraints } from '#platform';

const planned = { unreachable: 'CreateShift takes it from the project, which refers to it itself' };
const bounded = { unreachable: 'CreateShiftRequest has the same bounds' };
const counted = {
  unreachable: 'seats are counted under the lock of the shift, by the sign-ups that were decided',
};

defineConstraints('volunteering', {
  shift_project_known: { unreachable: 'CreateShift holds the project until the transaction ends' },
  shift_organization_known: planned,
  shift_area_known: planned,
  shift_title_length: bounded,
  shift_place_length: bounded,
  shift_risk_length: bounded,
  shift_capacity_positive: bounded,
  shift_promotion_lead: bounded,
  shift_waiting_not_negative: counted,
  shift_never_oversold: counted,
  shift_times: { unreachable: 'CreateShift refuses other times first (volunteering.shift-times-invalid)' },
  shift_danger_is_told: { unreachable: 'CreateShift refuses first (volunteering.risk-text-required)' },
});
