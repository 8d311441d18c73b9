/** A kind of event: `<module>.<what-happened>.v<n>`, with the type of its payload attached for the compiler. */
export interface EventType<P extends object> {
  readonly type: string;
  readonly payload?: P;
}

const declared = new Set<string>();

/**
 * Declares an event type, e.g. `defineEvent<{ contractId: string }>('contracts.contract-signed.v1')`.
 * Payloads carry ids plus the few values that a receiver needs, and nothing personal.
 * @throws Error when the name has another form or is declared twice
 */
export function defineEvent<P extends object>(type: string): EventType<P> {
  if (!/^[a-z-]+\.[a-z-]+\.v[0-9]+$/.test(type)) throw new Error(`Not an event type: ${type}`);
  if (declared.has(type)) throw new Error(`The event ${type} is declared twice`);
  declared.add(type);
  return { type };
}

export function declaredEvents(): ReadonlySet<string> {
  return declared;
}
