import { defineCheck } from '#platform';

export const everyApprovedBodyHasAnAdministrator = defineCheck({
  name: 'organizations.every-approved-body-has-an-administrator',
  zh: '每个由用户登记并已通过的机构都有负责人',
  en: 'Every approved organization that a person registered has an administrator',
  sql: `SELECT o.id FROM organizations.organization o
        WHERE o.status = 'approved' AND o.kind <> 'state-organ' AND o.registered_by NOT LIKE 'system:%'
          AND NOT EXISTS (SELECT FROM identity.membership m WHERE m.organization_id = o.id
                          AND m.role = 'organization-admin' AND m.revoked_at IS NULL)`,
});

export const everyRoleBelongsToAnOrganization = defineCheck({
  name: 'organizations.every-role-belongs-to-an-organization',
  zh: '每个机构角色都属于存在的机构',
  en: 'Every role in an organization belongs to an organization that exists',
  sql: `SELECT m.id FROM identity.membership m LEFT JOIN organizations.organization o ON o.id = m.organization_id
        WHERE m.organization_id IS NOT NULL AND o.id IS NULL`,
});
