import { Inject, Injectable } from '@nestjs/common';
import { type AreaRole, chinaDate, type Clock } from '#libs/kernel';
import { DEMO_DISTRICT } from '#modules/identity';
import { Actor, CLOCK, RequestContext } from '#platform';

/** Runs use cases as the demo people. */
@Injectable()
export class ActingAs {
  constructor(
    private readonly context: RequestContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  official<T>(
    ids: ReadonlyMap<string, string>,
    login: string,
    role: AreaRole,
    work: (today: string) => Promise<T>,
  ): Promise<T> {
    const actor = Actor.person(idOf(ids, login), [{ role, areaCode: DEMO_DISTRICT }]);
    return this.context.run({ actor, requestId: 'seed-demo' }, () => work(chinaDate(this.clock.now())));
  }

  person<T>(ids: ReadonlyMap<string, string>, login: string, work: () => Promise<T>): Promise<T> {
    return this.context.run({ actor: Actor.person(idOf(ids, login), []), requestId: 'seed-demo' }, work);
  }
}

function idOf(ids: ReadonlyMap<string, string>, login: string): string {
  const id = ids.get(login);
  if (id === undefined) throw new Error(`The demo district has nobody called ${login}`);
  return id;
}
