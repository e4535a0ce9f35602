import { z } from 'zod';
import type { CustomField } from '../../domain/custom-field.ts';
import type { Project } from '../../domain/project.ts';
import type { Task } from '../../domain/task.ts';
import type { TaskFilter, TaskPage } from '../../domain/task-list.ts';
import type { Template, TemplateTask } from '../../domain/template.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id, line, text } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { shown } from './list-templates.ts';
import { template, templateLimit, templateTaskLimit } from './template-schema.ts';

type Deps = {
  projects: { findFor(userId: number, projectId: number): Promise<Project | undefined> };
  customFields: { list(projectId: number): Promise<CustomField[]> };
  taskList: {
    list(projectId: number, filter: TaskFilter, page: TaskPage): Promise<{ task: Task }[]>;
  };
  templates: {
    list(ownerId: number): Promise<Template[]>;
    insert(ownerId: number, template: Omit<Template, 'key'>): Promise<Template>;
  };
};

export const saveTemplate = defineOperation({
  name: 'projects/saveTemplate',
  summary: "Keeps a project's settings, fields and tasks as a template of the caller's own",
  route: 'POST /projects/{projectId}/template',
  access: 'project.export',
  input: z.strictObject({
    projectId: id,
    name: line(200),
    description: text(2_000).nullable().optional(),
  }),
  output: template,
  status: 201,
  creates: true,
  failures: ['conflict'],
  run: async (deps: Deps, caller, { projectId, name, description = null }) => {
    const { projects, customFields, taskList, templates } = deps;
    const project = await projects.findFor(caller.userId, projectId);
    if (!project) throw new Failure('not_found');
    if ((await templates.list(caller.userId)).length >= templateLimit)
      throw new Failure('conflict', { detail: wording.tooMany });
    const page = { sort: 'created', descending: false, limit: templateTaskLimit } as const;
    const rows = await taskList.list(projectId, {}, page);
    const fields = await customFields.list(projectId);
    const saved = await templates.insert(caller.userId, {
      name,
      description,
      content: {
        methodology: project.methodology,
        settings: project.settings,
        fields: fields.map(({ name: fieldName, type, options }) => ({
          name: fieldName,
          type,
          options,
        })),
        tasks: rows.map(row => keptOf(row.task, project.createdAt)),
      },
    });
    return { ...shown(saved), builtIn: false };
  },
});

const keptOf = (task: Task, projectStart: string): TemplateTask => ({
  title: task.title,
  ...(task.description !== null && { description: task.description }),
  type: task.type,
  priority: task.priority,
  labels: task.labels,
  ...(task.storyPoints !== null && { storyPoints: task.storyPoints }),
  ...(task.dueDate !== null && { dueInDays: daysAfter(projectStart, task.dueDate) }),
});

const daysAfter = (start: string, date: string): number =>
  Math.max(0, Math.round((Date.parse(date) - Date.parse(start.slice(0, 10))) / 86_400_000));
