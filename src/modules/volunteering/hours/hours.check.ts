import { defineCheck } from '#platform';

export const hoursNeedAttendance = defineCheck({
  name: 'volunteering.hours-need-attendance',
  zh: '每条时长记录均有签到签退，且不超过在岗时间',
  en: 'Every recorded hour has a check-in and a check-out and is not longer than the time between',
  sql: `SELECT h.id, h.minutes FROM volunteering.hours_record h JOIN volunteering.sign_up u ON u.id = h.sign_up_id
        WHERE u.state <> 'attended' OR u.checked_in_at IS NULL OR u.checked_out_at IS NULL
           OR h.minutes > ceil(extract(epoch FROM u.checked_out_at - u.checked_in_at) / 60)`,
});
