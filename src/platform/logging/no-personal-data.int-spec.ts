import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { TaskHandler } from '../tasks/task-handler.js';
import { TaskRegistry } from '../tasks/task-registry.js';
import { Timers } from '../tasks/timers.js';
import { WorkerLoop } from '../tasks/worker-loop.js';
import { until } from '../../../test/support/until.js';
import { createLogger, NestLogger } from './logger.js';

/** Each is typed in somewhere below, and must be found in no line of the log. */
const MARKS = {
  password: 'Marked-Password-7261',
  wrongPassword: 'Marked-Wrong-9917',
  login: 'marked-login-5521',
  displayName: '标记姓名七',
  email: 'marked-4410@test.invalid',
  phone: '13812345678',
  citizenId: '110101199003074477',
  birthDate: '1991-07-13',
  address: '标记地址一号楼',
} as const;

class Careless extends TaskHandler {
  readonly name = 'probe.careless';
  override readonly maxAttempts = 1;
  constructor(private readonly insert: () => Promise<unknown>) {
    super();
  }
  async run(): Promise<void> {
    await this.insert();
  }
}

describe('the log', () => {
  let probe: ProbeApp;
  let token = '';
  beforeAll(async () => {
    probe = await startProbeApp();
  });
  afterAll(() => probe.stop());

  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${probe.baseUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return {
      status: answer.status,
      body: (await answer.json().catch(() => ({}))) as Record<string, unknown>,
    };
  };

  it('holds a line per request and nothing that anybody typed in, whatever went wrong', async () => {
    const { password, wrongPassword, login, displayName, email, phone, citizenId, birthDate, address } =
      MARKS;
    const person = { login, displayName, password, email, phone };
    expect((await send('POST', '/accounts', person)).status).toBe(201);
    // Taken, malformed, with fields that nobody knows.
    expect((await send('POST', '/accounts', person)).status).toBe(409);
    expect((await send('POST', '/accounts', { ...person, login: `${login} ${citizenId}` })).status).toBe(422);
    expect((await send('POST', '/accounts', { ...person, citizenId, address })).status).toBe(400);
    expect((await send('POST', '/sessions', { login, password: wrongPassword })).status).toBe(401);
    const opened = await send('POST', '/sessions', { login, password, deliver: 'bearer' });
    token = String(opened.body['token']);
    expect(token).toHaveLength(43);
    await send('POST', '/me/password', { currentPassword: wrongPassword, newPassword: password });
    const profile = { birthDate, areaCode: '999901', skills: [address] };
    await send('PUT', '/volunteer-profile', profile);
    await send('PUT', '/volunteer-profile', { ...profile, citizenId });
    await send(
      'POST',
      `/shifts/${newId()}/sign-ups`,
      { riskAcknowledged: true },
      { 'idempotency-key': newId() },
    );
    await send('GET', `/areas?q=${encodeURIComponent(displayName)}&token=${token}`);
    await send('GET', `/nowhere/${encodeURIComponent(email)}?phone=${phone}`, undefined, {
      'user-agent': `${displayName.length} ${login}`,
      cookie: `linqiao=${token}`,
      referer: `http://127.0.0.1/?email=${email}`,
    });
    await send('GET', '/me', undefined, { authorization: `Bearer ${token}x` });

    const log = probe.lines.join('');
    expect(probe.lines.filter((line) => line.includes('"route"')).length).toBeGreaterThan(12);
    expect(log).toContain('/api/v1/sessions');
    for (const [what, mark] of Object.entries({ ...MARKS, token })) {
      expect({ what, inLog: log.includes(mark) }).toEqual({ what, inLog: false });
    }
  });

  it('says of every refusal which it was, by the code that the answer gave', async () => {
    const given = new Map<string, string>();
    const ask = async (path: string, init: RequestInit = {}) => {
      const answer = await fetch(`${probe.baseUrl}${path}`, init);
      const { code } = (await answer.json()) as { code?: string };
      given.set(answer.headers.get('x-request-id') ?? '', `${answer.status} ${String(code)}`);
      return answer.status;
    };
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const statuses = [
      await ask('/api/v1/me'),
      await ask('/api/v1/nowhere'),
      await ask('/api/v1/areas?limit=0'),
      await ask('/api/v1/accounts', { ...json, body: '{' }),
      await ask('/api/v1/accounts', { ...json, body: '{"login":1}' }),
      await ask('/api/v1/sessions', { ...json, body: '{"login":"nobody-9","password":"Wrong-9917-guess"}' }),
      await ask(`/api/v1/shifts/${newId()}`),
      await ask('/api/v1/accounts', { method: 'POST', headers: { 'content-type': 'text/x' }, body: 'x' }),
    ];
    expect(statuses).toEqual([401, 404, 400, 400, 400, 401, 404, 415]);
    const lineOf = (id: string) => probe.lines.find((line) => line.includes(id) && line.includes('"route"'));
    // A line is written after its answer.
    await until('the lines', () => [...given.keys()].every((id) => lineOf(id) !== undefined));
    for (const [id, told] of given) {
      const { status, code, ...rest } = JSON.parse(lineOf(id) ?? '') as Record<string, unknown>;
      expect(`${String(status)} ${String(code)}`).toBe(told);
      expect(Object.keys(rest).sort()).toEqual([
        ...['level', 'method', 'ms', 'requestId', 'route', 'service', 'time'],
      ]);
    }
  });

  it('says of a failed task which constraint refused it, not the row', async () => {
    const account = (id: string) =>
      probe.sql(
        `INSERT INTO identity.account (id, login, display_name, email, created_at, created_by)
         VALUES ($1, 'careless-login', $2, $3, now(), 'test')`,
        [id, MARKS.displayName, MARKS.email],
      );
    await account(newId());
    probe.get(TaskRegistry).register(new Careless(() => account(newId())));
    await probe.uow.run(() => probe.get(Timers).schedule('probe.careless', 'once', new Date(0), {}));
    await probe.get(WorkerLoop).drain();
    const line = probe.lines.find((text) => text.includes('probe.careless'));
    expect(line).toContain('account_login_once');
    const [task] = await probe.sql<{ state: string; last_error: string }>(
      "SELECT state, last_error FROM platform.task WHERE handler = 'probe.careless'",
    );
    expect(task?.state).toBe('dead');
    for (const mark of [MARKS.displayName, MARKS.email, 'careless-login']) {
      expect(probe.lines.join('')).not.toContain(mark);
      expect(task?.last_error).not.toContain(mark);
    }
  });

  it.each([
    ...['req', 'res', 'headers', 'authorization', 'cookie', 'password', 'token', 'email', 'phone'],
    ...['parameters', 'detail', 'driverError'],
  ])('drops what a careless caller passes as "%s", at the top and one level down', (name) => {
    const lines: string[] = [];
    const logger = new NestLogger(
      createLogger('debug', 'probe', { write: (line: string) => void lines.push(line) }),
    );
    const secret = 'Marked-Secret-3';
    for (const value of [secret, [secret], { inside: secret }]) {
      logger.log({ [name]: value, kept: 'this' }, 'somewhere');
      logger.warn({ person: { [name]: value, kept: 'this' } });
      logger.error(Object.assign(new Error('a driver speaks'), { [name]: value, kept: 'this' }));
    }
    expect(lines.filter((line) => line.includes('"kept":"this"'))).toHaveLength(9);
    expect(lines.join('')).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kept: 'this', context: 'somewhere', level: 'info' });
  });

  it('negative control: what is logged under another name is found', () => {
    const lines: string[] = [];
    createLogger('debug', 'probe', { write: (line: string) => void lines.push(line) }).info({
      note: MARKS.email,
    });
    expect(lines.join('')).toContain(MARKS.email);
  });
});
