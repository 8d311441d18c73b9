import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { AuditTrail } from '../audit/audit-trail.js';
import { CLOCK } from '../clock/clock.js';
import { type Authorship, RequestContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { mustMatchVersion } from '../http/if-match.js';
import { Outbox } from '../outbox/outbox.js';
import { type Act, ActTrace } from './act-trace.js';
import { EntityRows } from './entity-rows.js';
import type { ObjectType, Registered } from './object-type.js';

interface Step<E, Action extends string, Parent> {
  /** The action, or what chooses it by the object as it is. */
  readonly action: Action | ((object: E, parent: Parent) => Action | Promise<Action>);
  /** The version that the caller saw (`If-Match`). */
  readonly version?: number | undefined;
  /** Whose object it must be. Throws `platform.not-found`: what is not yours does not exist for you. */
  readonly allow: (object: E, parent: Parent) => void | Promise<void>;
  /** The rule: refuses, or changes fields of the object. The state has moved already. */
  readonly apply?: (object: E, act: Act, parent: Parent) => void | Promise<void>;
  /** What needs the row as it is now, e.g. because the database shows other rows only from this state on. */
  readonly follow?: (object: E, act: Act, parent: Parent) => void | Promise<void>;
}

interface StepForMany<E, Action extends string> {
  readonly action: Action | ((object: E) => Action);
  readonly allow: (object: E) => void;
  readonly apply?: (object: E, act: Act) => void;
  /** Whoever acts in the running context, unless one transaction carries the requests of several people. */
  readonly by?: (object: E) => Authorship;
}

/**
 * The one way to change an object: lock it, judge access, compare the version, let the state table move the state,
 * apply the rule, count the version up, write audit entry and events; all in one transaction.
 *
 * Locks are taken in the order parent, object; many objects in the order of their ids.
 */
@Injectable()
export class Register {
  private readonly rows: EntityRows;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.rows = new EntityRows(uow);
  }

  /**
   * One act on one object.
   * @returns the changed object
   * @throws DomainError platform.not-found, platform.version-mismatch, state.wrong-state, and what the rule throws
   */
  async act<E extends Registered, Action extends string, Parent extends Registered | undefined>(
    type: ObjectType<E, Action, Parent>,
    id: string,
    step: Step<E, NoInfer<Action>, Parent>,
  ): Promise<E> {
    return this.uow.run(async () => {
      const { object, parent } = await this.lock(type, id);
      await step.allow(object, parent);
      const action = typeof step.action === 'function' ? await step.action(object, parent) : step.action;
      if (step.version !== undefined) mustMatchVersion(object.version, step.version);
      const stored = this.rows.stored(type.entity, object);
      const trace = new ActTrace(type, object, await this.instant(type), this.context.authorship);
      move(type, object, action);
      await step.apply?.(object, trace, parent);
      await this.rows.change(type.entity, [object], [stored]);
      await step.follow?.(object, trace, parent);
      await this.audit.record(trace.entry(action, object));
      await this.outbox.appendAll(trace.events);
      return object;
    });
  }

  /**
   * One act on each of many objects, e.g. on all bids of a tender: one statement per table, an audit entry per
   * object.
   * @returns the changed objects in the order of their ids
   * @throws DomainError platform.not-found, or the object's own answer, when one of them is not there
   */
  async actMany<E extends Registered, Action extends string, Parent extends Registered | undefined>(
    type: ObjectType<E, Action, Parent>,
    ids: readonly string[],
    step: StepForMany<E, NoInfer<Action>>,
  ): Promise<E[]> {
    if (ids.length === 0) return [];
    return this.uow.run(async () => {
      const objects = await this.rows.lock(type.entity, ids);
      if (objects.length < new Set(ids).size) throw type.missing();
      const stored = objects.map((object) => this.rows.stored(type.entity, object));
      const at = await this.instant(type);
      const acts = objects.map((object) => {
        step.allow(object);
        const trace = new ActTrace(type, object, at, step.by?.(object) ?? this.context.authorship);
        const action = actionFor(step, object);
        move(type, object, action);
        step.apply?.(object, trace);
        return { object, trace, action };
      });
      await this.rows.change(type.entity, objects, stored);
      await this.leave(acts);
      return objects;
    });
  }

  /** Adds objects, each in a state in which it may begin. @throws DomainError what `allow` and `apply` throw */
  async add<E extends Registered, Action extends string, Parent extends Registered | undefined>(
    type: ObjectType<E, Action, Parent>,
    objects: readonly E[],
    step: StepForMany<E, NoInfer<Action>>,
  ): Promise<void> {
    if (objects.length === 0) return;
    await this.uow.run(async () => {
      const at = await this.instant(type);
      const acts = objects.map((object) => {
        step.allow(object);
        mustBegin(type, object);
        const trace = new ActTrace(type, undefined, at, step.by?.(object) ?? this.context.authorship);
        step.apply?.(object, trace);
        return { object, trace, action: actionFor(step, object) };
      });
      await this.rows.add(type.entity, objects);
      await this.leave(acts);
    });
  }

  /**
   * The object, locked until the transaction ends, for a decision that changes others by it.
   * @throws DomainError platform.not-found, also when it is not the actor's
   */
  async locked<E extends Registered, Parent extends Registered | undefined>(
    type: ObjectType<E, string, Parent>,
    id: string,
    allow: (object: E, parent: Parent) => void | Promise<void>,
  ): Promise<E> {
    const { object, parent } = await this.lock(type, id);
    await allow(object, parent);
    return object;
  }

  private async lock<E extends Registered, Parent extends Registered | undefined>(
    type: ObjectType<E, string, Parent>,
    id: string,
  ): Promise<{ object: E; parent: Parent }> {
    let parent: Registered | undefined;
    if (type.under) {
      const seen = await this.rows.read(type.entity, id);
      if (!seen) throw type.missing();
      parent = (await this.lock(type.under.type, type.under.id(seen))).object;
    }
    const [object] = await this.rows.lock(type.entity, [id]);
    // It may have been replaced before its parent was locked.
    if (!object) throw type.missing();
    return { object, parent: parent as Parent };
  }

  private async instant({ time }: { readonly time: 'clock' | 'database' }): Promise<Date> {
    return time === 'database' ? this.uow.databaseTime() : this.clock.now();
  }

  private async leave<E extends Registered>(
    acts: readonly { readonly object: E; readonly trace: ActTrace<E>; readonly action: string }[],
  ): Promise<void> {
    await this.audit.recordAll(acts.map(({ object, trace, action }) => trace.entry(action, object)));
    await this.outbox.appendAll(acts.flatMap(({ trace }) => trace.events));
  }
}

/** The only statement of the product that assigns a state. @throws DomainError state.wrong-state */
function move<E extends Registered>(type: ObjectType<E, string, never>, object: E, action: string): void {
  for (const [property, machine] of Object.entries(type.machines)) {
    if (!machine.actions.includes(action)) continue;
    const states = object as Record<string, unknown>;
    states[property] = machine.next(String(states[property]), action);
  }
}

function mustBegin<E extends Registered>(type: ObjectType<E, string, never>, object: E): void {
  for (const [property, machine] of Object.entries(type.machines)) {
    const state = String(object[property as keyof E]);
    if (!machine.beginnings.includes(state)) throw new Error(`No ${type.name} begins as "${state}"`);
  }
}

function actionFor<E, Action extends string>(step: StepForMany<E, Action>, object: E): Action {
  return typeof step.action === 'function' ? step.action(object) : step.action;
}

/** For `allow` of an act that follows from another one in the same transaction, which has judged access. */
export const allowedAbove = (): void => undefined;
