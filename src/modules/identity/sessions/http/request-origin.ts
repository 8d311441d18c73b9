import type { FastifyRequest } from 'fastify';
import type { AppConfig } from '#platform';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export type RequestOrigin = 'own-page' | 'foreign-page' | 'not-said';

export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method);
}

/**
 * Whose page sent the request, as the browser says. A page cannot forge either header (Fetch standard,
 * forbidden request headers). Sec-Fetch-Site is trusted first because it survives a proxy that rewrites Host;
 * a sibling domain (`same-site`) is a stranger.
 *
 * @param own.publicUrl the address people type, for a proxy that rewrites Host where only Origin is sent
 * @param own.cookieSecure a page read over plain http may have been written by whoever sits on the line
 */
export function originOf(
  request: Pick<FastifyRequest, 'headers' | 'host'>,
  own: Pick<AppConfig, 'publicUrl' | 'cookieSecure'>,
): RequestOrigin {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own-page' : 'foreign-page';
  const { origin } = request.headers;
  if (origin === undefined) return 'not-said';
  if (!URL.canParse(origin)) return 'foreign-page';
  if (origin === new URL(own.publicUrl).origin) return 'own-page';
  const { protocol, host } = new URL(origin);
  return host === request.host && (protocol === 'https:' || !own.cookieSecure) ? 'own-page' : 'foreign-page';
}
