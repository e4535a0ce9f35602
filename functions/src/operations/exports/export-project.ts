import { z } from 'zod';
import type { CustomField } from '../../domain/custom-field.ts';
import type { Member, Project } from '../../domain/project.ts';
import type { Sprint } from '../../domain/sprint.ts';
import type { Task } from '../../domain/task.ts';
import type { TaskExtras } from '../../domain/task-extras.ts';
import type { TaskFilter, TaskPage } from '../../domain/task-list.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { readCursor, writeCursor } from '../tasks/task-cursor.ts';
import { csvOfTasks } from './csv-of-tasks.ts';
import { exported } from './export-schema.ts';

type Deps = {
  projects: { findFor(userId: number, projectId: number): Promise<Project | undefined> };
  members: { list(projectId: number, limit: number): Promise<Member[]> };
  sprints: { list(projectId: number, limit: number): Promise<Sprint[]> };
  customFields: { list(projectId: number): Promise<CustomField[]> };
  taskExtras: { of(taskIds: number[]): Promise<TaskExtras> };
  taskList: {
    list(
      projectId: number,
      filter: TaskFilter,
      page: TaskPage,
    ): Promise<{ task: Task; key: string | number }[]>;
  };
};

/** Tasks of one part: in JSON each brings its comments and more along. */
const tasksPerPart = { json: 200, csv: 1_000 };
const most = 1_000;

export const exportProject = defineOperation({
  name: 'projects/exportProject',
  summary:
    'All of a project as JSON, 200 tasks a part, or its tasks as CSV that is safe to open in a spreadsheet, 1,000 a part; `nextCursor` leads on. CSV comes as a file to clients that accept `text/csv`',
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
  output: exported,
  file: {
    type: 'text/csv',
    of: ({ csv, fileName, nextCursor }) =>
      csv === null
        ? undefined
        : {
            name: fileName,
            text: csv,
            next: nextCursor ? `format=csv&cursor=${nextCursor}` : undefined,
          },
  },
  run: async (deps: Deps, caller, { projectId, format, cursor }) => {
    const project = await deps.projects.findFor(caller.userId, projectId);
    if (!project) throw new Failure('not_found');
    const { tasks, nextCursor } = await part(deps, projectId, tasksPerPart[format], cursor);
    const isFirst = cursor === undefined;
    const nothing = { project: null, members: null, sprints: null, customFields: null };
    const fileName = `pm-bot-${projectId}.${format}`;
    if (format === 'csv') {
      const { people, sprints, fields } = await namesIn(deps, projectId);
      const csv = csvOfTasks(tasks, { people, sprints, fields }, isFirst);
      return { fileName, ...nothing, tasks: null, csv, nextCursor };
    }
    const whole = isFirst ? await partsOf(deps, projectId) : {};
    const full = await withExtras(deps, tasks);
    return { fileName, ...nothing, ...whole, project, tasks: full, csv: null, nextCursor };
  },
});

const part = async ({ taskList }: Deps, projectId: number, size: number, cursor?: string) => {
  const after = readCursor('created', false, cursor);
  const page = { sort: 'created', descending: false, limit: size + 1, after } as const;
  const rows = await taskList.list(projectId, {}, page);
  const last = rows.length > size ? rows[size - 1] : undefined;
  return {
    tasks: rows.slice(0, size).map(row => row.task),
    nextCursor: last ? writeCursor('created', false, { key: last.key, id: last.task.id }) : null,
  };
};

const partsOf = async ({ members, sprints, customFields }: Deps, projectId: number) => {
  const [people, periods, fields] = await Promise.all([
    members.list(projectId, most),
    sprints.list(projectId, most),
    customFields.list(projectId),
  ]);
  return { members: people, sprints: periods, customFields: fields };
};

const namesIn = async (deps: Deps, projectId: number) => {
  const { members, sprints, customFields } = await partsOf(deps, projectId);
  return {
    people: new Map(members.map(one => [one.userId, one.fullName])),
    sprints: new Map(sprints.map(one => [one.id, one.name])),
    fields: customFields,
  };
};

const withExtras = async ({ taskExtras }: Deps, tasks: Task[]) => {
  const extras = await taskExtras.of(tasks.map(task => task.id));
  const by = <T extends { taskId: number }>(rows: T[]) => Map.groupBy(rows, row => row.taskId);
  const [comments, checklist] = [by(extras.comments), by(extras.checklist)];
  const [relations, attachments] = [by(extras.relations), by(extras.attachments)];
  return tasks.map(task => ({
    ...task,
    comments: comments.get(task.id) ?? [],
    checklist: checklist.get(task.id) ?? [],
    relations: relations.get(task.id) ?? [],
    attachments: attachments.get(task.id) ?? [],
  }));
};
