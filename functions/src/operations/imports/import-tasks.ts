import { z } from 'zod';
import { importFormats, importLimit } from '../../domain/import.ts';
import type { NewTask, Task } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type FitDeps, fitRows, namesIn } from './fit-rows.ts';
import { importedEvents } from './imported-events.ts';
import { readableRows } from './readable-rows.ts';

type Deps = {
  inTransaction: InTransaction<
    FitDeps & {
      tasks: { insertAll(projectId: number, creatorId: number, tasks: NewTask[]): Promise<Task[]> };
      outbox: AddEvents;
    }
  >;
};

const batchSize = 200;

export const importTasks = defineOperation({
  name: 'projects/importTasks',
  summary:
    'Brings in tasks from CSV, Jira CSV or a Trello board, all or none, up to 2,000; `dryRun` only tells what would come. For more see /imports',
  route: 'POST /projects/{projectId}/import',
  access: 'project.import',
  wants: 'timezone',
  input: z.strictObject({
    projectId: id,
    format: z.enum(importFormats),
    content: z.string().min(1).max(1_000_000),
    dryRun: z.boolean().default(false),
  }),
  output: z.object({
    found: z.int(),
    imported: z.int(),
    /** Names in the file that belong to no member; their tasks have no assignee. */
    unknownPeople: z.array(z.string()),
    titles: z.array(z.string()),
  }),
  creates: true,
  failures: ['conflict'],
  refuses: ['content'],
  run: ({ inTransaction }: Deps, caller, { projectId, format, content, dryRun }) =>
    inTransaction(async unit => {
      const { tasks, outbox } = unit;
      const limit = {
        rows: importLimit,
        tooLong: wording.importTooLong,
        zone: caller.timezone ?? 'UTC',
      };
      const { ready: rows } = readableRows(format, content, limit);
      const { ready, issues } = fitRows(rows, await namesIn(unit, projectId));
      if (!dryRun) {
        const details = { source: format, importId: null };
        for (let first = 0; first < ready.length; first += batchSize) {
          const batch = ready.slice(first, first + batchSize);
          const made = await tasks.insertAll(projectId, caller.userId, batch);
          await outbox.add(...importedEvents(made, caller.userId, details));
        }
        const about = { projectId, actorId: caller.userId };
        await outbox.add(projectEvent('project.imported', about, { format, count: ready.length }));
      }
      return {
        found: ready.length,
        imported: dryRun ? 0 : ready.length,
        unknownPeople: [
          ...new Set(
            issues.flatMap(({ code, value = '' }) => (code === 'person_unknown' ? value : [])),
          ),
        ].slice(0, 50),
        titles: ready.slice(0, 20).map(one => one.title),
      };
    }),
});
