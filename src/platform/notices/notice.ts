import type { EventType } from '#libs/kernel';

/** What a person reads. */
export interface Message {
  /** One line. */
  readonly subject: string;
  readonly body: string;
}

/** The object a message is about, for screens that open it. */
export interface About {
  readonly type: string;
  readonly id: string;
}

/** Whom a notice may be addressed to. Everything answers with account ids. */
export interface People {
  /** Whoever holds the permission in the area or above it. */
  inArea(permission: string, areaCode: string): Promise<string[]>;
  inOrganization(permission: string, organizationId: string): Promise<string[]>;
  inOrganizations(permission: string, organizationIds: readonly string[]): Promise<string[]>;
  /** People who follow the area or one above it. */
  followersOf(areaCode: string): Promise<string[]>;
}

/** Hands out a provider of the application, e.g. a module's façade or one of the room's own reads. */
export type Ask = <T>(type: abstract new (...parameters: never[]) => T) => T;

/** Who is told, and in which words. A person in two audiences of one event gets the first one's words. */
export interface Audience<F> {
  readonly who: (facts: F, people: People) => readonly string[] | Promise<readonly string[]>;
  readonly zh: (facts: F) => Message;
  readonly en: (facts: F) => Message;
}

export interface Letter {
  readonly accountIds: readonly string[];
  readonly zh: Message;
  readonly en: Message;
}

/** What one kind of event means to whom. */
export interface Notice {
  readonly event: EventType<object>;
  readonly about: (payload: object) => About;
  readonly compose: (payload: object, ask: Ask, people: People) => Promise<Letter[]>;
}

const notices = new Map<string, Notice>();
const unannounced = new Map<string, string>();

/**
 * Declares whom an event concerns and in which words, beside the event itself; the notifications module delivers
 * it. The compiler sees to it that the words use nothing but the payload and the facts read for it, and that both
 * languages exist.
 * @throws Error when the event has a notice already
 */
export function defineNotice<P extends object, F>(
  event: EventType<P>,
  definition: {
    readonly about: (payload: P) => About;
    readonly facts: (payload: P, ask: Ask) => F | Promise<F>;
    readonly tell: readonly Audience<F>[];
  },
): void {
  mustBeNew(event.type);
  notices.set(event.type, {
    event,
    about: (payload) => definition.about(payload as P),
    compose: async (payload, ask, people) => {
      const known = await definition.facts(payload as P, ask);
      const letters: Letter[] = [];
      for (const audience of definition.tell) {
        const accountIds = await audience.who(known, people);
        letters.push({ accountIds, zh: audience.zh(known), en: audience.en(known) });
      }
      return letters;
    },
  });
}

/** Says that an event concerns nobody, with the reason. A test finds an event of which nothing is said. */
export function tellNobody(event: EventType<object>, why: string): void {
  mustBeNew(event.type);
  unannounced.set(event.type, why);
}

/** Every declared notice by the type of its event. */
export function declaredNotices(): ReadonlyMap<string, Notice> {
  return notices;
}

/** The reasons of events that concern nobody, by type. */
export function unannouncedEvents(): ReadonlyMap<string, string> {
  return unannounced;
}

function mustBeNew(type: string): void {
  if (notices.has(type) || unannounced.has(type)) throw new Error(`The event ${type} has a notice already`);
}
