import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { type AccessRow, STALE_VERSION } from '../support/access-row.js';
import { ACCESS_TABLE } from '../support/access-table.js';
import { givenWorld, type Objects, type Visitor } from '../support/access-world.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { routesOf } from '../support/routes.js';

type Outcome = 'reached' | 'unauthenticated' | 'forbidden' | 'refused' | 'hidden';

interface Answer {
  readonly status: number;
  readonly code: string;
  /** The whole answer but for what names the request. */
  readonly text: string;
  readonly headers: Headers;
}

const AT_A_TIME = 12;
/** Of those from whom an object is hidden, so many also ask for one that is not there. */
const TWINS = 4;

describe('who may do what, on every route', () => {
  let test: TestApp;
  let objects: Objects;
  let visitors: Visitor[];
  /** Objects that are not there, for the comparison with those that are not yours. */
  const nothing = new Proxy({} as Objects, {
    get: (_, name) => (name === 'area' ? '999903' : newId()),
  });

  beforeAll(async () => {
    test = await startTestApp({ http: true });
    ({ objects, visitors } = await givenWorld(test));
  });
  afterAll(() => test.stop());

  async function send(row: AccessRow, visitor: Visitor, on: Objects): Promise<Answer> {
    const [method = '', pattern = ''] = row.route.split(' ');
    const values = row.path?.(on, visitor.name) ?? [];
    const path = pattern.replaceAll(/:\w+/g, () => encodeURIComponent(values.shift() ?? ''));
    const answer = await fetch(`${test.baseUrl}${path}${row.query ? `?${row.query(on)}` : ''}`, {
      method,
      headers: {
        ...(visitor.token === undefined ? {} : { authorization: `Bearer ${visitor.token}` }),
        ...(method === 'GET' ? {} : { 'idempotency-key': newId(), 'if-match': STALE_VERSION }),
        ...(row.body || method === 'PUT' ? { 'content-type': 'application/json' } : {}),
      },
      ...(row.body ? { body: JSON.stringify(row.body(on)) } : method === 'PUT' ? { body: '{}' } : {}),
    });
    const text = (await answer.text()).replace(/"instance":"[^"]*"/, '');
    const [, code = ''] = /"code":"([a-z.-]+)"/.exec(answer.status >= 400 ? text : '') ?? [];
    return { status: answer.status, code, text, headers: answer.headers };
  }

  function expected(row: AccessRow, { name }: Visitor): Outcome {
    if (row.guard !== 'everybody') {
      if (name === 'anonymous') return 'unauthenticated';
      const role = name === 'appointed' ? 'evaluator' : name.split('@')[0];
      if (row.guard !== 'members' && !row.guard.some((held) => held === role)) return 'forbidden';
    }
    if (!row.reach || row.reach.includes(name)) return 'reached';
    if (!row.refusal) return 'hidden';
    return row.refusal.code === 'platform.forbidden' ? 'forbidden' : 'refused';
  }

  function seen(row: AccessRow, { status, code }: Answer): Outcome | `error ${number}` {
    if (status >= 500) return `error ${status}`;
    if (code === 'platform.unauthenticated' && status === 401) return 'unauthenticated';
    if (code === 'platform.forbidden' && status === 403) return 'forbidden';
    if (row.refusal?.code === code && row.refusal.status === status) return 'refused';
    if (code === 'platform.not-found' && status === 404) return 'hidden';
    return 'reached';
  }

  /** Every visitor knocks at a row; the denied first, since they change nothing for the others. */
  async function deviations(row: AccessRow): Promise<string[]> {
    const wanted = visitors.map((visitor) => ({ visitor, outcome: expected(row, visitor) }));
    const denied = wanted.filter(({ outcome }) => outcome !== 'reached');
    const found: string[] = [];
    let twins = 0;
    const knock = async ({ visitor, outcome }: (typeof wanted)[number]) => {
      const answer = await send(row, visitor, objects);
      const real = seen(row, answer);
      if (real !== outcome)
        found.push(
          `${row.route} by ${visitor.name}: ${real} (${answer.status} ${answer.code}), not ${outcome}`,
        );
      if (row.shows && real === 'reached') {
        const shown = answer.text.includes(row.shows.id(objects));
        if (shown !== row.shows.to.includes(visitor.name))
          found.push(
            `${row.route} ${shown ? 'shows a foreign object to' : 'hides an own object from'} ${visitor.name}`,
          );
      }
      if (answer.status === 404 && outcome !== 'reached' && twins < TWINS) {
        twins += 1;
        const twin = await send(row, visitor, nothing);
        if (twin.status !== answer.status || twin.text !== answer.text)
          found.push(
            `${row.route} tells ${visitor.name} "not yours" from "not there": ${answer.text} ${twin.text}`,
          );
      }
    };
    for (let at = 0; at < denied.length; at += AT_A_TIME)
      await Promise.all(denied.slice(at, at + AT_A_TIME).map(knock));
    for (const each of wanted.filter(({ outcome }) => outcome === 'reached')) await knock(each);
    return found;
  }

  it('has every route of the application in the table', () => {
    const routes = routesOf(test.app).map(({ name }) => name);
    const listed = new Set(ACCESS_TABLE.map(({ route }) => route));
    expect(routes.filter((name) => !listed.has(name))).toEqual([]);
    expect([...listed].filter((name) => !routes.includes(name))).toEqual([]);
  });

  it('serves no route but those of the controllers, the start page and the description of the interface', () => {
    const served = servedRoutes(test);
    const known = new Set(routesOf(test.app).map(({ name }) => name));
    const others = served.filter((name) => !known.has(name));
    expect(others.filter((name) => !/^GET \/(api\/(docs|openapi)|[\w.-]*$|assets\/)/.test(name))).toEqual([]);
    expect(served.length).toBeGreaterThan(known.size / 2);
  });

  it('hands attachments out as downloads that no browser shows or guesses about', async () => {
    const rows = ACCESS_TABLE.filter(({ route }) => route.endsWith('/files/:fileId'));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      const reader = visitors.find(({ name }) => name === 'auditor@own');
      const { headers, text } = await send(row, reader as Visitor, objects);
      expect(text).toBe('evidence');
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    }
  });

  it('negative control: a table that lets more people in, fewer, or the wrong ones is found out', async () => {
    const row = ACCESS_TABLE.find(({ route }) => route === 'GET /api/v1/budget-lines/:id');
    if (!row) throw new Error('The table has lost the row');
    const wrong: AccessRow[] = [
      { ...row, guard: 'everybody' },
      { ...row, guard: ['finance'] },
      { ...row, reach: [...(row.reach ?? []), 'finance@elsewhere'] },
      { ...row, reach: ['finance@own'] },
    ];
    for (const each of wrong) expect(await deviations(each)).not.toEqual([]);
  });

  it.each(ACCESS_TABLE.map((row, at) => [`${row.route} #${at}`, row] as const))('%s', async (_name, row) => {
    expect(await deviations(row)).toEqual([]);
  });
});

/** What the HTTP server itself would answer, `METHOD /path`, from the tree in which it prints its routes. */
function servedRoutes(test: TestApp): string[] {
  const above: string[] = [];
  const tree = test.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    above.splice(indent.length / 4, above.length, part);
    return methods
      .split(', ')
      .filter((method) => !['', 'HEAD', 'OPTIONS'].includes(method))
      .map((method) => `${method} ${above.join('')}`);
  });
}
