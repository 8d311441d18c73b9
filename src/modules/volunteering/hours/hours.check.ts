import { defineCheck } from '#platform';

/** An entry and its corrections count as one: `h.minutes + k.minutes`. */
const WITH_CORRECTIONS = `volunteering.hours_record h
        CROSS JOIN LATERAL (SELECT coalesce(sum(c.minutes), 0)::int AS minutes
                            FROM volunteering.hours_record c WHERE c.corrects_id = h.id) k`;

export const hoursNeedAttendance = defineCheck({
  name: 'volunteering.hours-need-attendance',
  zh: '每条时长记录均有签到签退，且不超过在岗时间',
  en: 'Every recorded hour has a check-in and a check-out and is not longer than the time between',
  sql: `SELECT h.id, h.minutes + k.minutes AS minutes
        FROM ${WITH_CORRECTIONS} JOIN volunteering.sign_up u ON u.id = h.sign_up_id
        WHERE h.corrects_id IS NULL
          AND (u.state <> 'attended' OR u.checked_in_at IS NULL OR u.checked_out_at IS NULL
            OR h.minutes + k.minutes > ceil(extract(epoch FROM u.checked_out_at - u.checked_in_at) / 60))`,
});

export const correctionsAddUp = defineCheck({
  name: 'volunteering.corrections-add-up',
  zh: '更正只针对原始记录，且更正后的时长不为负、不超过一天',
  en: 'A correction corrects an original entry, and leaves neither less than nothing nor more than a day',
  sql: `SELECT h.id, h.minutes + k.minutes AS minutes FROM ${WITH_CORRECTIONS}
        WHERE CASE WHEN h.corrects_id IS NULL THEN h.minutes + k.minutes NOT BETWEEN 0 AND 1440
                   ELSE k.minutes <> 0 END`,
});
