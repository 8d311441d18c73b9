import { Injectable } from '@nestjs/common';
import { RequestContext } from '../context/request-context.js';
import { platformErrors } from '../platform.errors.js';
import type { Actor } from './actor.js';

/**
 * The checks that access functions are made of. "Not there" and "not yours" give the same answer, so that
 * nobody learns of an object by being refused.
 */
@Injectable()
export class Access {
  constructor(private readonly context: RequestContext) {}

  /** @throws DomainError platform.unauthenticated */
  get actor(): Actor {
    const { actor } = this.context;
    if (!actor) throw platformErrors.unauthenticated();
    return actor;
  }

  /** The account of the person who acts. @throws DomainError platform.unauthenticated for the system, too */
  get accountId(): string {
    const { actor } = this;
    if (actor.isSystem) throw platformErrors.unauthenticated();
    return actor.id;
  }

  inArea(permission: string, areaCode: string): void {
    if (!this.actor.canInArea(permission, areaCode)) throw platformErrors.notFound();
  }

  /** In one of these is enough. */
  inOrganization(permission: string, ...organizationIds: readonly string[]): void {
    if (!organizationIds.some((id) => this.actor.canInOrganization(permission, id)))
      throw platformErrors.notFound();
  }

  /** True for either: a supplier's own people and the officials of the area both see a contract. */
  inAreaOrOrganization(permission: string, areaCode: string, ...organizationIds: readonly string[]): void {
    if (this.actor.canInArea(permission, areaCode)) return;
    this.inOrganization(permission, ...organizationIds);
  }

  /** The system itself, and nobody else. */
  systemOnly(): void {
    if (!this.actor.isSystem) throw platformErrors.forbidden();
  }

  /** LIKE patterns of the areas in which the permission is held, for lists that filter in SQL (`= ANY`-style). */
  areaPatterns(permission: string): string[] {
    return this.actor.areasFor(permission).map((code) => `${code}%`);
  }
}
