import { newId } from '#libs/kernel';
import { givenPeople } from '../../src/modules/identity/accounts/accounts.given.js';
import type { TestApp } from './app.js';

/** Area of the tests of volunteering: fictional, like every area that begins with 99. */
const AREA = '999901001';

export interface GivenProject {
  readonly projectId: string;
  readonly organizationId: string;
  readonly staffId: string;
}

/**
 * Rows in bulk, straight into the tables: a rush needs hundreds of people and no test of sign-ups is about how
 * they registered. Everything a test asserts still goes through the use cases.
 */
export async function givenRunningProject(test: TestApp): Promise<GivenProject> {
  const [organizationId, projectId] = [newId(), newId()];
  await test.sql(
    `INSERT INTO identity.area (code, name, level, parent_code, source) VALUES
       ('99', '虚构省', 'province', NULL, 'test'), ('9999', '虚构市', 'city', '99', 'test'),
       ('999901', '虚构区', 'county', '9999', 'test'), ('${AREA}', '虚构街道', 'street', '999901', 'test')
     ON CONFLICT DO NOTHING`,
  );
  await test.sql(
    `INSERT INTO organizations.organization
       (id, name, kind, stage, status, area_code, purpose, registered_by, registered_at, decided_by, decided_at)
     VALUES ($1, '测试互助小组', 'community-group', 'spontaneous', 'approved', '${AREA}', 'test', 'test-a', now(), 'test-b', now())`,
    [organizationId],
  );
  await test.sql(
    `INSERT INTO projects.project (id, source, organization_id, area_code, title, state, starts_on, ends_on, created_at)
     VALUES ($1, 'own', $2, '${AREA}', '测试项目', 'active', '2020-01-01', '2099-12-31', now())`,
    [projectId, organizationId],
  );
  return { projectId, organizationId, staffId: (await givenPeople(test, 1))[0] ?? '' };
}

/** Registered adult volunteers. @returns their account ids */
export async function givenVolunteers(
  test: TestApp,
  count: number,
  birthDate = '1990-05-04',
): Promise<string[]> {
  const ids = await givenPeople(test, count);
  await test.sql(
    `INSERT INTO volunteering.volunteer (id, account_id, birth_date, area_code, registered_by, registered_at)
     SELECT gen_random_uuid(), id, $2, '${AREA}', id::text, now() FROM unnest($1::uuid[]) AS a (id)`,
    [ids, birthDate],
  );
  return ids;
}
