import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chinaDate, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import {
  type GivenProject,
  givenRunningProject,
  givenVolunteers,
} from '../../../../test/support/given-shift.js';
import { RefusalRecords } from '../../../platform/refusals/refusal-records.js';
import { givenPeople } from '../../identity/accounts/accounts.given.js';
import { givenRole } from '../../identity/roles/roles.given.js';
import { givenSession } from '../../identity/sessions/sessions.given.js';
import { CreateShift } from '../shifts/create-shift.js';

const HOUR_MS = 3_600_000;

interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

describe('why somebody was refused on a shift', () => {
  let test: TestApp;
  let project: GivenProject;
  let staff: string;
  beforeAll(async () => {
    test = await startTestApp({ http: true });
    project = await givenRunningProject(test);
    staff = await staffOf(project);
  });
  afterAll(() => test.stop());

  async function staffOf({ staffId, organizationId }: GivenProject): Promise<string> {
    await givenRole(test, staffId, { role: 'organization-staff', organizationId });
    return givenSession(test, staffId);
  }
  async function shift(): Promise<string> {
    const startsAt = new Date(Date.now() + 30 * HOUR_MS);
    const memberships = [{ role: 'organization-staff', organizationId: project.organizationId }] as const;
    const { shiftId } = await test.as({ accountId: project.staffId, memberships }, () =>
      test.get(CreateShift).execute({
        ...{ projectId: project.projectId, title: '陪伴阅读', place: '社区活动室', capacity: 1 },
        ...{ startsAt, endsAt: new Date(startsAt.getTime() + HOUR_MS) },
        ...{ riskText: null, dangerous: false, promotionLeadMinutes: 0 },
      }),
    );
    return shiftId;
  }
  async function send(token: string, method: string, path: string, body?: object) {
    const answer = await fetch(`${test.baseUrl}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': newId() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = (await answer.json()) as Record<string, unknown>;
    await test.get(RefusalRecords).written();
    return { status: answer.status, body: text, requestId: answer.headers.get('x-request-id') ?? '' };
  }
  const page = async (token: string, path: string) =>
    (await send(token, 'GET', path)).body as unknown as Page;

  /** Sixteen on every day of the test, and nobody has consented. */
  async function minor() {
    const birthDate = `${Number(chinaDate(new Date()).slice(0, 4)) - 17}-12-31`;
    const [accountId = ''] = await givenVolunteers(test, 1, birthDate);
    const [row] = await test.sql<{ number: string; name: string }>(
      `SELECT v.volunteer_number AS number, a.display_name AS name
       FROM volunteering.volunteer v JOIN identity.account a ON a.id = v.account_id WHERE a.id = $1`,
      [accountId],
    );
    return { token: await givenSession(test, accountId), number: row?.number, name: row?.name ?? '?' };
  }

  it('is told to the person, to the organizers by volunteer number, and to an operator by the request', async () => {
    const [shiftId, person] = [await shift(), await minor()];
    const refused = await send(person.token, 'POST', `shifts/${shiftId}/sign-ups`, {});
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'volunteering.guardian-consent-required' },
    });
    const told = {
      ...{ action: 'volunteering.sign-up', actZh: '报名班次', actEn: 'sign up for a shift' },
      code: 'volunteering.guardian-consent-required',
      ...{ reasonZh: '未满十八周岁须有监护人同意。', reasonEn: 'Under eighteen a guardian must consent.' },
    };
    const object = { objectType: 'volunteering.shift', objectId: shiftId, requestId: refused.requestId };
    expect((await page(person.token, 'me/refusals')).items).toMatchObject([{ ...told, ...object }]);

    const toStaff = await page(staff, `shifts/${shiftId}/refusals`);
    expect(toStaff.items).toEqual([
      { ...told, id: expect.any(String), occurredAt: expect.any(String), volunteerNumber: person.number },
    ]);
    expect(JSON.stringify(toStaff)).not.toContain(person.name);

    const [operator = ''] = await givenPeople(test, 1);
    await givenRole(test, operator, { role: 'platform-operator', areaCode: '99' });
    const token = await givenSession(test, operator);
    const byRequest = (id: string) => send(token, 'GET', `operations/refusals/${id}`);
    expect(await byRequest(refused.requestId)).toMatchObject({ status: 200, body: { ...told, ...object } });
    expect(await byRequest(newId())).toMatchObject({ status: 404, body: { code: 'platform.not-found' } });
  });

  it('is told of a check-in, and of somebody who is no volunteer yet, the newest first, page by page', async () => {
    const shiftId = await shift();
    const [stranger = ''] = await givenPeople(test, 1);
    const token = await givenSession(test, stranger);
    const asked = [
      await send(token, 'POST', `shifts/${shiftId}/sign-ups`, {}),
      await send(token, 'POST', `shifts/${shiftId}/check-ins`, { code: 'ABC234' }),
    ];
    expect(asked.map(({ status }) => status >= 400)).toEqual([true, true]);
    const first = await page(staff, `shifts/${shiftId}/refusals?limit=1`);
    const second = await page(staff, `shifts/${shiftId}/refusals?limit=1&cursor=${String(first.nextCursor)}`);
    expect([...first.items, ...second.items]).toMatchObject([
      { action: 'volunteering.check-in', code: asked[1]?.body['code'], volunteerNumber: null },
      { action: 'volunteering.sign-up', code: 'volunteering.profile-required', volunteerNumber: null },
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it('is hidden from other organizations, of this shift as of one that is not there, and other shifts keep theirs', async () => {
    const [shiftId, other, person] = [await shift(), await shift(), await minor()];
    await send(person.token, 'POST', `shifts/${shiftId}/sign-ups`, {});
    const foreign = await staffOf(await givenRunningProject(test));
    for (const id of [shiftId, newId()]) {
      expect(await send(foreign, 'GET', `shifts/${id}/refusals`)).toMatchObject({
        status: 404,
        body: { code: 'platform.not-found' },
      });
    }
    expect((await page(staff, `shifts/${other}/refusals`)).items).toEqual([]);
    expect((await page(staff, `shifts/${shiftId}/refusals`)).items).toHaveLength(1);
  });

  it('negative control: whoever gets the seat leaves no refusal', async () => {
    const shiftId = await shift();
    const [adult = ''] = await givenVolunteers(test, 1);
    const token = await givenSession(test, adult);
    expect((await send(token, 'POST', `shifts/${shiftId}/sign-ups`, {})).status).toBe(201);
    expect((await page(staff, `shifts/${shiftId}/refusals`)).items).toEqual([]);
    expect((await page(token, 'me/refusals')).items).toEqual([]);
  });
});
