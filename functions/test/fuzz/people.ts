import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { listenHere } from '../../../dev/ports.ts';
import type { Database } from '../../src/data/database.ts';
import { person } from '../support/database.ts';
import { sessionFor } from '../support/signed-in.ts';
import { makeWorld } from '../support/world.ts';

/** As whom the product is called. */
export const identities = ['owner', 'viewer', 'outsider', 'administrator', 'nobody'] as const;
export type Identity = (typeof identities)[number];

export type Desk = { url: string; stop(): void };

const worlds = 4;

/**
 * Hands out access tokens: `GET /owner` answers one. Whoever was disabled meanwhile is let in again, whoever
 * was erased is replaced, so that no call of a run ends the run. Names that nobody has are given to new people.
 */
export const openDesk = async (db: Database): Promise<Desk> => {
  const ids = new Map(Object.entries((await makeWorld()).people));
  // Several, because what one call deletes another one needs.
  for (let made = 1; made < worlds; made++) await makeWorld();
  const present = async (name: string): Promise<number> => {
    const known = ids.get(name);
    if (known !== undefined && (await revive(db, known))) return known;
    const id = await person(db, 'Zoe Ajena', `${randomUUID()}@example.com`);
    if (name === 'administrator')
      await db.updateTable('users').set({ is_admin: true }).where('id', '=', id).execute();
    ids.set(name, id);
    return id;
  };
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    present(name)
      .then(id => sessionFor(db, id))
      .then(
        ({ accessToken }) => response.end(accessToken),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  const port = await listenHere(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const revive = async (db: Database, id: number): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ status: 'active' })
    .where('id', '=', id)
    .where('status', '<>', 'erased')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};
