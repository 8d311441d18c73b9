import { Injectable } from '@nestjs/common';
import { Access, type Actor, RequestContext } from '#platform';
import { planningPermissions } from './planning.permissions.js';

/** Who may do what to which plan item or tender: officials through its area. */
@Injectable()
export class ProcurementAccess {
  constructor(
    private readonly access: Access,
    private readonly context: RequestContext,
  ) {}

  /** Undefined for an anonymous reader of a public page. */
  get reader(): Actor | undefined {
    return this.context.actor;
  }

  get accountId(): string {
    return this.access.accountId;
  }

  /** Who is written into the records: an account, or the system (a command). */
  get actorId(): string {
    return this.access.actor.id;
  }

  /** Officials through the area; commands of the operator act as the system. */
  officialOrSystem(permission: string, areaCode: string): void {
    if (!this.access.actor.isSystem) this.access.inArea(permission, areaCode);
  }

  official(permission: string, areaCode: string): void {
    this.access.inArea(permission, areaCode);
  }

  /** True for officials who may see what is not published yet. */
  maySeeUnpublished(areaCode: string): boolean {
    return this.reader?.canInArea(planningPermissions.view, areaCode) ?? false;
  }

  /** LIKE patterns of the areas whose drafts the reader may list. */
  draftAreas(): string[] {
    return this.access.areaPatterns(planningPermissions.view);
  }
}
