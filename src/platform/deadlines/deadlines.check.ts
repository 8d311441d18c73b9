import { defineCheck } from '../checks/data-check.js';

defineCheck({
  name: 'platform.area-deadlines-are-no-laxer',
  zh: '地区设定的期限不得宽于全国规定，且使用相同的单位',
  en: 'A deadline that an area sets is no longer than the country’s, in the same unit',
  sql: `
    SELECT a.code, a.area_code AS "areaCode", a.length, a.unit, c.length AS "countryLength", c.unit AS "countryUnit"
    FROM platform.deadline_rule a JOIN platform.deadline_rule c ON c.code = a.code AND c.validity && a.validity
    WHERE a.area_code <> '' AND c.area_code = '' AND (a.unit <> c.unit OR a.length > c.length)`,
});
