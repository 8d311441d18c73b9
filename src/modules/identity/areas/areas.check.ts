import { defineCheck } from '#platform';

export const everyAreaLiesInItsParent = defineCheck({
  name: 'identity.every-area-lies-in-its-parent',
  zh: '每个区划都在上级区划之内，且与上级的级别相邻',
  en: 'Every area lies in its parent, one level down',
  // A street of a city without counties hangs on the city: its code has 00 for the county.
  sql: `SELECT a.code FROM identity.area a LEFT JOIN identity.area p ON p.code = a.parent_code
        WHERE a.level <> 'province' AND p.level IS DISTINCT FROM CASE a.level
          WHEN 'city' THEN 'province' WHEN 'county' THEN 'city' WHEN 'community' THEN 'street'
          ELSE CASE substr(a.code, 5, 2) WHEN '00' THEN 'city' ELSE 'county' END END`,
});
