import { sql } from 'kysely';
import type { CustomField, NewCustomField } from '../domain/custom-field.ts';
import type { Database } from './database.ts';

const columns = ['id', 'project_id as projectId', 'name', 'type', 'options'] as const;

export const customFieldRepository = (db: Database) => ({
  list: (projectId: number): Promise<CustomField[]> =>
    db
      .selectFrom('custom_fields')
      .select(columns)
      .where('project_id', '=', projectId)
      .orderBy('id')
      .execute(),

  find: (projectId: number, fieldId: number): Promise<CustomField | undefined> =>
    db
      .selectFrom('custom_fields')
      .select(columns)
      .where('project_id', '=', projectId)
      .where('id', '=', fieldId)
      .executeTakeFirst(),

  /** Adds a field; nothing when the name is taken. */
  insert: (projectId: number, field: NewCustomField): Promise<CustomField | undefined> =>
    db
      .insertInto('custom_fields')
      .values({ project_id: projectId, ...field })
      .onConflict(conflict => conflict.doNothing())
      .returning(columns)
      .executeTakeFirst(),

  update: (
    fieldId: number,
    changes: { name?: string | undefined; options?: string[] | undefined },
  ): Promise<CustomField> =>
    db
      .updateTable('custom_fields')
      .set(changes)
      .where('id', '=', fieldId)
      .returning(columns)
      .executeTakeFirstOrThrow(),

  /** Deletes a field together with its values. */
  remove: async (projectId: number, fieldId: number): Promise<boolean> => {
    const result = await db
      .deleteFrom('custom_fields')
      .where('project_id', '=', projectId)
      .where('id', '=', fieldId)
      .executeTakeFirst();
    if (result.numDeletedRows === 0n) return false;
    await sql`UPDATE tasks SET custom_fields = custom_fields - ${String(fieldId)}::text
      WHERE project_id = ${projectId} AND custom_fields ? ${String(fieldId)}::text`.execute(db);
    return true;
  },
});
