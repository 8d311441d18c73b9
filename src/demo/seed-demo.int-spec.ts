import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO_DISTRICT } from '#modules/identity';
import { startTestApp, type TestApp } from '../../test/support/app.js';
import { DEMO_PEOPLE } from './demo-people.js';
import { type DemoLogin, SeedDemo } from './seed-demo.js';

describe('the demo district', () => {
  let test: TestApp | undefined;
  beforeEach(async () => {
    await test?.stop();
    test = await startTestApp({ http: true });
  });
  afterAll(() => test?.stop());

  const app = () => test as TestApp;
  const seed = (handOver: (logins: readonly DemoLogin[]) => Promise<void>) =>
    app().asSystem(() => app().get(SeedDemo).execute(handOver));
  /** How much of it is there. */
  const loaded = async () =>
    (
      await app().sql(
        `SELECT (SELECT count(*)::int FROM identity.account) AS people,
                (SELECT count(*)::int FROM organizations.organization) AS organizations,
                (SELECT count(*)::int FROM budgets.budget_line) AS lines,
                (SELECT count(*)::int FROM procurement.plan_item) AS plans,
                (SELECT count(*)::int FROM volunteering.volunteer) AS volunteers,
                (SELECT count(*)::int FROM platform.figure WHERE area_code = $1) AS figures`,
        [DEMO_DISTRICT],
      )
    )[0];
  const whole = { people: 18, organizations: 4, lines: 1, plans: 3, volunteers: 3, figures: 4 };
  const nothing = { people: 0, organizations: 0, lines: 0, plans: 0, volunteers: 0, figures: 0 };

  it('is loaded once, with people who can sign in and hold the roles that they are named by', async () => {
    const handed: DemoLogin[] = [];
    const keep = (logins: readonly DemoLogin[]) => Promise.resolve(void handed.push(...logins));
    expect([await seed(keep), await seed(keep)]).toEqual([true, false]);
    expect(handed.map(({ login }) => login)).toEqual(DEMO_PEOPLE.map(({ login }) => login));
    const held = await app().sql<{ login: string; role: string; area: string | null }>(
      `SELECT a.login, m.role, m.area_code AS area FROM identity.membership m
       JOIN identity.account a ON a.id = m.account_id ORDER BY a.login, m.role`,
    );
    for (const { login, roles, administers } of DEMO_PEOPLE) {
      expect(held.filter((each) => each.login === login)).toEqual(
        administers === undefined
          ? roles.map((role) => ({ login, role, area: DEMO_DISTRICT }))
          : [{ login, role: 'organization-admin', area: null }],
      );
    }
    for (const { login, password } of handed.filter(({ login: name }) =>
      /^(finance|supplier-1)$/.test(name),
    )) {
      const answer = await fetch(`${app().baseUrl}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password, deliver: 'bearer' }),
      });
      expect([login, answer.status]).toEqual([login, 201]);
    }
    expect(await loaded()).toEqual(whole);
  });

  it('is not loaded at all when its logins cannot be kept, and the next attempt begins anew', async () => {
    await expect(seed(() => Promise.reject(new Error('the disk is full')))).rejects.toThrow(
      'the disk is full',
    );
    expect(await loaded()).toEqual(nothing);
    expect(await seed(() => Promise.resolve())).toBe(true);
    expect(await loaded()).toEqual(whole);
  });
});
