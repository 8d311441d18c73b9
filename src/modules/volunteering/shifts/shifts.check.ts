import { defineCheck } from '#platform';

export const shiftsHaveARole = defineCheck({
  name: 'volunteering.shifts-have-a-role',
  zh: '每个班次至少有一个岗位，且记有可报名人数',
  en: 'Every shift has a role that says how many people it takes',
  sql: `SELECT s.id FROM volunteering.shift s
        WHERE NOT EXISTS (SELECT FROM volunteering.shift_role r WHERE r.shift_id = s.id)`,
});
