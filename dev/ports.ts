import { createServer } from 'node:net';
import { loopback } from './part.ts';

/** A port nobody listens on at this moment. */
export const freePort = (): Promise<number> => listenBriefly(0);

export const isFree = (port: number): Promise<boolean> =>
  listenBriefly(port).then(
    () => true,
    () => false,
  );

const listenBriefly = (port: number) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, loopback, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
