import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hasVisibleText, isLongerThan, withoutInvisible } from '#libs/kernel';
import { AppConfig } from '#platform';
import { sessionsErrors } from '../sessions.errors.js';
import { authenticate } from './authenticate.js';
import { PasswordStrategy } from './password.strategy.js';
import { originOf } from './request-origin.js';

const verified = new WeakMap<FastifyRequest, string>();

/** Lets a request to sign in through when login and password belong together. */
@Injectable()
export class PasswordGuard implements CanActivate {
  constructor(
    private readonly strategy: PasswordStrategy,
    private readonly config: AppConfig,
  ) {}

  /** @throws DomainError identity.credentials-wrong, identity.cross-site-request, platform.too-many-requests */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    // A foreign page must not sign a visitor in as somebody else.
    if (originOf(request, this.config) === 'foreign-page') throw sessionsErrors.crossSiteRequest();
    // A body that is no login and password is left to the validation, which names the wrong fields.
    if (!isCredentials(request.body)) return true;
    const user = await authenticate<{ accountId: string }>(this.strategy, request);
    if (!user) throw sessionsErrors.credentialsWrong();
    verified.set(request, user.accountId);
    return true;
  }
}

/** The account whose password the request carried; undefined where the body is not even a login and password. */
export const VerifiedAccount = createParamDecorator(
  (_data: unknown, execution: ExecutionContext): string | undefined =>
    verified.get(execution.switchToHttp().getRequest<FastifyRequest>()),
);

function isCredentials(body: unknown): boolean {
  const { login, password } = (body ?? {}) as { login?: unknown; password?: unknown };
  const shown = typeof login === 'string' ? withoutInvisible(login).trim() : login;
  return isText(shown, 64) && isText(password, 200);
}

function isText(value: unknown, maxLength: number): boolean {
  return typeof value === 'string' && hasVisibleText(value) && !isLongerThan(value, maxLength);
}
