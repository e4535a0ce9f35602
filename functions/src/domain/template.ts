import { addDays } from './calendar.ts';
import type { NewCustomField } from './custom-field.ts';
import type { Methodology, ProjectSettings } from './project.ts';
import type { NewTask, TaskPriority, TaskType } from './task.ts';

export type TemplateTask = {
  title: string;
  description?: string | undefined;
  type?: TaskType | undefined;
  priority?: TaskPriority | undefined;
  labels?: string[] | undefined;
  storyPoints?: number | undefined;
  /** Days after the project begins. */
  dueInDays?: number | undefined;
};

export type TemplateContent = {
  methodology: Methodology;
  settings: Partial<ProjectSettings>;
  fields: NewCustomField[];
  tasks: TemplateTask[];
};

export type Template = {
  /** Name of a built-in one, or the number of one's own. */
  key: string;
  name: string;
  description: string | null;
  content: TemplateContent;
};

/** The task that a template describes, for a project that begins `today`. */
export const taskFrom = ({ dueInDays, ...task }: TemplateTask, today: string): NewTask => ({
  ...task,
  ...(dueInDays !== undefined && { dueDate: addDays(today, dueInDays) }),
});

/** What helps somebody's first project along. */
export const sampleTasks: TemplateTask[] = [
  {
    title: 'Conoce PM-Bot',
    description: 'Escríbele al bot: «crea una tarea para revisar el contrato, para el viernes».',
    priority: 'high',
    labels: ['bienvenida'],
    dueInDays: 1,
  },
  {
    title: 'Invita a tu equipo',
    description:
      'Agrega a las personas por su correo. Quien no tenga cuenta recibirá una invitación.',
    labels: ['bienvenida'],
    dueInDays: 2,
  },
  {
    title: 'Crea tu primera tarea de verdad',
    description: 'Dale un título, una persona y una fecha. Lo demás puede esperar.',
    labels: ['bienvenida'],
    dueInDays: 3,
  },
];
