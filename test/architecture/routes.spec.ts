import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { permissionCatalogue, ROLES } from '#libs/kernel';
import { ExplainsRefusals, Idempotent, loadConfig, Public, RequirePermission, Unlogged } from '#platform';
import { AppModule } from '../../src/app.module.js';
import { createHttpAdapter } from '../../src/platform/http/create-app.js';
import { objectTypes } from '../../src/platform/register/object-type.js';
import { type Route, routesOf } from '../support/routes.js';

@Controller('seed')
class SeedController {
  @Get('unmarked')
  unmarked(): void {
    // Closed to everybody at run time, and found here.
  }
  @Get('both')
  @Public('a seed')
  @RequirePermission('seed:read')
  both(): void {
    // Public wins at run time: surely not what was meant.
  }
  @Post('unwritten')
  @RequirePermission('seed:never-declared')
  unwritten(): void {
    // Nobody holds it.
  }
  @Post('whispered')
  @Idempotent()
  @Unlogged('a seed')
  @ExplainsRefusals('seed.whisper', { zh: '密语', en: 'whisper' })
  @RequirePermission('identity:self')
  whispered(): void {
    // A record would tell what the log must not.
  }
  @Post('aimless')
  @Idempotent()
  @ExplainsRefusals('seed.aim', { zh: '瞄准', en: 'aim' }, { name: 'seed.target' })
  @RequirePermission('identity:self')
  aimless(): void {
    // There is no such object, and the path names none.
  }
  @Post('well')
  @Idempotent()
  @RequirePermission('identity:self')
  well(): void {
    // As it should be.
  }
}
@Module({ controllers: [SeedController] })
class SeedModule {}

/** In preview mode Nest knows every route and starts nothing: no database is needed. */
async function routesIn(module: object): Promise<Route[]> {
  const config = loadConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
  const app = await NestFactory.create(module as never, createHttpAdapter(config), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return routesOf(app);
}

/** Routes that are not marked in exactly one way, or with a reason too short to be one. */
const badlyMarked = (routes: readonly Route[]) =>
  routes
    .filter(({ permission, publicBecause }) => (permission === undefined) === (publicBecause === undefined))
    .map(({ name }) => name);
const unknownPermissions = (routes: readonly Route[]) =>
  routes.flatMap(({ name, permission }) =>
    permission === undefined || permissionCatalogue().has(permission)
      ? []
      : [`${name} asks for ${permission}`],
  );
const changing = (routes: readonly Route[]) => routes.filter(({ name }) => !name.startsWith('GET '));

/**
 * POSTs that need no Idempotency-Key, each for a reason. Whatever moves money, submits, awards, signs or signs
 * up must carry `@Idempotent()`: a repeated request after a lost answer must not do it twice.
 */
const STATE = 'the state machine refuses a second time';
const VERSION = 'If-Match refuses a second time';
const REPEATABLE: Readonly<Record<string, string>> = {
  'POST /api/v1/sessions': 'signing in twice gives two sessions',
  'POST /api/v1/accounts': 'a login exists once',
  'POST /api/v1/accounts/:id/roles': 'a role is held once',
  'POST /api/v1/me/password': 'needs the old password, which the first request has replaced',
  'POST /api/v1/files': 'an upload that is attached to nothing is forgotten',
  'POST /api/v1/messages/:id/read': 'read is read',
  'POST /api/v1/operations/dead-letters/:id/replay': 'a task is replayed only while it is dead',
  'POST /api/v1/organizations/:id/approve': VERSION,
  'POST /api/v1/organizations/:id/reject': VERSION,
  'POST /api/v1/organizations/:id/suspend': VERSION,
  'POST /api/v1/organizations/:id/reinstate': VERSION,
  'POST /api/v1/organizations/:id/file': VERSION,
  'POST /api/v1/organizations/:id/incorporate': VERSION,
  'POST /api/v1/organizations/:id/resubmit': VERSION,
  'POST /api/v1/organizations/:id/members': 'a role is held once',
  'POST /api/v1/plan-items': 'a line entered twice is a second draft, which binds nobody',
  'POST /api/v1/plan-items/imports': 'the same file, and the same row in another, is imported once',
  'POST /api/v1/plan-items/:id/record-opinion': 'an opinion recorded twice opens no gate more',
  'POST /api/v1/plan-items/:id/assign-budget': 'assigning the same line again changes nothing',
  'POST /api/v1/plan-items/:id/publish-intention': STATE,
  'POST /api/v1/plan-items/:id/ready': STATE,
  'POST /api/v1/tenders': 'a plan item has one tender under way',
  'POST /api/v1/tenders/:id/approve': VERSION,
  'POST /api/v1/tenders/:id/publish': VERSION,
  'POST /api/v1/tenders/:id/cancel': STATE,
  'POST /api/v1/tenders/:id/bid/withdraw': STATE,
  'POST /api/v1/tenders/:id/evaluators': 'nobody is appointed twice to one tender',
  'POST /api/v1/tenders/:id/declaration': 'that there is no interest is declared once',
  'POST /api/v1/tenders/:id/bids/:bidId/qualification': STATE,
};

/** Verbs of the domain that always need a key, whatever the list above says. */
const WEIGHTY =
  /\/(sign|award|bid|sign-ups|request-payment|retry|appropriate|adjust|accept|deliver|confirm-attendance)$/;

const withoutKey = (routes: readonly Route[]) =>
  routes
    .filter(({ name, idempotent }) => name.startsWith('POST ') && !idempotent)
    .map(({ name }) => name)
    .filter((name) => WEIGHTY.test(name) || REPEATABLE[name] === undefined);

/** Acts whose refusals would be kept though their use is secret, or about an object that nobody can look up. */
const badlyExplained = (routes: readonly Route[]) =>
  routes
    .filter(
      ({ name, explains, unlogged }) =>
        explains &&
        (unlogged ||
          (explains.about === undefined) === name.includes('/:id') ||
          (explains.about !== undefined && !objectTypes().has(explains.about))),
    )
    .map(({ name }) => name);

/** What a refusal of has consequences for somebody: a seat, hours, an application, a payment, an award. */
const EXPLAINED = [
  'POST /api/v1/milestones/:id/request-payment',
  'POST /api/v1/organizations',
  'POST /api/v1/organizations/:id/resubmit',
  'POST /api/v1/organizations/groups',
  'POST /api/v1/shifts/:id/check-ins',
  'POST /api/v1/shifts/:id/check-outs',
  'POST /api/v1/shifts/:id/sign-ups',
  'POST /api/v1/sign-ups/:id/cancel',
  'POST /api/v1/sign-ups/:id/confirm-attendance',
  'POST /api/v1/sign-ups/:id/enter-attendance',
  'POST /api/v1/tenders/:id/award',
];

describe('the routes', () => {
  let routes: Route[] = [];
  let seeds: Route[] = [];
  beforeAll(async () => {
    const config = loadConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
    routes = await routesIn(AppModule.forProcess(config, 'test'));
    seeds = await routesIn(SeedModule);
  });

  it('are each for holders of one permission, or for everybody with a reason', () => {
    expect(routes.length).toBeGreaterThan(80);
    expect(badlyMarked(routes)).toEqual([]);
    expect(badlyMarked(seeds)).toEqual(['GET /api/v1/seed/both', 'GET /api/v1/seed/unmarked']);
  });

  it('say in words why they are public', () => {
    const reasons = routes.flatMap(({ publicBecause }) => publicBecause ?? []);
    expect(reasons.filter((reason) => reason.split(' ').length < 2)).toEqual([]);
  });

  it('change nothing for visitors without an account, but for signing in and registering', () => {
    expect(
      changing(routes)
        .filter(({ publicBecause }) => publicBecause !== undefined)
        .map(({ name }) => name),
    ).toEqual(['POST /api/v1/accounts', 'POST /api/v1/sessions']);
  });

  it('ask only for permissions that somebody declares', () => {
    expect(unknownPermissions(routes)).toEqual([]);
    expect(unknownPermissions(seeds)).toEqual([
      'GET /api/v1/seed/both asks for seed:read',
      'POST /api/v1/seed/unwritten asks for seed:never-declared',
    ]);
  });

  it('take an Idempotency-Key wherever a repeated request would do something twice', () => {
    expect(withoutKey(routes)).toEqual([]);
    expect(withoutKey(seeds)).toEqual(['POST /api/v1/seed/unwritten']);
    const names = routes.filter(({ idempotent }) => !idempotent).map(({ name }) => name);
    expect(Object.keys(REPEATABLE).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('keep the refusals of acts that have consequences, and never of one that must stay secret', () => {
    expect(routes.filter(({ explains }) => explains).map(({ name }) => name)).toEqual(EXPLAINED);
    expect(badlyExplained(routes)).toEqual([]);
    expect(badlyExplained(seeds)).toEqual(['POST /api/v1/seed/aimless', 'POST /api/v1/seed/whispered']);
  });

  it('have addresses and handlers that are unique', () => {
    for (const key of ['name', 'handler'] as const) {
      const values = routes.map((route) => route[key]);
      expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
    }
  });
});

describe('the permissions', () => {
  const sources = readdirSync(join(import.meta.dirname, '../../src'), {
    withFileTypes: true,
    recursive: true,
  })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.includes('spec'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

  it('are each asked for by a route or by an access function', () => {
    const unused = [...permissionCatalogue().keys()].filter((name) => {
      const key = name.slice(name.indexOf(':') + 1);
      const asked = new RegExp(`[pP]ermissions(\\.${key}\\b|\\['${key}'\\])`);
      return !asked.test(sources);
    });
    expect(unused).toEqual([]);
  });

  it('are each carried by at least one role, and every role carries one', () => {
    const carried = [...permissionCatalogue().values()].map(({ roles }) => roles);
    expect(carried.filter((roles) => roles.length === 0)).toEqual([]);
    const held = new Set(carried.flat());
    expect(Object.keys(ROLES).filter((role) => !held.has(role as keyof typeof ROLES))).toEqual([]);
  });

  it('have a name in Chinese and one in English', () => {
    for (const { zh, en } of permissionCatalogue().values()) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z]/);
    }
  });
});
