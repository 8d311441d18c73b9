import type { FastifyRequest } from 'fastify';
import passport, { type Strategy } from 'passport';

/**
 * Asks one passport strategy who sent the request.
 *
 * The strategy is passed as an object, not by name: names live in one registry per process, where a second
 * application (a test, a worker with its own pool) would replace the first one's strategies. passport adds the
 * outcome functions to the object, so each request gets an object of its own.
 *
 * @returns undefined when the strategy refuses
 */
export async function authenticate<User>(
  strategy: Strategy,
  request: FastifyRequest,
): Promise<User | undefined> {
  return new Promise((resolve, reject) => {
    const ask = passport.authenticate(
      Object.create(strategy) as Strategy,
      { session: false },
      (error: unknown, user: User | false | null | undefined) => {
        if (error)
          reject(error instanceof Error ? error : new Error('The strategy failed', { cause: error }));
        else resolve(user === false || user === null ? undefined : user);
      },
    ) as (request: unknown, response: unknown, next: (error?: unknown) => void) => void;
    ask(request, undefined, (error) => {
      if (error) reject(error instanceof Error ? error : new Error('The strategy failed', { cause: error }));
      else resolve(undefined);
    });
  });
}
