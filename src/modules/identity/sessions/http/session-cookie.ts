import '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { AppConfig } from '#platform';

/** The `__Host-` prefix makes browsers refuse the cookie from another host, another path or plain http. */
export function cookieNameOf(config: Pick<AppConfig, 'cookieSecure'>): string {
  return config.cookieSecure ? '__Host-linqiao' : 'linqiao';
}

export function setSessionCookie(reply: FastifyReply, config: AppConfig, token: string): void {
  reply.setCookie(cookieNameOf(config), token, {
    ...attributes(config),
    maxAge: config.sessionAbsoluteHours * 3600,
  });
}

export function clearSessionCookie(reply: FastifyReply, config: AppConfig): void {
  reply.clearCookie(cookieNameOf(config), attributes(config));
}

function attributes(config: AppConfig) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: config.cookieSecure } as const;
}
