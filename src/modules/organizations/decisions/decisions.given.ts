import type { TestApp } from '../../../../test/support/app.js';
import { givenOrganization } from '../registry/registry.given.js';
import { ApproveOrganization } from './approve-organization.js';

type Actor = Parameters<TestApp['as']>[0];

/** An organization that was let in; whoever registered it is its administrator. @returns its id */
export async function givenApprovedOrganization(
  test: Pick<TestApp, 'get' | 'as'>,
  { registrant, officer }: { registrant: Actor; officer: Actor },
  values: Parameters<typeof givenOrganization>[2],
): Promise<string> {
  const organizationId = await givenOrganization(test, registrant, values);
  await test.as(officer, () => test.get(ApproveOrganization).execute({ organizationId }));
  return organizationId;
}
