import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { loopback } from './part.ts';

/** A port nobody listens on at this moment. */
export const freePort = (): Promise<number> => listenBriefly(0);

export const isFree = (port: number): Promise<boolean> =>
  listenBriefly(port).then(
    () => true,
    () => false,
  );

const listenBriefly = async (wanted: number): Promise<number> => {
  const server = createServer();
  const port = await listenHere(server, wanted);
  server.close();
  await once(server, 'close');
  return port;
};

/** Lets a server listen on this machine only; answers its port, which is a free one unless given. */
export const listenHere = async (server: Server, wanted = 0): Promise<number> => {
  server.listen(wanted, loopback);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
