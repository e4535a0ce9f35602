import { z } from 'zod';
import { type ImportedTask, importFormats, importLimit, readImport } from '../../domain/import.ts';
import { atLeast } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import type { NewTask, Task } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { createdEvent } from '../tasks/task-work.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: { list(projectId: number, limit: number): Promise<Member[]> };
    tasks: { insertAll(projectId: number, creatorId: number, tasks: NewTask[]): Promise<Task[]> };
    outbox: AddEvents;
  }>;
};

const people = 1_000;
const batchSize = 200;

export const importTasks = defineOperation({
  name: 'projects/importTasks',
  summary:
    'Brings in tasks from CSV, Jira CSV or a Trello board, all or none, up to 2,000; `dryRun` only tells what would come',
  route: 'POST /projects/{projectId}/import',
  access: 'project.import',
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
  refuses: ['content'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, format, content, dryRun }) =>
    inTransaction(async ({ members, tasks, outbox }) => {
      const wanted = readable(format, content);
      const { ready, unknown } = assigned(wanted, await members.list(projectId, people));
      if (!dryRun) {
        for (let first = 0; first < ready.length; first += batchSize) {
          const batch = ready.slice(first, first + batchSize);
          const made = await tasks.insertAll(projectId, caller.userId, batch);
          await outbox.add(
            ...made.map(one => createdEvent(one, caller.userId, { source: format })),
          );
        }
        const about = { projectId, actorId: caller.userId };
        await outbox.add(projectEvent('project.imported', about, { format, count: ready.length }));
      }
      return {
        found: wanted.length,
        imported: dryRun ? 0 : ready.length,
        unknownPeople: unknown,
        titles: ready.slice(0, 20).map(one => one.title),
      };
    }),
});

const readable = (format: (typeof importFormats)[number], content: string): ImportedTask[] => {
  let found: ImportedTask[];
  try {
    found = readImport(format, content);
  } catch {
    throw refusal('content', wording.importUnreadable);
  }
  if (found.length > importLimit) throw refusal('content', wording.importTooLong);
  return found;
};

const nameKey = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** Gives tasks to the members whom the file names; nobody is guessed at. */
const assigned = (wanted: ImportedTask[], members: Member[]) => {
  const workers = members.filter(({ role }) => atLeast(role, 'member'));
  const known = new Map<string, number | undefined>();
  for (const { userId, fullName, email } of workers) {
    // Two of one name: neither.
    known.set(nameKey(fullName), known.has(nameKey(fullName)) ? undefined : userId);
    known.set(nameKey(email), userId);
  }
  const unknown = new Set<string>();
  const ready = wanted.map(({ assignee, ...task }): NewTask => {
    const assigneeId = assignee === undefined ? undefined : known.get(nameKey(assignee));
    if (assignee !== undefined && assigneeId === undefined) unknown.add(assignee.slice(0, 100));
    return { ...task, ...(assigneeId !== undefined && { assigneeId }) };
  });
  return { ready, unknown: [...unknown].slice(0, 50) };
};
