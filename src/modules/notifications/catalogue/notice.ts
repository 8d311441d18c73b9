import type { EventType } from '#platform';
import type { Facts } from './facts.js';
import type { People } from './people.js';

export interface Words {
  /** One line. */
  readonly subject: string;
  readonly body: string;
}

/** The object a message is about, for screens that open it. */
export interface About {
  readonly type: string;
  readonly id: string;
}

/** Who is told, and in which words. A person in two audiences of one event gets the first one's words. */
export interface Audience<F> {
  readonly who: (facts: F, people: People) => readonly string[] | Promise<readonly string[]>;
  readonly zh: (facts: F) => Words;
  readonly en: (facts: F) => Words;
}

export interface Letter {
  readonly accountIds: readonly string[];
  readonly zh: Words;
  readonly en: Words;
}

/** What one kind of event means to whom. */
export interface Notice {
  readonly event: EventType<object>;
  readonly about: (payload: object) => About;
  readonly compose: (payload: object, facts: Facts, people: People) => Promise<Letter[]>;
}

/**
 * Declares a notice. The compiler sees to it that the words use nothing but the payload and the facts read for
 * it, and that both languages exist.
 */
export function notice<P extends object, F>(
  event: EventType<P>,
  definition: {
    readonly about: (payload: P) => About;
    readonly facts: (payload: P, facts: Facts) => F | Promise<F>;
    readonly tell: readonly Audience<F>[];
  },
): Notice {
  return {
    event,
    about: (payload) => definition.about(payload as P),
    compose: async (payload, facts, people) => {
      const known = await definition.facts(payload as P, facts);
      const letters: Letter[] = [];
      for (const audience of definition.tell) {
        const accountIds = await audience.who(known, people);
        letters.push({ accountIds, zh: audience.zh(known), en: audience.en(known) });
      }
      return letters;
    },
  };
}
