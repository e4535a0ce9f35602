import { sql } from 'kysely';
import type { Template, TemplateContent } from '../domain/template.ts';
import type { Database } from './database.ts';

const columns = [
  sql<string>`id::text`.as('key'),
  'name',
  'description',
  sql<TemplateContent>`content`.as('content'),
] as const;

export const templateRepository = (db: Database) => ({
  insert: (ownerId: number, template: Omit<Template, 'key'>): Promise<Template> =>
    db
      .insertInto('project_templates')
      .values({
        owner_id: ownerId,
        name: template.name,
        description: template.description,
        content: JSON.stringify(template.content),
      })
      .returning(columns)
      .executeTakeFirstOrThrow(),

  list: (ownerId: number): Promise<Template[]> =>
    own(db, ownerId).orderBy('id').limit(100).execute(),

  find: (ownerId: number, templateId: number): Promise<Template | undefined> =>
    own(db, ownerId).where('id', '=', templateId).executeTakeFirst(),

  remove: async (ownerId: number, templateId: number): Promise<boolean> => {
    const result = await db
      .deleteFrom('project_templates')
      .where('owner_id', '=', ownerId)
      .where('id', '=', templateId)
      .executeTakeFirst();
    return result.numDeletedRows === 1n;
  },
});

const own = (db: Database, ownerId: number) =>
  db.selectFrom('project_templates').select(columns).where('owner_id', '=', ownerId);
