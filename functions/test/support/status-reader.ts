// One instance among several: reads the status report when told to, and says how often it computed it.

import { statusRepository } from '../../src/data/status.ts';
import { database } from '../../src/entry/wiring/connections.ts';
import { projectArea } from '../../src/entry/wiring/projects.ts';
import { environmentOf } from '../../src/entry/wiring/unit-of-work.ts';
import { getStatus, type StatusDeps } from '../../src/operations/projects/get-status.ts';

export type Order = { userId: number; projectId: number; times: number };
export type Read = { totals: number[]; computed: number };

const read = async ({ userId, projectId, times }: Order): Promise<Read> => {
  const db = await database();
  let computed = 0;
  const deps = projectArea(db) as unknown as StatusDeps;
  const counting: StatusDeps = {
    ...deps,
    status: {
      ask: async (id, question) => {
        computed++;
        // Long enough for everybody to arrive while it is being computed.
        await new Promise(resolve => setTimeout(resolve, 150));
        return statusRepository(db).ask(id, question);
      },
    },
  };
  const reports = await Promise.all(
    Array.from({ length: times }, () =>
      getStatus.run(counting, { userId, timezone: 'Europe/Madrid' } as never, { projectId }),
    ),
  );
  return { totals: reports.map(({ total }) => total), computed };
};

process.on('message', (order: Order) => {
  void read(order).then(answer => process.send?.(answer));
});
await environmentOf(projectArea);
process.send?.('ready');
