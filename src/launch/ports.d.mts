/** @param host without it all addresses, as a web server listens */
export function probePort(port: number, host?: string): Promise<'free' | 'taken' | 'forbidden'>;

/** A free port on the loopback address that the system gives to no outgoing connection meanwhile. */
export function chooseLoopbackPort(): Promise<number>;
