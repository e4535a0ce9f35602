import { log } from '../../platform/log.ts';

/** Places of a person's connections, counted over all instances. */
export type Places = {
  enter(userId: number, connection: string, limit: number): Promise<boolean>;
  keep(userId: number, connection: string): Promise<void>;
  leave(userId: number, connection: string): Promise<void>;
};

/** Without Redis each instance counts for itself, as it does anyway. */
export const tolerant = (places: Places): Places => ({
  enter: (userId, connection, limit) =>
    places.enter(userId, connection, limit).catch(unavailable(connection, true)),
  keep: (userId, connection) =>
    places.keep(userId, connection).catch(unavailable(connection, undefined)),
  leave: (userId, connection) =>
    places.leave(userId, connection).catch(unavailable(connection, undefined)),
});

const unavailable =
  <Answer>(connection: string, answer: Answer) =>
  (error: unknown): Answer => {
    log.error('ws.places_unavailable', error, { connection });
    return answer;
  };
