import { defineCheck } from '#platform';

export const takenSeatsAreCounted = defineCheck({
  name: 'volunteering.seats-are-counted',
  zh: '班次的占用与候补人数与报名记录一致，且不超员',
  en: 'A shift counts its seats and its waiting list right and is never oversold',
  sql: `SELECT s.id, s.capacity, s.taken, s.waiting, c.taken AS really_taken, c.waiting AS really_waiting
        FROM volunteering.shift s
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE state IN ('confirmed', 'checked-in', 'checked-out', 'attended', 'no-show')) AS taken,
                 count(*) FILTER (WHERE state = 'waiting') AS waiting
          FROM volunteering.sign_up u WHERE u.shift_id = s.id) c
        WHERE s.taken <> c.taken OR s.waiting <> c.waiting OR s.taken > s.capacity`,
});

export const hoursNeedAttendance = defineCheck({
  name: 'volunteering.hours-need-attendance',
  zh: '每条时长记录均有签到签退，且不超过在岗时间',
  en: 'Every recorded hour has a check-in and a check-out and is not longer than the time between',
  sql: `SELECT h.id, h.minutes FROM volunteering.hours_record h JOIN volunteering.sign_up u ON u.id = h.sign_up_id
        WHERE u.state <> 'attended' OR u.checked_in_at IS NULL OR u.checked_out_at IS NULL
           OR h.minutes > ceil(extract(epoch FROM u.checked_out_at - u.checked_in_at) / 60)`,
});
