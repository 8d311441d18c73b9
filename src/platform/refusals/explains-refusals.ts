import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mustBeWords, type Words } from '#libs/kernel';

export const EXPLAINS_KEY = 'linqiao:explains-refusals';

/** An act of a person that has consequences, so that a refusal of it is kept for whoever asks later. */
export interface ExplainedAct {
  /** `<module>.<verb>` */
  readonly action: `${string}.${string}`;
  readonly words: Words;
  /** What the path's `:id` names; undefined where the act is about nothing that is there yet. */
  readonly about: string | undefined;
}

const acts = new Map<string, ExplainedAct>();

/** Every act whose refusals are kept, by its name. */
export function explainedActs(): ReadonlyMap<string, ExplainedAct> {
  return acts;
}

/**
 * Refusals of the route leave a record that the person, whoever keeps the object, and operators can read. Never on a
 * route whose very use is a secret: an `@Unlogged` one keeps nothing.
 * @param about the kind of object that the path's `:id` names
 * @throws Error when the act is declared twice or has no words
 */
export function ExplainsRefusals(
  action: `${string}.${string}`,
  words: Words,
  about?: { readonly name: string },
): MethodDecorator {
  if (acts.has(action)) throw new Error(`The act ${action} is explained twice`);
  mustBeWords(action, words);
  const act: ExplainedAct = { action, words, about: about?.name };
  acts.set(action, act);
  return SetMetadata(EXPLAINS_KEY, act);
}

const expected = new WeakMap<FastifyRequest, ExplainedAct>();

/** The guard says which act the request is, before anybody can refuse it. */
export function expectRefusalOf(request: FastifyRequest, act: ExplainedAct): void {
  expected.set(request, act);
}

export function explainedActOf(request: FastifyRequest): ExplainedAct | undefined {
  return expected.get(request);
}
