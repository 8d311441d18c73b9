import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import pg from 'pg';
import { defineErrors, definePermissions, newId } from '#libs/kernel';
import { AuditTrail, ExplainsRefusals, Idempotent, RequirePermission, UnitOfWork, Unlogged } from '#platform';
import { givenSession } from '../../modules/identity/sessions/sessions.given.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { platformErrors } from '../platform.errors.js';
import { RefusalRecords } from './refusal-records.js';

const errors = defineErrors('probe-refusals', {
  full: { kind: 'conflict', zh: '{who}：只剩 {left} 个', en: '{who}: only {left} left' },
});
const { use, never } = definePermissions('probe-refusals', {
  use: { zh: '使用', en: 'Use', roles: ['member'] },
  never: { zh: '审计', en: 'Audit', roles: ['auditor'] },
});
const thing = { name: 'probe-refusals.thing' };
const WHYS = ['full', 'wall', 'bug', 'malformed', 'unavailable'] as const;

class TakeRequest {
  @IsIn(WHYS)
  why: (typeof WHYS)[number];
}

@Controller('probe-things')
class ThingsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  @Post(':id/take')
  @Idempotent()
  @ExplainsRefusals('probe-refusals.take', { zh: '领取', en: 'take a thing' }, thing)
  @RequirePermission(use)
  take(@Param('id') id: string, @Body() { why }: TakeRequest): Promise<object> {
    return this.uow.run(async () => {
      await this.audit.record({ action: 'probe-refusals.take', objectType: 'thing', objectId: id });
      if (why === 'full') throw errors.full({ left: 2, who: '王小明' });
      if (why === 'malformed') throw platformErrors.requestInvalid();
      if (why === 'unavailable') throw platformErrors.unavailable();
      if (why === 'bug') throw new TypeError('a fault of ours');
      return this.uow.sql(
        `INSERT INTO platform.calendar_year (year, holidays, makeup_workdays, source) VALUES (1, '{}', '{}', 'x')`,
      );
    });
  }
  @Post()
  @ExplainsRefusals('probe-refusals.make', { zh: '制作', en: 'make a thing' })
  @RequirePermission(use)
  make(): object {
    throw platformErrors.versionMismatch();
  }
  @Post(':id/inspect')
  @ExplainsRefusals('probe-refusals.inspect', { zh: '检查', en: 'inspect a thing' }, thing)
  @RequirePermission(never)
  inspect(): object {
    return {};
  }
  @Post(':id/look')
  @RequirePermission(use)
  look(): object {
    throw platformErrors.notFound();
  }
  @Post(':id/whisper')
  @Unlogged('a probe of the tests')
  @ExplainsRefusals('probe-refusals.whisper', { zh: '密语', en: 'whisper' }, thing)
  @RequirePermission(use)
  whisper(): object {
    throw platformErrors.notFound();
  }
  @Get('alive')
  @RequirePermission(use)
  alive(): object {
    return {};
  }
}

interface Row {
  action: string;
  object_type: string | null;
  object_id: string | null;
  code: string;
  details: object | null;
  request_id: string;
}

describe('a refusal', () => {
  let probe: ProbeApp;
  let owner: pg.Client;
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [ThingsController] });
    owner = new pg.Client({ connectionString: probe.database.url });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await probe.stop();
  });
  afterEach(() => owner.query('ROLLBACK'));

  async function person(): Promise<{ id: string; token: string }> {
    const id = newId();
    await probe.sql(
      `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
       VALUES ($1, $2, '测试人员', now(), 'test')`,
      [id, `probe-${id.slice(-12)}`],
    );
    return { id, token: await givenSession(probe, id) };
  }
  async function ask(token: string, path: string, body?: object, key = newId()) {
    const answer = await fetch(`${probe.baseUrl}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, body: text, requestId: answer.headers.get('x-request-id') ?? '' };
  }
  const take = (token: string, id: string, why = 'full', key?: string) =>
    ask(token, `probe-things/${id}/take`, { why }, key);
  async function keptOf(actorId: string): Promise<Row[]> {
    await probe.get(RefusalRecords).written();
    return probe.sql<Row>(
      `SELECT action, object_type, object_id, code, details, request_id FROM platform.refusal
       WHERE actor_id = $1 ORDER BY occurred_at, id`,
      [actorId],
    );
  }
  interface Shown {
    items: Record<string, unknown>[];
    nextCursor: string | null;
  }
  const shownTo = async (token: string, query = '') =>
    (await ask(token, `me/refusals${query}`)).body as unknown as Shown;

  it('is kept with who was refused what and why, when all that the act wrote is rolled back', async () => {
    const [{ id, token }, thingId, key] = [await person(), newId(), newId()];
    const { status, requestId } = await take(token, thingId, 'full', key);
    expect(status).toBe(409);
    expect(await keptOf(id)).toEqual([
      {
        ...{ action: 'probe-refusals.take', object_type: 'probe-refusals.thing', object_id: thingId },
        // A name does not belong into details: where one is, it is not kept.
        ...{ code: 'probe-refusals.full', details: { left: 2, who: '…' }, request_id: requestId },
      },
    ]);
    expect(await probe.sql('SELECT 1 FROM platform.audit_entry WHERE object_id = $1', [thingId])).toEqual([]);
    expect(await probe.sql('SELECT 1 FROM platform.idempotency_key WHERE key = $1', [key])).toEqual([]);
  });

  it('is told to the person in words, the newest first, page by page, and to nobody else', async () => {
    const [{ id, token }, other] = [await person(), await person()];
    const asked = [await take(token, newId()), await ask(token, 'probe-things', {})];
    await keptOf(id);
    const first = await shownTo(token, '?limit=1');
    expect(first.items).toEqual([
      {
        ...{ id: expect.any(String), occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
        ...{ action: 'probe-refusals.make', actZh: '制作', actEn: 'make a thing' },
        ...{ objectType: null, objectId: null, code: 'platform.version-mismatch' },
        reasonZh: '内容已被他人修改，请刷新后重试。',
        reasonEn: 'Somebody else changed this meanwhile; reload it and try again.',
        requestId: asked[1]?.requestId,
      },
    ]);
    const second = await shownTo(token, `?limit=1&cursor=${String(first.nextCursor)}`);
    expect(second).toMatchObject({
      items: [{ actEn: 'take a thing', reasonZh: '…：只剩 2 个', reasonEn: '…: only 2 left' }],
      nextCursor: null,
    });
    expect((await shownTo(token)).items).toEqual([...first.items, ...second.items]);
    expect(await shownTo(other.token)).toEqual({ items: [], nextCursor: null });
  });

  it('that a later release has no words for is still told', async () => {
    const { id, token } = await person();
    await probe.sql(
      `INSERT INTO platform.refusal (id, occurred_at, actor_id, action, code, request_id)
       VALUES (gen_random_uuid(), now(), $1, 'probe-refusals.gone', 'probe-refusals.gone', gen_random_uuid())`,
      [id],
    );
    expect((await shownTo(token)).items).toMatchObject([
      { actZh: '操作', reasonZh: '原因代码：probe-refusals.gone', reasonEn: expect.stringContaining('gone') },
    ]);
  });

  it('by the guard is kept for whoever is signed in; of a stranger there is nothing to keep', async () => {
    const [{ id, token }, thingId] = [await person(), newId()];
    const before = await probe.sql('SELECT id FROM platform.refusal');
    expect((await ask('', `probe-things/${thingId}/inspect`, {})).status).toBe(401);
    await probe.get(RefusalRecords).written();
    expect(await probe.sql('SELECT id FROM platform.refusal')).toEqual(before);
    expect((await ask(token, `probe-things/${thingId}/inspect`, {})).status).toBe(403);
    expect(await keptOf(id)).toMatchObject([{ object_id: thingId, code: 'platform.forbidden' }]);
  });

  it('by a wall of the database is kept as what it means', async () => {
    const { id, token } = await person();
    expect((await take(token, newId(), 'wall')).status).toBe(422);
    expect(await keptOf(id)).toMatchObject([{ code: 'platform.rule-violated', details: null }]);
  });

  it.each([
    ['an act that does not ask for it', 'look', {}, 404],
    ['an act whose very use is a secret', 'whisper', {}, 404],
    ['a request of the wrong shape', 'take', { why: 'none' }, 400],
    ['a request that a rule finds malformed', 'take', { why: 'malformed' }, 400],
    ['a fault of ours', 'take', { why: 'bug' }, 500],
    ['a product that is not there', 'take', { why: 'unavailable' }, 503],
  ])('is not kept of %s', async (_what, act, body, status) => {
    const { id, token } = await person();
    expect((await ask(token, `probe-things/${newId()}/${act}`, body)).status).toBe(status);
    expect(await keptOf(id)).toEqual([]);
    // Negative control: the person's next refusal is.
    await take(token, newId());
    expect(await keptOf(id)).toHaveLength(1);
  });

  it('is kept without an object when the path has no id of one', async () => {
    const { id, token } = await person();
    expect((await take(token, '13812345678')).status).toBe(409);
    expect(await keptOf(id)).toMatchObject([{ object_type: null, object_id: null }]);
  });

  it('is answered before it is kept: the record waits, the person does not', async () => {
    const { id, token } = await person();
    await owner.query('BEGIN; LOCK TABLE platform.refusal IN ACCESS EXCLUSIVE MODE');
    const { status, body } = await take(token, newId());
    expect([status, body['code']]).toEqual([409, 'probe-refusals.full']);
    let isWritten = false;
    const written = probe.get(RefusalRecords).onApplicationShutdown();
    void written.then(() => (isWritten = true));
    expect((await ask(token, 'probe-things/alive')).status).toBe(200);
    expect(isWritten).toBe(false);
    await owner.query('ROLLBACK');
    // Whoever ends the application waits for it.
    await written;
    expect(await keptOf(id)).toHaveLength(1);
  });

  it('that cannot be kept changes no answer and is in the log, without what was refused', async () => {
    const { id, token } = await person();
    await owner.query('REVOKE INSERT ON platform.refusal FROM linqiao_app');
    const lost = await take(token, newId());
    expect(lost).toMatchObject({ status: 409, body: { code: 'probe-refusals.full', details: { left: 2 } } });
    expect(await keptOf(id)).toEqual([]);
    await owner.query('GRANT INSERT ON platform.refusal TO linqiao_app');
    const line = probe.lines.find(
      (text) => text.includes(lost.requestId) && text.includes('were not recorded'),
    );
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      ...{ level: 'error', sqlState: '42501' },
      lost: [{ requestId: lost.requestId, code: 'probe-refusals.full' }],
    });
    expect(line).not.toContain('王小明');
    // Negative control: the next one is kept.
    await take(token, newId());
    expect(await keptOf(id)).toHaveLength(1);
  });

  it('is kept of each of many people who are refused at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => person()));
    await Promise.all(people.flatMap(({ token }) => Array.from({ length: 10 }, () => take(token, newId()))));
    for (const { id } of people) expect(await keptOf(id)).toHaveLength(10);
  });

  it('is kept two hundred times a day of one person, so that no program fills the table', async () => {
    const [{ id, token }, other] = [await person(), await person()];
    const given = (count: number, hoursAgo: number) =>
      probe.sql(
        `INSERT INTO platform.refusal (id, occurred_at, actor_id, action, code, request_id)
         SELECT gen_random_uuid(), now() - $3 * interval '1 hour', $1, 'probe.act', 'probe.full', gen_random_uuid()
         FROM generate_series(1, $2)`,
        [id, count, hoursAgo],
      );
    await given(300, 25);
    await given(199, 1);
    await take(token, newId());
    expect(await keptOf(id)).toHaveLength(500);
    expect((await take(token, newId())).status).toBe(409);
    await take(other.token, newId());
    expect(await keptOf(id)).toHaveLength(500);
    expect(await keptOf(other.id)).toHaveLength(1);
  });

  it('is found by an index, however many there are, by person and by object', async () => {
    await probe.sql(
      `INSERT INTO platform.refusal (id, occurred_at, actor_id, action, object_type, object_id, code, request_id)
       SELECT gen_random_uuid(), now(), gen_random_uuid(), 'probe.act', 'probe.object', gen_random_uuid(), 'probe.full',
              gen_random_uuid() FROM generate_series(1, 3000)`,
    );
    await owner.query('ANALYZE platform.refusal');
    const planOf = async (where: string) => {
      const rows = await probe.sql<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT id FROM platform.refusal r WHERE ${where}
         ORDER BY r.occurred_at DESC, r.id DESC LIMIT 51`,
      );
      return rows.map((row) => row['QUERY PLAN']).join(' ');
    };
    expect(await planOf(`actor_id = '${newId()}'`)).toMatch(/refusal_own/);
    expect(await planOf(`object_type = 'probe.object' AND object_id = '${newId()}'`)).toMatch(
      /refusal_of_object/,
    );
  });
});

describe('an act that explains its refusals', () => {
  const words = { zh: '测试', en: 'test' };
  it('is declared once, with words in both languages', () => {
    ExplainsRefusals('probe-refusals.once', words);
    expect(() => ExplainsRefusals('probe-refusals.once', words)).toThrow('explained twice');
    expect(() => ExplainsRefusals('probe-refusals.mute', { zh: 'test', en: 'test' })).toThrow('Chinese');
  });
});
