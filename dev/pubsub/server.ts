import { loopback, type Part } from '../part.ts';
import { freePort } from '../ports.ts';

export const startPubSub = async ({ port }: { port?: number } = {}): Promise<Part> => {
  const chosen = port ?? (await freePort());
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    port: chosen,
    url: `${loopback}:${chosen}`,
    exited: promise,
    stop: async () => resolve('stopped'),
  };
};
