import { z } from 'zod';
import { relationKinds } from '../../domain/task.ts';
import { customField } from '../custom-fields/custom-field-schema.ts';
import { id, instant } from '../fields.ts';
import { member } from '../members/member-schema.ts';
import { project } from '../projects/project-schema.ts';
import { sprint } from '../sprints/sprint-schema.ts';
import { task } from '../tasks/task-schema.ts';

/** A task with all that belongs to it. */
const exportedTask = task
  .extend({
    comments: z.array(
      z.object({
        id,
        authorId: id.nullable(),
        authorName: z.string().nullable(),
        body: z.string(),
        createdAt: instant,
      }),
    ),
    checklist: z.array(z.object({ text: z.string(), done: z.boolean() })),
    relations: z.array(z.object({ kind: z.enum(relationKinds), otherId: id })),
    /** What there is; the files themselves are had by their links. */
    attachments: z.array(z.object({ name: z.string(), contentType: z.string(), size: z.int() })),
  })
  .meta({ id: 'ExportedTask' });

export const exported = z.object({
  fileName: z.string(),
  project: project.nullable(),
  /** In the first part only, as are sprints and own fields. */
  members: z.array(member).nullable(),
  sprints: z.array(sprint).nullable(),
  customFields: z.array(customField).nullable(),
  tasks: z.array(exportedTask).nullable(),
  /** With a heading in the first part only, so that parts can be joined. */
  csv: z.string().nullable(),
  nextCursor: z.string().nullable(),
});
