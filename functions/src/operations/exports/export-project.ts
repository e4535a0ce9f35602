import { z } from 'zod';
import { csvLine } from '../../domain/csv.ts';
import type { Member, Project } from '../../domain/project.ts';
import type { Task } from '../../domain/task.ts';
import type { TaskFilter, TaskPage } from '../../domain/task-list.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { project } from '../projects/project-schema.ts';
import { readCursor, writeCursor } from '../tasks/task-cursor.ts';
import { task } from '../tasks/task-schema.ts';

type Deps = {
  projects: { findFor(userId: number, projectId: number): Promise<Project | undefined> };
  members: { list(projectId: number, limit: number): Promise<Member[]> };
  taskList: {
    list(
      projectId: number,
      filter: TaskFilter,
      page: TaskPage,
    ): Promise<{ task: Task; key: string | number }[]>;
  };
};

const rowsPerPart = 1_000;
const people = 1_000;

const columns = [
  'id',
  'title',
  'description',
  'type',
  'status',
  'priority',
  'assignee',
  'startDate',
  'dueDate',
  'labels',
  'storyPoints',
  'sprintId',
  'parentId',
  'createdAt',
  'completedAt',
] as const;

export const exportProject = defineOperation({
  name: 'projects/exportProject',
  summary:
    'A project as JSON, or its tasks as CSV that is safe to open in a spreadsheet; 1,000 tasks a part, `nextCursor` leads on',
  route: 'GET /projects/{projectId}/export',
  access: 'project.export',
  input: z.strictObject({
    projectId: id,
    format: z.enum(['json', 'csv']).default('json'),
    cursor: z
      .string()
      .regex(/^[\w-]{1,1000}$/)
      .optional(),
  }),
  output: z.object({
    fileName: z.string(),
    project: project.nullable(),
    tasks: z.array(task).nullable(),
    /** With a heading in the first part only, so that parts can be joined. */
    csv: z.string().nullable(),
    nextCursor: z.string().nullable(),
  }),
  run: async ({ projects, members, taskList }: Deps, caller, { projectId, format, cursor }) => {
    const found = await projects.findFor(caller.userId, projectId);
    if (!found) throw new Failure('not_found');
    const after = readCursor('created', false, cursor);
    const page = { sort: 'created', descending: false, limit: rowsPerPart + 1, after } as const;
    const rows = await taskList.list(projectId, {}, page);
    const tasks = rows.slice(0, rowsPerPart).map(row => row.task);
    const last = rows.length > rowsPerPart ? rows[rowsPerPart - 1] : undefined;
    const asCsv = format === 'csv';
    const names = asCsv ? await namesIn(members, projectId) : new Map<number, string>();
    return {
      fileName: `pm-bot-${projectId}.${format}`,
      project: asCsv ? null : found,
      tasks: asCsv ? null : tasks,
      csv: asCsv ? csvOf(tasks, names, cursor === undefined) : null,
      nextCursor: last ? writeCursor('created', false, { key: last.key, id: last.task.id }) : null,
    };
  },
});

const namesIn = async (members: Deps['members'], projectId: number) =>
  new Map((await members.list(projectId, people)).map(one => [one.userId, one.fullName]));

const csvOf = (tasks: Task[], names: Map<number, string>, withHead: boolean): string =>
  [
    ...(withHead ? [csvLine([...columns])] : []),
    ...tasks.map(one =>
      csvLine(
        columns.map(column => {
          if (column === 'assignee') return names.get(one.assigneeId ?? 0);
          return column === 'labels' ? one.labels.join('|') : one[column];
        }),
      ),
    ),
  ].join('');
