/** The answer to signing in. */
export class OpenedSessionResponse {
  accountId: string;
  sessionId: string;
  /** When the session ends however much it is used. */
  expiresAt: Date;
  /** Only when `deliver` was `bearer`. Shown once. */
  token?: string;
}

/** One of the person's own sessions. */
export class SessionResponse {
  id: string;
  /** What the browser or program called itself. */
  userAgent: string | null;
  createdAt: Date;
  /** Exact to the minute. */
  lastSeenAt: Date;
  expiresAt: Date;
  /** The one this request came with. */
  current: boolean;
}

export class SessionListResponse {
  items: SessionResponse[];
}
