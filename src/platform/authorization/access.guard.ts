import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { RequestContext } from '../context/request-context.js';
import { platformErrors } from '../platform.errors.js';
import type { Actor } from './actor.js';
import { PERMISSION_KEY, PUBLIC_KEY, UNLOGGED_KEY } from './decorators.js';
import { type ExplainedAct, EXPLAINS_KEY, expectRefusalOf } from '../refusals/explains-refusals.js';
import { leaveOutOfLog } from '../logging/unlogged-requests.js';

/** Finds out who sends a request; the identity module provides it under ACTOR_RESOLVER. */
export interface ActorResolver {
  /** @returns undefined when the request carries no session, or one that is over */
  resolve(request: FastifyRequest): Promise<Actor | undefined>;
}
export const ACTOR_RESOLVER = Symbol('ActorResolver');

/**
 * Answers "may this person ever do this". Whether they may do it to the object at hand is decided by the
 * module's access function, in the use case. A route that carries no mark is closed to everybody.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly context: RequestContext,
    private readonly modules: ModuleRef,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<string | undefined>(UNLOGGED_KEY, targets) !== undefined) {
      leaveOutOfLog(request);
    } else {
      const act = this.reflector.get<ExplainedAct | undefined>(EXPLAINS_KEY, execution.getHandler());
      if (act) expectRefusalOf(request, act);
    }
    this.context.actor = await this.modules
      .get<ActorResolver>(ACTOR_RESOLVER, { strict: false })
      .resolve(request);
    if (this.reflector.getAllAndOverride<string | undefined>(PUBLIC_KEY, targets) !== undefined) return true;
    const permission = this.reflector.getAllAndOverride<string | undefined>(PERMISSION_KEY, targets);
    const { actor } = this.context;
    if (!actor) throw platformErrors.unauthenticated();
    if (permission === undefined || !actor.can(permission)) throw platformErrors.forbidden();
    this.context.permission = permission;
    return true;
  }
}
