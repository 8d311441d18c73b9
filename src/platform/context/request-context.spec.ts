import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Actor } from '../authorization/actor.js';
import { RequestContext } from './request-context.js';

const context = new RequestContext();
const [one, other] = [Actor.person('one', []), Actor.person('other', [])];

describe('the context of what runs', () => {
  it('is its own: what is written into it changes neither what was handed in nor the context around it', async () => {
    const values = { actor: one, requestId: 'outer' };
    await context.run(values, async () => {
      await context.run({ actor: other, requestId: 'inner' }, () => {
        context.actor = one;
        context.permission = 'a:b';
        return Promise.resolve();
      });
      expect([context.actor, context.requestId, context.permission]).toEqual([one, 'outer', undefined]);
      context.actor = other;
    });
    expect(values).toEqual({ actor: one, requestId: 'outer' });
  });

  it('names who is written down as the author, by which permission and in which request', async () => {
    await context.run({ actor: one, requestId: 'r' }, () => {
      expect(context.authorship).toEqual({ actorId: 'one', permission: null, requestId: 'r' });
      context.permission = 'a:b';
      expect(context.authorship).toEqual({ actorId: 'one', permission: 'a:b', requestId: 'r' });
      return Promise.resolve();
    });
    expect(context.authorship).toEqual({ actorId: 'system:unknown', permission: null, requestId: null });
  });

  it('speaks Chinese unless told otherwise', async () => {
    const locale = (given: object) =>
      context.run({ actor: one, requestId: 'r', ...given }, () => Promise.resolve(context.locale));
    expect([context.locale, await locale({}), await locale({ locale: 'en' })]).toEqual([
      'zh-CN',
      'zh-CN',
      'en',
    ]);
  });

  it('is nothing that one could write into while nothing runs', () => {
    const nothing = 'Nothing runs: there is no request, job or command';
    expect(() => {
      context.actor = one;
    }).toThrow(nothing);
    expect(() => {
      context.permission = 'a:b';
    }).toThrow(nothing);
    expect([context.actor, context.requestId, context.permission]).toEqual([undefined, undefined, undefined]);
  });
});
