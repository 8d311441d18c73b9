import { type AreaRole } from '#libs/kernel';
import type { Objects, Official, VisitorName } from './access-world.js';

type GuardRole = AreaRole | 'organization-admin' | 'organization-staff';

export interface AccessRow {
  /** As in `routesOf`: the table must have every route. */
  readonly route: string;
  /** Whom the guard lets in, whatever the object. */
  readonly guard: 'everybody' | 'members' | readonly GuardRole[];
  /** Values of the path's parameters, in their order. */
  readonly path?: (objects: Objects, visitor: VisitorName) => string[];
  readonly query?: (objects: Objects) => string;
  readonly body?: (objects: Objects) => object;
  /**
   * Of those let in, who gets through to the object and its rules; the others learn no more than that there is
   * nothing. Absent: all of them, because no object is named or it is nobody's in particular.
   */
  readonly reach?: readonly VisitorName[];
  /** How the others are refused, where it is not by `platform.not-found`. */
  readonly refusal?: { readonly status: number; readonly code: string };
  /** For lists: an id that exactly these visitors find in the answer. */
  readonly shows?: { readonly id: (objects: Objects) => string; readonly to: readonly VisitorName[] };
}

/** Officials of the area in which the objects are. */
export const own = (...roles: AreaRole[]): Official[] => roles.map((role) => `${role}@own` as const);
export const elsewhere = (...roles: AreaRole[]): Official[] =>
  roles.map((role) => `${role}@elsewhere` as const);
/** The people of the organization that the objects belong to. */
export const ADMIN: VisitorName[] = ['organization-admin@own'];
export const COLLEAGUES: VisitorName[] = ['organization-admin@own', 'organization-staff@own'];

/** A version that nothing has: whoever gets so far is told that it has moved on. */
export const STALE_VERSION = '"999999"';
export const UNKNOWN_ID = '01890000-0000-7000-8000-000000000000';
