import { log } from '../../platform/log.ts';

/** Places of a person's connections, counted over all instances. */
export type Places = {
  enter(userId: number, connection: string, limit: number): Promise<boolean>;
  keep(userId: number, connection: string): Promise<void>;
  leave(userId: number, connection: string): Promise<void>;
};

/** Without Redis each instance counts for itself, as it does anyway. */
export const tolerant = (places: Places): Places => ({
  enter: async (userId, connection, limit) => {
    try {
      return await places.enter(userId, connection, limit);
    } catch (error) {
      log.error('ws.places_unavailable', error, { connection });
      return true;
    }
  },
  keep: places.keep,
  leave: async (userId, connection) => {
    await places
      .leave(userId, connection)
      .catch((error: unknown) => log.error('ws.places_unavailable', error, { connection }));
  },
});
