import type { Server } from 'node:net';

/** A port that something else listens on. Its message is the one sentence to show. */
export class PortTakenError extends Error {
  constructor(port: number) {
    super(`port ${port} on 127.0.0.1 is in use by another program: stop that one, or choose another port`);
    this.name = 'PortTakenError';
  }
}

/** Listens on loopback; answers with the port. Throws PortTakenError. */
export function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error);
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address ? address.port : port);
  });
  return promise;
}
