import { createServer } from 'node:net';

/**
 * @param {number} port
 * @param {string} [host] without it all addresses, as a web server listens
 * @returns {Promise<'free' | 'taken' | 'forbidden'>} forbidden: below 1024 as an ordinary user
 */
export function probePort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else if (error.code === 'EACCES') resolve('forbidden');
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve('free');
      });
    });
  });
}

/**
 * A free port on the loopback address, outside the range from which the system takes the local ends of
 * outgoing connections: a port that is to be kept for the next start should still be free then.
 *
 * @returns {Promise<number>}
 */
export async function chooseLoopbackPort() {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    if ((await probePort(port, '127.0.0.1')) === 'free') return port;
  }
  throw new Error('No free port between 15000 and 30000 on 127.0.0.1.');
}
