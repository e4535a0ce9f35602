import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/domain/permission.ts';
import { sharedDatabase } from './callers.ts';
import { someone } from './team.ts';

/** One project with one of everything that an operation can name, and everybody who might. */
export type World = {
  people: Record<Role | 'outsider' | 'removed', number>;
  projectId: number;
  taskId: number;
  otherTaskId: number;
  deletedTaskId: number;
  commentId: number;
  itemId: number;
  attachmentId: number;
  fieldId: number;
  sprintId: number;
  activeSprintId: number;
  invitationId: number;
  webhookId: number;
  deliveryId: number;
  importId: number;
};

const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** The same people in every world: only their roles matter. */
const cast = once(async () => {
  const names = ['owner', 'manager', 'member', 'viewer', 'outsider', 'removed'] as const;
  const ids = await Promise.all(names.map(name => someone(`Persona ${name}`)));
  return Object.fromEntries(names.map((name, index) => [name, ids[index] ?? 0])) as World['people'];
});

type Db = Awaited<ReturnType<typeof sharedDatabase>>;
type Owners = { people: World['people']; projectId: number };

/** Written straight into the database: hundreds are needed, and what makes them is tested elsewhere. */
export const makeWorld = async (deleted = false): Promise<World> => {
  const db = await sharedDatabase();
  const people = await cast();
  const { id: projectId } = await db
    .insertInto('projects')
    .values({ name: 'Mundo', owner_id: people.owner })
    .returning('id')
    .executeTakeFirstOrThrow();
  const roles = ['owner', 'manager', 'member', 'viewer'] as const;
  await db
    .insertInto('project_members')
    .values(roles.map(role => ({ project_id: projectId, user_id: people[role], role })))
    .execute();
  const world = {
    people,
    projectId,
    ...(await makeTasks(db, { people, projectId })),
    ...(await makeRest(db, { people, projectId })),
  };
  if (deleted)
    await db
      .updateTable('projects')
      .set({ deleted_at: new Date().toISOString() })
      .where('id', '=', projectId)
      .execute();
  return world;
};

const makeTasks = async (db: Db, { people, projectId }: Owners) => {
  const [taskId = 0, otherTaskId = 0, deletedTaskId = 0] = (
    await db
      .insertInto('tasks')
      .values(
        [null, null, new Date().toISOString()].map(deletedAt => ({
          project_id: projectId,
          creator_id: people.member,
          title: 'Tarea',
          deleted_at: deletedAt,
        })),
      )
      .returning('id')
      .execute()
  ).map(row => row.id);
  const { id: commentId } = await db
    .insertInto('comments')
    .values({ task_id: taskId, author_id: people.member, body: 'Hola' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: itemId } = await db
    .insertInto('checklist_items')
    .values({ task_id: taskId, text: 'uno', position: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: attachmentId } = await db
    .insertInto('attachments')
    .values({
      task_id: taskId,
      creator_id: people.member,
      name: 'a.pdf',
      content_type: 'application/pdf',
      size: 4,
      object: randomUUID(),
      state: 'stored',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('task_relations')
    .values({ task_id: taskId, kind: 'blocks', other_id: otherTaskId })
    .execute();
  return { taskId, otherTaskId, deletedTaskId, commentId, itemId, attachmentId };
};

const makeRest = async (db: Db, { people, projectId }: Owners) => {
  const { id: fieldId } = await db
    .insertInto('custom_fields')
    .values({ project_id: projectId, name: 'Campo', type: 'text' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const dates = { start_date: '2026-01-01', end_date: '2026-01-14' };
  const [sprintId = 0, activeSprintId = 0] = (
    await db
      .insertInto('sprints')
      .values(
        (['planned', 'active'] as const).map(state => ({
          project_id: projectId,
          name: 'S',
          state,
          ...dates,
        })),
      )
      .returning('id')
      .execute()
  ).map(row => row.id);
  const { id: invitationId } = await db
    .insertInto('invitations')
    .values({
      project_id: projectId,
      email: `${randomUUID()}@example.com`,
      role: 'member',
      inviter_id: people.manager,
      requested_at: '2026-01-01T00:00:00Z',
      expires_at: '2099-01-01T00:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: webhookId } = await db
    .insertInto('webhooks')
    .values({
      project_id: projectId,
      url: 'https://example.com/hook',
      secret: 'sealed',
      active: false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: deliveryId } = await db
    .insertInto('webhook_deliveries')
    .values({ webhook_id: webhookId, event_id: 1, type: 'task.created', body: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: importId } = await db
    .insertInto('imports')
    .values({ project_id: projectId, creator_id: people.manager, format: 'csv', total: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { fieldId, sprintId, activeSprintId, invitationId, webhookId, deliveryId, importId };
};
