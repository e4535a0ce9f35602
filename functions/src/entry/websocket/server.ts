import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { clientNetwork } from '../../platform/address.ts';
import { Failure } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import type { Visitor } from '../../platform/operation.ts';
import { failureOf } from '../failures.ts';
import { secure } from '../http/edge.ts';
import { sendFailure } from '../http/respond.ts';
import { visitorOf } from '../http/visit.ts';
import { Connection, type ConnectionDeps } from './connection.ts';
import { readOpening, refuseUpgrade } from './handshake.ts';
import type { Limits } from './limits.ts';
import { followNews, type Listen } from './news.ts';
import { closeCodes } from './outgoing.ts';
import { type Registry, registry } from './registry.ts';

export type ServerDeps = Omit<ConnectionDeps, 'enter' | 'limits' | 'newId'> & {
  /** Refuses addresses that were shut out. */
  admit(visitor: Visitor): Promise<void>;
  listen: Listen;
  allowedOrigins: string[];
  trustedHops: number;
};

export type RunningServer = {
  url: string;
  port: number;
  connections(): number;
  /** Lets work under way finish, then says good-bye to everybody. */
  stop(): Promise<void>;
};

type Running = { deps: ServerDeps; limits: Limits; open: Registry; upgrading: Set<Duplex> };

/** The chat over WebSocket: one process, any number of them beside each other. */
export const serveWebSocket = async (
  deps: ServerDeps,
  limits: Limits,
  { port, host }: { port: number; host: string },
): Promise<RunningServer> => {
  const running: Running = { deps, limits, open: registry(limits), upgrading: new Set() };
  const { open } = running;
  const server = createServer((request, response) => answerPlain(running, request, response));
  const accept = accepting(running);
  server.on('upgrade', (request, socket, head) => void accept(request, socket, head));
  const stopNews = followNews(deps.listen, limits, open);
  await listening(server, port, host);
  const bound = (server.address() as AddressInfo).port;
  const stop = async (): Promise<void> => {
    stopNews();
    await stopServing(server, running);
  };
  return { url: `ws://${host}:${bound}/chat/ws`, port: bound, connections: open.size, stop };
};

/** Whatever comes without asking for an upgrade: whether we live, and nothing else. */
const answerPlain = (
  { deps, open }: Running,
  request: IncomingMessage,
  response: ServerResponse,
): void => {
  const visitor = visitorOf(request, deps.trustedHops);
  secure(response, visitor.requestId);
  if (request.method !== 'GET' || request.url !== '/health/live')
    return void sendFailure(response, new Failure('not_found'), visitor);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ status: 'ok', connections: open.size() }));
};

const accepting = (running: Running) => {
  const { deps, limits, open, upgrading } = running;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    // A compressor per connection costs more memory than everything else of it.
    perMessageDeflate: false,
    clientTracking: false,
  });
  const enter: ConnectionDeps['enter'] = (one, userId) => open.enter(one, userId);
  const forConnections = { ...deps, limits, enter, newId: randomUUID };

  return async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const visitor = visitorOf(request, deps.trustedHops);
    socket.on('error', () => socket.destroy());
    upgrading.add(socket);
    socket.once('close', () => upgrading.delete(socket));
    try {
      const { who, lastEventId } = await enquire(running, request, socket, visitor);
      if (socket.destroyed) return;
      sockets.handleUpgrade(request, socket, head, peer => {
        upgrading.delete(socket);
        const one = new Connection(peer, visitor, forConnections);
        open.add(one);
        peer.once('close', () => open.remove(one));
        if (who) one.begin(who, lastEventId);
      });
    } catch (error) {
      const { requestId, address } = visitor;
      const failure = failureOf(error, { requestId, operation: 'chat/ws' });
      log.info('ws.refused', { requestId, code: failure.code, address });
      refuseUpgrade(socket, failure, visitor);
    }
  };
};

/** Who wants in, and whether they may. */
const enquire = async (
  { deps, open }: Running,
  request: IncomingMessage,
  socket: Duplex,
  visitor: Visitor,
) => {
  const { authorization, lastEventId } = readOpening(request, deps.allowedOrigins);
  socket.once('close', open.reserve(clientNetwork(visitor.address)));
  await deps.admit(visitor);
  const who = authorization === undefined ? undefined : await deps.identify(authorization);
  return { who, lastEventId };
};

const stopServing = async (server: Server, { open, upgrading, limits }: Running): Promise<void> => {
  server.close();
  for (const socket of upgrading) socket.destroy();
  const underWay = Promise.all(open.all().map(one => one.idle()));
  await Promise.race([underWay, wait(limits.shutdownMs, undefined, { ref: false })]);
  for (const one of open.all()) one.close(closeCodes.goingAway, 'restart');
  while (open.size() > 0) await wait(20);
  server.closeAllConnections();
};

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
