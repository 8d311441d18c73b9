import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { definePermissions, newId } from '#libs/kernel';
import { givenSession } from '../../modules/identity/sessions/sessions.given.js';
import { type ProbeApp, startProbeApp } from '../../../test/support/probe-app.js';
import { RequestContext } from '../context/request-context.js';
import { Public, RequirePermission } from './decorators.js';

const { own, others } = definePermissions('probe-guard', {
  own: { zh: '本人', en: 'Own', roles: ['member'] },
  others: { zh: '他人', en: 'Others', roles: ['auditor'] },
});

/** What a handler learns of whoever was let in. */
const seenBy = ({ actor, permission }: RequestContext) => ({ actor: actor?.id, permission });

@Controller('probe-marks')
class MarkedByRouteController {
  constructor(private readonly context: RequestContext) {}

  @Get('unmarked')
  unmarked(): object {
    return seenBy(this.context);
  }
  @Get('own')
  @RequirePermission(own)
  own(): object {
    return seenBy(this.context);
  }
  @Get('others')
  @RequirePermission(others)
  others(): object {
    return seenBy(this.context);
  }
}

@Controller('probe-class')
@RequirePermission(own)
class MarkedByClassController {
  constructor(private readonly context: RequestContext) {}

  @Get('inherited')
  inherited(): object {
    return seenBy(this.context);
  }
  @Get('stricter')
  @RequirePermission(others)
  stricter(): object {
    return seenBy(this.context);
  }
  @Get('public')
  @Public('a probe of the tests')
  open(): object {
    return seenBy(this.context);
  }
}

describe('the guard of every route', () => {
  let probe: ProbeApp;
  let token: string;
  const me = newId();
  beforeAll(async () => {
    probe = await startProbeApp({ controllers: [MarkedByRouteController, MarkedByClassController] });
    await probe.sql(
      `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
       VALUES ($1, 'probe-guard', '测试人员', now(), 'test')`,
      [me],
    );
    token = await givenSession(probe, me);
  });
  afterAll(() => probe.stop());

  async function ask(path: string, as = token) {
    const answer = await fetch(`${probe.baseUrl}/api/v1/${path}`, {
      headers: as === '' ? {} : { authorization: `Bearer ${as}` },
    });
    const body = (await answer.json()) as { code?: string };
    return { status: answer.status, body: answer.ok ? body : body.code };
  }
  const forbidden = { status: 403, body: 'platform.forbidden' };
  const unauthenticated = { status: 401, body: 'platform.unauthenticated' };

  it('closes a route without a mark to everybody, signed in or not', async () => {
    expect(await ask('probe-marks/unmarked')).toEqual(forbidden);
    expect(await ask('probe-marks/unmarked', '')).toEqual(unauthenticated);
  });

  it('lets in who holds the permission, and hands on by which', async () => {
    expect(await ask('probe-marks/own')).toEqual({ status: 200, body: { actor: me, permission: own } });
    expect(await ask('probe-marks/others')).toEqual(forbidden);
    expect(await ask('probe-marks/own', '')).toEqual(unauthenticated);
  });

  it('takes the mark of the class where the route has none, and the route’s own otherwise', async () => {
    expect(await ask('probe-class/inherited')).toEqual({ status: 200, body: { actor: me, permission: own } });
    expect(await ask('probe-class/stricter')).toEqual(forbidden);
  });

  it('opens a public route to strangers, and still knows who is signed in', async () => {
    expect(await ask('probe-class/public', '')).toEqual({ status: 200, body: {} });
    expect(await ask('probe-class/public')).toEqual({ status: 200, body: { actor: me } });
  });
});
