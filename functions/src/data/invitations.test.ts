import { expect, it } from 'vitest';
import { person, testDatabase } from '../../test/support/database.ts';
import { cipher } from '../entry/wiring/tokens.ts';
import { openDatabase } from './database.ts';
import { invitationRepository } from './invitations.ts';
import { projectRepository } from './projects.ts';

const { db, url } = await testDatabase();

it('invites on after PostgreSQL has chosen one plan for every invitation of a connection', async () => {
  const inviterId = await person(db, 'Ana Torres');
  const { id: projectId } = await projectRepository(db).insert(inviterId, { name: 'Base' });
  const one = openDatabase({ connectionString: url, max: 1 });
  const { upsert } = invitationRepository(one, cipher);
  // Five executions have plans of their own; the sixth may get the generic one.
  for (let sent = 0; sent < 8; sent++) {
    const email = `persona${sent}@example.com`;
    expect(await upsert(projectId, { email, role: 'member', inviterId })).toMatchObject({
      renewed: false,
    });
  }
  await one.destroy();
});
