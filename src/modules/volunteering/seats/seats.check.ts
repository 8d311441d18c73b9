import { defineCheck } from '#platform';

export const takenSeatsAreCounted = defineCheck({
  name: 'volunteering.seats-are-counted',
  zh: '班次岗位的占用与候补人数与报名记录一致，且不超员',
  en: 'A role of a shift counts its seats and its waiting list right and is never oversold',
  sql: `SELECT r.id, r.shift_id, r.max_people, r.taken, r.waiting, c.taken AS really_taken, c.waiting AS really_waiting
        FROM volunteering.shift_role r
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE state IN ('confirmed', 'checked-in', 'checked-out', 'attended', 'no-show')) AS taken,
                 count(*) FILTER (WHERE state = 'waiting') AS waiting
          FROM volunteering.sign_up u WHERE u.shift_id = r.shift_id AND u.role_id = r.id) c
        WHERE r.taken <> c.taken OR r.waiting <> c.waiting OR r.taken > r.max_people`,
});

export const accountsOfSignUps = defineCheck({
  name: 'volunteering.accounts-of-sign-ups',
  zh: '报名记录上的账号与志愿者的账号一致',
  en: 'A sign-up names the account that its volunteer has',
  sql: `SELECT u.id, u.account_id, v.account_id AS really
        FROM volunteering.sign_up u JOIN volunteering.volunteer v ON v.id = u.volunteer_id
        WHERE u.account_id IS DISTINCT FROM v.account_id`,
});
