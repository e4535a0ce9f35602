import { afterEach } from 'vitest';
import type { ClientOptions } from 'ws';
import { type Limits, standardLimits } from '../../src/entry/websocket/limits.ts';
import {
  type RunningServer,
  type ServerDeps,
  serveWebSocket,
} from '../../src/entry/websocket/server.ts';
import { connect, type Peer } from './socket.ts';

/** Servers of /chat/ws and their clients, which end with the test that started them. */
export const webSockets = () => {
  const running: RunningServer[] = [];
  const peers: Peer[] = [];
  afterEach(async () => {
    for (const peer of peers.splice(0)) peer.socket.terminate();
    await Promise.all(running.splice(0).map(server => server.stop()));
  });
  return {
    serve: async (deps: ServerDeps, limits: Partial<Limits> = {}): Promise<RunningServer> => {
      const all = { ...standardLimits, ...limits };
      const server = await serveWebSocket(deps, all, { port: 0, host: '127.0.0.1' });
      running.push(server);
      return server;
    },
    connect: (url: string, options?: ClientOptions): Peer => {
      const peer = connect(url, options);
      peers.push(peer);
      return peer;
    },
  };
};
