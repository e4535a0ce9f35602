import { z } from 'zod';
import { builtInTemplates } from '../../domain/built-in-templates.ts';
import { dateIn } from '../../domain/calendar.ts';
import type { NewCustomField } from '../../domain/custom-field.ts';
import type { Role } from '../../domain/permission.ts';
import type { NewProject, Project } from '../../domain/project.ts';
import type { NewTask, Task } from '../../domain/task.ts';
import {
  sampleTasks,
  type Template,
  type TemplateContent,
  taskFrom,
} from '../../domain/template.ts';
import { wording } from '../../domain/wording.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { line } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { createdEvent } from '../tasks/task-work.ts';
import { project, projectFields } from './project-schema.ts';

type Unit = {
  clock(): Date;
  projects: {
    insert(ownerId: number, project: NewProject): Promise<Project>;
    timezoneFor(userId: number, projectId: number): Promise<string>;
  };
  members: { insert(projectId: number, userId: number, role: Role): Promise<boolean> };
  customFields: { insert(projectId: number, field: NewCustomField): Promise<unknown> };
  tasks: { insertAll(projectId: number, creatorId: number, tasks: NewTask[]): Promise<Task[]> };
  templates: { find(ownerId: number, templateId: number): Promise<Template | undefined> };
  outbox: AddEvents;
};

export const createProject = defineOperation({
  name: 'projects/createProject',
  summary:
    'Creates a project whose owner is the caller; `template` fills it, `onboarding` adds sample tasks',
  route: 'POST /projects',
  access: 'user',
  input: z.strictObject({
    ...projectFields,
    template: line(40).optional(),
    onboarding: z.boolean().optional(),
  }),
  output: project,
  status: 201,
  creates: true,
  refuses: ['template', 'settings.timezone'],
  versioned: true,
  run: (
    { inTransaction }: { inTransaction: InTransaction<Unit> },
    caller,
    { template, onboarding, ...input },
  ) =>
    inTransaction(async unit => {
      const content = await contentOf(unit, caller.userId, template);
      const created = await unit.projects.insert(caller.userId, withDefaults(input, content));
      await unit.members.insert(created.id, caller.userId, 'owner');
      await unit.outbox.add(createdProject(created, caller.userId, template));
      await fill(unit, created, {
        ...content,
        tasks: [...(onboarding ? sampleTasks : []), ...(content?.tasks ?? [])],
      });
      return created;
    }),
});

const contentOf = async (
  { templates }: Unit,
  userId: number,
  key: string | undefined,
): Promise<TemplateContent | undefined> => {
  if (key === undefined) return undefined;
  const builtIn = builtInTemplates.find(one => one.key === key);
  const own = /^[1-9]\d{0,14}$/.test(key) ? await templates.find(userId, Number(key)) : undefined;
  const found = builtIn ?? own;
  if (!found) throw refusal('template', wording.templateUnknown);
  return found.content;
};

/** What the caller says counts more than what the template says. */
const withDefaults = (input: NewProject, content: TemplateContent | undefined): NewProject => ({
  ...input,
  methodology: input.methodology ?? content?.methodology,
  settings: { ...content?.settings, ...input.settings },
});

const createdProject = (created: Project, actorId: number, template: string | undefined) =>
  projectEvent(
    'project.created',
    { projectId: created.id, actorId, version: created.version },
    {
      projectId: created.id,
      userId: actorId,
      after: { name: created.name, methodology: created.methodology },
      ...(template !== undefined && { template }),
    },
  );

const fill = async (
  unit: Unit,
  { id: projectId, ownerId }: Project,
  { fields = [], tasks }: Partial<TemplateContent> & Pick<TemplateContent, 'tasks'>,
): Promise<void> => {
  for (const field of fields) await unit.customFields.insert(projectId, field);
  if (tasks.length === 0) return;
  const today = dateIn(unit.clock(), await unit.projects.timezoneFor(ownerId, projectId));
  const wanted = tasks.map(one => taskFrom(one, today));
  const made = await unit.tasks.insertAll(projectId, ownerId, wanted);
  await unit.outbox.add(...made.map(one => createdEvent(one, ownerId)));
};
