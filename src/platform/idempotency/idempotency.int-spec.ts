import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { defineErrors, newId } from '#libs/kernel';
import { IsInt } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { givenSession } from '../../modules/identity/sessions/sessions.given.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { untilAnotherWaits } from '../../../test/support/locks.js';
import { RequirePermission } from '../authorization/decorators.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Idempotent, IdempotencyStore } from './idempotency.js';

const errors = defineErrors('probe-idempotency', {
  refused: { kind: 'conflict', zh: '拒绝', en: 'Refused' },
});

class EffectRequest {
  @IsInt()
  n: number;
}

/** Each effect is a row; how often it happened is how many rows there are. */
@Controller('probe')
class ProbeController {
  /** So many effects are refused before one goes through. */
  refusals = 0;
  constructor(private readonly uow: UnitOfWork) {}

  @Post('effects/:kind')
  @HttpCode(202)
  @Idempotent()
  @RequirePermission('identity:self')
  guarded(@Body() { n }: EffectRequest, @Param('kind') kind: string): Promise<object> {
    return this.effect(n, kind);
  }

  @Post('unguarded/:kind')
  @HttpCode(202)
  @RequirePermission('identity:self')
  unguarded(@Body() { n }: EffectRequest, @Param('kind') kind: string): Promise<object> {
    return this.effect(n, kind);
  }

  @Post('silent/:kind')
  @HttpCode(204)
  @Idempotent()
  @RequirePermission('identity:self')
  async silent(@Body() { n }: EffectRequest, @Param('kind') kind: string): Promise<void> {
    await this.effect(n, kind);
  }

  @Post('partly/:kind')
  @Idempotent()
  @RequirePermission('identity:self')
  async partly(
    @Body() { n }: EffectRequest,
    @Param('kind') kind: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    void reply.status(207);
    return this.effect(n, kind);
  }

  /** Keeps the key itself, or rather does not: what the interceptor leaves to it shows. */
  @Post('by-itself/:kind')
  @HttpCode(202)
  @Idempotent('in-use-case')
  @RequirePermission('identity:self')
  byItself(@Body() { n }: EffectRequest, @Param('kind') kind: string): Promise<object> {
    return this.effect(n, kind);
  }

  private effect(n: number, kind: string): Promise<object> {
    return this.uow.run(async () => {
      await this.uow.sql(
        `INSERT INTO platform.figure (code, area_code, validity, value, unit, source, grade)
         VALUES ('probe.' || $1 || gen_random_uuid(), '', '[2020-01-01,)', $2, $1, 'test', 'demo')`,
        [kind, n],
      );
      await delay(30);
      if (this.refusals > 0) {
        this.refusals -= 1;
        throw errors.refused();
      }
      return { effect: newId(), n };
    });
  }
}

describe('a request with an Idempotency-Key', () => {
  let probe: ProbeApp;
  let tokens: string[];
  let kind = '';
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [ProbeController] });
    const accounts = [newId(), newId()];
    await probe.sql(
      `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
       SELECT id, 'probe-' || id, '测试人员', now(), 'test' FROM unnest($1::uuid[]) AS a (id)`,
      [accounts],
    );
    tokens = await Promise.all(accounts.map((account) => givenSession(probe, account)));
  });
  afterAll(() => probe.stop());
  beforeEach(() => {
    kind = newId();
    probe.get(ProbeController).refusals = 0;
  });

  async function post(n: number, key: string | undefined, { by = 0, path = 'effects', to = kind } = {}) {
    const answer = await fetch(`${probe.baseUrl}/api/v1/probe/${path}/${to}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${tokens[by] ?? ''}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({ n }),
    });
    return {
      status: answer.status,
      replayed: answer.headers.get('idempotency-replayed'),
      body: JSON.parse((await answer.text()) || '{}') as { effect?: string; code?: string },
    };
  }
  const effects = async () => (await probe.sql('SELECT FROM platform.figure WHERE unit = $1', [kind])).length;

  it('is done once; the same again gets the same answer, marked as a replay', async () => {
    const key = newId();
    const first = await post(1, key);
    const again = await post(1, key);
    expect(first).toMatchObject({ status: 202, replayed: null });
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(await effects()).toBe(1);
  });

  it('is refused when the key was used for another body or another address', async () => {
    const key = newId();
    await post(1, key);
    for (const other of [await post(2, key), await post(1, key, { to: newId() })]) {
      expect(other).toMatchObject({ status: 422, body: { code: 'platform.idempotency-key-reused' } });
    }
    expect(await effects()).toBe(1);
  });

  it('has a key of its own per person', async () => {
    const key = newId();
    const [mine, theirs] = [await post(1, key), await post(1, key, { by: 1 })];
    expect(theirs).toMatchObject({ status: 202, replayed: null });
    expect(theirs.body.effect).not.toBe(mine.body.effect);
  });

  it('is done once when it arrives ten times at the same moment', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(1, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.effect)).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed === 'true')).toHaveLength(9);
    expect(await effects()).toBe(1);
  });

  it('negative control: without the guard ten requests have ten effects', async () => {
    const key = newId();
    await Promise.all(Array.from({ length: 10 }, () => post(1, key, { path: 'unguarded' })));
    expect(await effects()).toBe(10);
  });

  it('keeps neither effect nor key when it is refused, so it may be tried again', async () => {
    const key = newId();
    probe.get(ProbeController).refusals = 1;
    expect(await post(1, key)).toMatchObject({ status: 409, body: { code: 'probe-idempotency.refused' } });
    expect(await effects()).toBe(0);
    expect(await probe.sql('SELECT FROM platform.idempotency_key WHERE key = $1', [key])).toEqual([]);
    expect(await post(1, key)).toMatchObject({ status: 202, replayed: null });
    expect(await effects()).toBe(1);
  });

  it('lets one of several waiting repeats through when the first is refused', async () => {
    const key = newId();
    probe.get(ProbeController).refusals = 1;
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(1, key)));
    const kinds = answers.map(({ status, replayed }) => `${status} ${replayed ?? 'fresh'}`);
    expect(kinds.sort()).toEqual(['202 fresh', '202 true', '202 true', '409 fresh']);
    expect(await effects()).toBe(1);
  });

  it('whose answer has no content is answered so again, without a second effect', async () => {
    const key = newId();
    expect(await post(1, key, { path: 'silent' })).toEqual({ status: 204, replayed: null, body: {} });
    expect(await post(1, key, { path: 'silent' })).toEqual({ status: 204, replayed: 'true', body: {} });
    expect(await effects()).toBe(1);
  });

  it('is answered with the status of the first time, also where that was the handler’s own', async () => {
    const key = newId();
    const first = await post(1, key, { path: 'partly' });
    expect(first.status).toBe(207);
    expect(await post(1, key, { path: 'partly' })).toEqual({ ...first, replayed: 'true' });
  });

  it('is left to a use case that keeps keys itself, but never comes to it without one', async () => {
    const key = newId();
    expect(await post(1, undefined, { path: 'by-itself' })).toMatchObject({
      status: 400,
      body: { code: 'platform.idempotency-key-required' },
    });
    for (const _ of [1, 2]) {
      expect(await post(1, key, { path: 'by-itself' })).toMatchObject({ status: 202, replayed: null });
    }
    expect(await effects()).toBe(2);
  });

  it.each([
    ['is missing', undefined],
    ['is too short', 'seven77'],
    ['is too long', 'k'.repeat(201)],
  ])('is refused when the key %s', async (_what, key) => {
    expect(await post(1, key)).toMatchObject({
      status: 400,
      body: { code: 'platform.idempotency-key-required' },
    });
    expect(await effects()).toBe(0);
  });

  it.each(['k'.repeat(8), 'k'.repeat(200)])(
    'is accepted with a key of the least and greatest length',
    async (key) => {
      // The same keys for everybody: they are kept for each person by themselves.
      await probe.sql('DELETE FROM platform.idempotency_key WHERE key = $1', [key]);
      expect(await post(1, key)).toMatchObject({ status: 202 });
      expect(await effects()).toBe(1);
    },
  );

  describe('among many at once', () => {
    const store = () => probe.get(IdempotencyStore);
    const claim = (key: string, hash = 'a', scope = kind) => ({ scope, key, hash: Buffer.from(hash) });
    const keep = (key: string, body: unknown) => store().keep(kind, key, { status: 201, body });

    it('gets its own verdict: new, answered already, or used for another request', async () => {
      const [known, reused, fresh] = [newId(), newId(), newId()];
      const elsewhere = newId();
      await probe.uow.run(async () => {
        await store().claimAll([claim(known), claim(reused), claim(known, 'a', elsewhere)]);
        await keep(known, { n: 1 });
        await keep(reused, { n: 2 });
      });
      const verdicts = await probe.uow.run(() =>
        store().claimAll([claim(reused, 'b'), claim(fresh), claim(known), claim(known, 'a', newId())]),
      );
      expect(verdicts).toEqual([
        { kind: 'reused' },
        { kind: 'new' },
        { kind: 'replay', answer: { status: 201, body: { n: 1 } } },
        { kind: 'new' },
      ]);
      // The same key of somebody else has got no answer by that.
      expect(
        await probe.sql('SELECT status FROM platform.idempotency_key WHERE scope = $1', [elsewhere]),
      ).toEqual([{ status: null }]);
    });

    it('is given back alone when it was refused', async () => {
      const [refused, done] = [newId(), newId()];
      await probe.uow.run(async () => {
        await store().claimAll([claim(refused), claim(done)]);
        await store().forgetAll([{ scope: kind, key: refused }]);
        await store().forgetAll([{ scope: newId(), key: done }]);
      });
      const left = await probe.sql('SELECT key FROM platform.idempotency_key WHERE scope = $1', [kind]);
      expect(left).toEqual([{ key: done }]);
    });

    it('is claimed in the transaction of its effect, nowhere else', async () => {
      await expect(store().claimAll([claim(newId())])).rejects.toThrow('idempotency.claim must run inside');
    });

    it('waits for others in one order, so that two batches with the same keys never wait for each other', async () => {
      const [a, b] = [`a-${newId()}`, `b-${newId()}`];
      const runs = { first: 0, second: 0 };
      let second: Promise<void> | undefined;
      await probe.uow.run(async () => {
        runs.first += 1;
        await store().claimAll([claim(a)]);
        second ??= probe.uow.apart(() =>
          probe.uow.run(async () => {
            runs.second += 1;
            await store().claimAll([claim(b), claim(a)]);
          }),
        );
        await untilAnotherWaits(probe.uow);
        // Held by nobody: the second batch waits with empty hands.
        await store().claimAll([claim(b)]);
      });
      await second;
      expect(runs).toEqual({ first: 1, second: 1 });
    });
  });
});
