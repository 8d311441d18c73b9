import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RequestContext } from '../context/request-context.js';
import { platformErrors } from '../platform.errors.js';
import { PERMISSION_KEY, PUBLIC_KEY } from './decorators.js';

/**
 * Answers "may this person ever do this". Whether they may do it to the object at hand is decided by the
 * module's access function, in the use case. A route that carries no mark is closed to everybody.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly context: RequestContext,
  ) {}

  canActivate(execution: ExecutionContext): boolean {
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<string | undefined>(PUBLIC_KEY, targets) !== undefined) return true;
    const permission = this.reflector.getAllAndOverride<string | undefined>(PERMISSION_KEY, targets);
    const { actor } = this.context;
    if (!actor) throw platformErrors.unauthenticated();
    if (permission === undefined || !actor.can(permission)) throw platformErrors.forbidden();
    this.context.permission = permission;
    return true;
  }
}
