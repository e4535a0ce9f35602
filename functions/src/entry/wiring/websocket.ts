import { connectionPlaces } from '../../adapters/redis/connection-places.ts';
import { eventFeeds, feedChannel } from '../../adapters/redis/event-feeds.ts';
import { subscribe } from '../../adapters/redis/subscription.ts';
import { accessRepository } from '../../data/access.ts';
import type { SessionProof } from '../../domain/session.ts';
import { clientNetwork } from '../../platform/address.ts';
import { config } from '../../platform/config.ts';
import { Failure } from '../../platform/failure.ts';
import { invoke, type Visitor } from '../../platform/operation.ts';
import { requireAdmitted } from '../address-gate.ts';
import { budgets, tightest } from '../budgets.ts';
import { identify } from '../credentials.ts';
import { checkedKey } from '../http/visit.ts';
import { measureCall } from '../measure.ts';
import { services } from '../services.ts';
import type { ConnectionDeps } from '../websocket/connection.ts';
import { tolerant } from '../websocket/places.ts';
import type { ServerDeps } from '../websocket/server.ts';
import { database, redis } from './connections.ts';
import { endedSessions } from './tokens.ts';

/** What the WebSocket entry stands on: the chat service itself, and the feeds of those connected. */
export const webSocketDeps = async (): Promise<ServerDeps> => {
  const { ALLOWED_ORIGINS, TRUSTED_HOPS, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } =
    config();
  const access = accessRepository(await database());
  return {
    identify,
    converse,
    admit: requireAdmitted,
    feeds: eventFeeds(redis),
    places: tolerant(connectionPlaces(redis)),
    hasEnded: async who => (await endedSessions()).has(who),
    allowedOrigins: ALLOWED_ORIGINS,
    trustedHops: TRUSTED_HOPS,
    mayHear: async (userId, { type, projectId, name }) => {
      if (type !== 'event') return true;
      const project = Number(projectId);
      // The end of a project is news to those who were in it.
      const look = name === 'project.deleted' ? access.ofDeletedProject : access.ofProject;
      return (await look(userId, project)) !== undefined;
    },
    listen: ({ onNews, onLive }) =>
      subscribe({
        url: UPSTASH_REDIS_REST_URL,
        token: UPSTASH_REDIS_REST_TOKEN,
        channel: feedChannel,
        onMessage: ids => onNews(ids.split(' ').filter(Boolean).map(Number)),
        onLive,
      }),
  };
};

const chatting = 'chat/sendMessage';

/** The same limits, input and output as POST /chat/message. */
const converse: ConnectionDeps['converse'] = async (visitor, who, input) => {
  const measured = measureCall('websocket');
  let code: string | undefined;
  try {
    return await answer(visitor, who, input);
  } catch (error) {
    code = error instanceof Failure ? error.code : 'internal';
    throw error;
  } finally {
    measured({ operation: chatting, code });
  }
};

const answer: ConnectionDeps['converse'] = async (visitor, who, input) => {
  const { operations, environment } = await services.chat();
  const operation = operations.find(candidate => candidate.name === chatting);
  if (!operation) throw new Failure('not_found');
  if (visitor.idempotencyKey !== undefined) checkedKey(visitor.idempotencyKey);
  await requireAdmitted(visitor);
  await count(visitor, who);
  return (await invoke(operation, environment, { ...visitor, ...who }, input)) as object;
};

/** Messages count against the budgets of the API: another transport is no way around them. */
const count = async (visitor: Visitor, { userId }: SessionProof): Promise<void> => {
  const { network, person } = await budgets();
  await tightest(network(clientNetwork(visitor.address)), person(String(userId)), visitor);
};
