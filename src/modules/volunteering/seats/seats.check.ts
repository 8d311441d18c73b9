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

export const accountsOfSignUps = defineCheck({
  name: 'volunteering.accounts-of-sign-ups',
  zh: '报名记录上的账号与志愿者的账号一致',
  en: 'A sign-up names the account that its volunteer has',
  sql: `SELECT u.id, u.account_id, v.account_id AS really
        FROM volunteering.sign_up u JOIN volunteering.volunteer v ON v.id = u.volunteer_id
        WHERE u.account_id IS DISTINCT FROM v.account_id`,
});
