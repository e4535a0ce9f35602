import { sql } from 'kysely';
import type {
  ChecklistItem,
  NewAttachment,
  Relation,
  StoredAttachment,
  StoredRelation,
} from '../domain/task-parts.ts';
import { reverseKind } from '../domain/task-parts.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

export const relationRepository = (db: Database) => ({
  /** Adds a relation; false when it is there already. */
  insert: async ({ taskId, kind, otherId }: StoredRelation): Promise<boolean> => {
    const result = await db
      .insertInto('task_relations')
      .values({ task_id: taskId, kind, other_id: otherId })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  },

  remove: async ({ taskId, kind, otherId }: StoredRelation): Promise<boolean> => {
    const result = await db
      .deleteFrom('task_relations')
      .where('task_id', '=', taskId)
      .where('kind', '=', kind)
      .where('other_id', '=', otherId)
      .executeTakeFirst();
    return result.numDeletedRows === 1n;
  },

  /** Drops every relation of a task, as when it leaves the project. */
  clear: async (taskId: number): Promise<void> => {
    await db
      .deleteFrom('task_relations')
      .where(eb => eb.or([eb('task_id', '=', taskId), eb('other_id', '=', taskId)]))
      .execute();
  },

  /** Whether following relations of a kind from one task leads to the other. */
  leadsTo: async (kind: StoredRelation['kind'], from: number, to: number): Promise<boolean> => {
    const { rows } = await sql`
      WITH RECURSIVE reached AS (
        SELECT ${from}::bigint AS id
        UNION
        SELECT r.other_id FROM task_relations r JOIN reached ON r.task_id = reached.id
        WHERE r.kind = ${kind})
      SELECT FROM reached WHERE id = ${to}`.execute(db);
    return rows.length > 0;
  },

  /** Relations of a task from its own point of view; deleted tasks do not show. */
  list: async (taskId: number): Promise<Relation[]> => {
    const rows = await db
      .selectFrom('task_relations')
      .innerJoin('tasks', join =>
        join.on(
          sql<boolean>`tasks.id = CASE WHEN task_relations.task_id = ${taskId}
            THEN task_relations.other_id ELSE task_relations.task_id END`,
        ),
      )
      .select(['task_relations.kind', 'task_relations.task_id as from'])
      .select(['tasks.id', 'tasks.title', 'tasks.status'])
      .where(eb =>
        eb.or([
          eb('task_relations.task_id', '=', taskId),
          eb('task_relations.other_id', '=', taskId),
        ]),
      )
      .where('tasks.deleted_at', 'is', null)
      .orderBy('task_relations.created_at')
      .orderBy('tasks.id')
      .execute();
    return rows.map(({ kind, from, ...task }) => ({
      kind: from === taskId || kind === 'relates' ? kind : reverseKind[kind],
      task,
    }));
  },
});

const itemColumns = ['id', 'task_id as taskId', 'text', 'done'] as const;

export const checklistRepository = (db: Database) => ({
  /** In the order that people gave them. */
  list: (taskId: number): Promise<ChecklistItem[]> =>
    db
      .selectFrom('checklist_items')
      .select(itemColumns)
      .where('task_id', '=', taskId)
      .orderBy('position')
      .orderBy('id')
      .execute(),

  /** Appends an item. */
  insert: (taskId: number, text: string, done: boolean): Promise<ChecklistItem> =>
    db
      .insertInto('checklist_items')
      .values({
        task_id: taskId,
        text,
        done,
        position: sql<number>`(SELECT coalesce(max(position), 0) + 1
          FROM checklist_items WHERE task_id = ${taskId})`,
      })
      .returning(itemColumns)
      .executeTakeFirstOrThrow(),

  find: (taskId: number, itemId: number): Promise<ChecklistItem | undefined> =>
    db
      .selectFrom('checklist_items')
      .select(itemColumns)
      .where('task_id', '=', taskId)
      .where('id', '=', itemId)
      .forUpdate()
      .executeTakeFirst(),

  update: (
    itemId: number,
    changes: { text?: string | undefined; done?: boolean | undefined },
  ): Promise<ChecklistItem> =>
    db
      .updateTable('checklist_items')
      .set(changes)
      .where('id', '=', itemId)
      .returning(itemColumns)
      .executeTakeFirstOrThrow(),

  /** Puts an item right after another, or first. */
  place: async (taskId: number, itemId: number, afterId: number | null): Promise<void> => {
    await sql`
      WITH others AS (
        SELECT id, row_number() OVER (ORDER BY position, id) AS place
        FROM checklist_items WHERE task_id = ${taskId} AND id <> ${itemId}),
      target AS (SELECT coalesce((SELECT place FROM others WHERE id = ${afterId}), 0) AS place)
      UPDATE checklist_items item
      SET position = CASE WHEN item.id = ${itemId} THEN target.place + 0.5 ELSE others.place END
      FROM target LEFT JOIN others ON true
      WHERE item.task_id = ${taskId} AND (item.id = others.id OR item.id = ${itemId})`.execute(db);
  },

  remove: async (taskId: number, itemId: number): Promise<ChecklistItem | undefined> =>
    db
      .deleteFrom('checklist_items')
      .where('task_id', '=', taskId)
      .where('id', '=', itemId)
      .returning(itemColumns)
      .executeTakeFirst(),
});

const attachmentColumns = [
  'id',
  'task_id as taskId',
  'name',
  'content_type as contentType',
  'size',
  'state',
  'object',
  'creator_id as creatorId',
  'created_at as createdAt',
] as const;

export const attachmentRepository = (db: Database) => ({
  insert: (
    taskId: number,
    creatorId: number,
    { name, contentType, size, object }: NewAttachment,
  ): Promise<StoredAttachment> =>
    db
      .insertInto('attachments')
      .values({
        task_id: taskId,
        creator_id: creatorId,
        name,
        content_type: contentType,
        size,
        object,
      })
      .returning(attachmentColumns)
      .executeTakeFirstOrThrow(),

  find: (taskId: number, attachmentId: number): Promise<StoredAttachment | undefined> =>
    db
      .selectFrom('attachments')
      .select(attachmentColumns)
      .where('task_id', '=', taskId)
      .where('id', '=', attachmentId)
      .executeTakeFirst(),

  list: (taskId: number): Promise<StoredAttachment[]> =>
    db
      .selectFrom('attachments')
      .select(attachmentColumns)
      .where('task_id', '=', taskId)
      .orderBy('id')
      .execute(),

  count: async (taskId: number): Promise<number> => (await countOf(db, taskId)).count,

  markStored: async (attachmentId: number): Promise<void> => {
    await db
      .updateTable('attachments')
      .set({ state: 'stored' })
      .where('id', '=', attachmentId)
      .execute();
  },

  /**
   * Files that were announced a day ago and never came, and those of tasks and projects that were deleted
   * more than `days` ago.
   */
  expired: async (days: number, limit: number): Promise<{ id: number; object: string }[]> => {
    const { rows } = await sql<{ id: number; object: string }>`
      SELECT id, object FROM attachments
      WHERE state = 'pending' AND created_at < now() - interval '1 day'
      UNION
      SELECT attachments.id, object FROM tasks JOIN attachments ON attachments.task_id = tasks.id
      WHERE tasks.deleted_at < ${daysAgo(days)}
      UNION
      SELECT attachments.id, object FROM projects JOIN tasks ON tasks.project_id = projects.id
      JOIN attachments ON attachments.task_id = tasks.id
      WHERE projects.deleted_at < ${daysAgo(days)}
      LIMIT ${limit}`.execute(db);
    return rows;
  },

  remove: async (attachmentId: number): Promise<void> => {
    await db.deleteFrom('attachments').where('id', '=', attachmentId).execute();
  },
});

const countOf = (db: Database, taskId: number) =>
  db
    .selectFrom('attachments')
    .select(sql<number>`count(*)`.as('count'))
    .where('task_id', '=', taskId)
    .executeTakeFirstOrThrow();
