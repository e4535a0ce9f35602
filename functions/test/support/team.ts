import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/domain/permission.ts';
import { callAs, sharedDatabase } from './callers.ts';
import { person } from './database.ts';

export type Team = Record<Role | 'outsider', number> & { projectId: number };

/** A person of their own for each call, whatever other tests insert. */
export const someone = async (fullName: string): Promise<number> =>
  person(await sharedDatabase(), fullName, `${randomUUID()}@example.com`);

export const emailOf = async (userId: number): Promise<string> => {
  const db = await sharedDatabase();
  const row = db.selectFrom('users').select('email').where('id', '=', userId);
  return (await row.executeTakeFirstOrThrow()).email;
};

/** A project with one person of every role, and somebody who has nothing to do with it. */
export const makeTeam = async (project: Record<string, unknown> = {}): Promise<Team> => {
  const names = ['Olga Dueña', 'Gema Gestora', 'Marta Miembro', 'Vera Vista', 'Otto Ajeno'];
  const [owner = 0, manager = 0, member = 0, viewer = 0, outsider = 0] = await Promise.all(
    names.map(name => someone(name)),
  );
  const { id: projectId } = await callAs<{ id: number }>(owner, 'createProject', {
    name: 'Equipo',
    ...project,
  });
  for (const [role, userId] of Object.entries({ manager, member, viewer }))
    await callAs(owner, 'addMember', { projectId, email: await emailOf(userId), role });
  return { owner, manager, member, viewer, outsider, projectId };
};
