import type { Locale } from '../../platform/failure.ts';
import type { Goal, ProjectFigures, TaskFilter, TaskRef } from '../decide/state.ts';
import { dayText, plain, priorityNames, quote, statusNames } from './format.ts';
import type { Speech } from './speech.ts';

export const personName = (userId: number | null, { people }: Speech): string | undefined =>
  people.find(person => person.userId === userId)?.fullName;

const words = {
  es: {
    nobody: 'sin responsable',
    none: 'sin fecha',
    to: 'para',
    by: 'para el',
    priority: 'prioridad',
  },
  en: { nobody: 'unassigned', none: 'no due date', to: 'for', by: 'due', priority: 'priority' },
};

/** "para Ana Torres, para el viernes 13 de marzo, prioridad alta": what matters of a task. */
export const details = (task: TaskRef, speech: Speech): string => {
  const { locale } = speech;
  const w = words[locale];
  const name = personName(task.assigneeId, speech);
  const parts = [
    name ? `${w.to} ${plain(name)}` : w.nobody,
    task.dueDate ? `${w.by} ${dayText(task.dueDate, locale)}` : w.none,
  ];
  if (task.priority !== 'medium')
    parts.push(
      locale === 'es'
        ? `prioridad ${priorityNames.es[task.priority]}`
        : `${priorityNames.en[task.priority]} priority`,
    );
  return parts.join(', ');
};

type Load = { name: string; open: number; overdue: number };

/** Open tasks of each member, most first, and the members without any. */
export const workloads = (
  byAssignee: ProjectFigures['byAssignee'],
  { people }: Speech,
): { busy: Load[]; free: string[] } => {
  const loads = people.map(({ userId, fullName }) => {
    const own = byAssignee.find(each => each.userId === userId);
    const open = own ? own.total - own.done : 0;
    return { name: fullName, open, overdue: own?.overdue ?? 0 };
  });
  const busy = loads.filter(({ open }) => open > 0).toSorted((a, b) => b.open - a.open);
  const free = loads.filter(({ open }) => open === 0).map(({ name }) => name);
  return { busy: busy.slice(0, shownRows), free: free.slice(0, shownRows) };
};

/** One line of a list, numbered so that "la segunda" means something. */
export const row = (task: TaskRef, index: number, speech: Speech): string =>
  `${index + 1}. ${plain(task.title)} (${statusNames[speech.locale][task.status]}, ${details(task, speech)})`;

const shownRows = 10;

export const rows = (tasks: readonly TaskRef[], speech: Speech): string => {
  const shown = tasks.slice(0, shownRows).map((task, index) => row(task, index, speech));
  const more = tasks.length - shownRows;
  if (more > 0) shown.push(speech.locale === 'es' ? `… y ${more} más` : `… and ${more} more`);
  return shown.join('\n');
};

const namedTasks = 3;

/** "«A», «B», «C» y 2 más". */
export const named = (tasks: readonly TaskRef[], locale: Locale): string => {
  const shown = tasks.slice(0, namedTasks).map(task => quote(task.title));
  const more = tasks.length - shown.length;
  const and = locale === 'es' ? 'y' : 'and';
  if (more > 0) return `${shown.join(', ')} ${and} ${more} ${locale === 'es' ? 'más' : 'more'}`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${and} ${last}`;
};

type Wish = (goal: Goal, speech: Speech) => string;

/** The wish in words, for the question "¿Lo hago?". */
export const wish: Wish = (goal, speech) =>
  wishes[speech.locale][goal.intent]?.(goal, speech) ?? '';

const assigneeOf = (goal: Goal): string | undefined => {
  const person = goal.slots.assignee;
  return person && 'fullName' in person ? plain(person.fullName) : undefined;
};

const subject = (goal: Goal, locale: 'es' | 'en'): string => {
  const tasks = goal.tasks ?? [];
  const [only] = tasks;
  if (only && tasks.length === 1) return quote(only.title);
  const names = tasks
    .slice(0, 5)
    .map(task => quote(task.title))
    .join(', ');
  const more = tasks.length > 5 ? '…' : '';
  return locale === 'es'
    ? `${tasks.length} tareas (${names}${more})`
    : `${tasks.length} tasks (${names}${more})`;
};

const draftTask = (goal: Goal): TaskRef => ({
  taskId: 0,
  projectId: 0,
  title: goal.slots.title ?? '',
  status: goal.slots.status ?? 'todo',
  priority: goal.slots.priority ?? 'medium',
  assigneeId:
    goal.slots.assignee && 'userId' in goal.slots.assignee ? goal.slots.assignee.userId : null,
  dueDate: goal.slots.dueDate ?? null,
  version: 0,
});

const wishes: Record<Locale, Partial<Record<Goal['intent'], Wish>>> = {
  es: {
    create_task: (goal, speech) =>
      `crear la tarea ${quote(goal.slots.title ?? '')}, ${details(draftTask(goal), speech)}`,
    update_status: goal =>
      `poner ${subject(goal, 'es')} como «${statusNames.es[goal.slots.status ?? 'todo']}»`,
    rename_task: goal => `llamar ${quote(goal.slots.newTitle ?? '')} a ${subject(goal, 'es')}`,
    assign_task: goal => {
      const name = assigneeOf(goal);
      return name
        ? `asignar ${subject(goal, 'es')} a ${name}`
        : `dejar ${subject(goal, 'es')} sin responsable`;
    },
    set_due_date: goal =>
      goal.slots.dueDate
        ? `poner ${subject(goal, 'es')} para el ${dayText(goal.slots.dueDate, 'es')}`
        : `dejar ${subject(goal, 'es')} sin fecha`,
    set_priority: goal =>
      `poner ${subject(goal, 'es')} con prioridad ${priorityNames.es[goal.slots.priority ?? 'medium']}`,
    delete_task: goal => `borrar ${subject(goal, 'es')}`,
    add_comment: goal => `comentar en ${subject(goal, 'es')}: ${quote(goal.slots.comment ?? '')}`,
    create_project: goal => `crear el proyecto ${quote(goal.slots.projectName ?? '')}`,
    add_member: goal => `invitar a ${plain(goal.slots.email ?? '')}`,
  },
  en: {
    create_task: (goal, speech) =>
      `create the task ${quote(goal.slots.title ?? '')}, ${details(draftTask(goal), speech)}`,
    update_status: goal =>
      `set ${subject(goal, 'en')} to “${statusNames.en[goal.slots.status ?? 'todo']}”`,
    rename_task: goal => `call ${subject(goal, 'en')} ${quote(goal.slots.newTitle ?? '')}`,
    assign_task: goal => {
      const name = assigneeOf(goal);
      return name
        ? `assign ${subject(goal, 'en')} to ${name}`
        : `leave ${subject(goal, 'en')} unassigned`;
    },
    set_due_date: goal =>
      goal.slots.dueDate
        ? `set ${subject(goal, 'en')} due ${dayText(goal.slots.dueDate, 'en')}`
        : `leave ${subject(goal, 'en')} without a due date`,
    set_priority: goal =>
      `give ${subject(goal, 'en')} ${priorityNames.en[goal.slots.priority ?? 'medium']} priority`,
    delete_task: goal => `delete ${subject(goal, 'en')}`,
    add_comment: goal => `comment on ${subject(goal, 'en')}: ${quote(goal.slots.comment ?? '')}`,
    create_project: goal => `create the project ${quote(goal.slots.projectName ?? '')}`,
    add_member: goal => `invite ${plain(goal.slots.email ?? '')}`,
  },
};

const filterWords = {
  es: {
    of: (name: string) => `de ${name}`,
    unassigned: 'sin responsable',
    status: {
      todo: 'por hacer',
      in_progress: 'en progreso',
      blocked: 'bloqueadas',
      in_review: 'en revisión',
      done: 'hechas',
    },
    overdue: 'vencidas',
    undated: 'sin fecha',
    priority: (name: string) => `con prioridad ${name}`,
    due: (day: string) => `para el ${day}`,
    on: (day: string) => `el ${day}`,
    between: (from: string, to: string) => `entre el ${from} y el ${to}`,
    title: (text: string) => `sobre ${text}`,
  },
  en: {
    of: (name: string) => `of ${name}`,
    unassigned: 'unassigned',
    status: statusNames.en,
    overdue: 'overdue',
    undated: 'without a date',
    priority: (name: string) => `with ${name} priority`,
    due: (day: string) => `due ${day}`,
    on: (day: string) => `on ${day}`,
    between: (from: string, to: string) => `from ${from} to ${to}`,
    title: (text: string) => `about ${text}`,
  },
};

const whose = ({ assigneeId }: TaskFilter, speech: Speech): string | undefined => {
  const w = filterWords[speech.locale];
  if (assigneeId === null) return w.unassigned;
  const name = assigneeId === undefined ? undefined : personName(assigneeId, speech);
  return name && w.of(plain(name));
};

const span = (filter: TaskFilter, { locale }: Speech): string | undefined => {
  const { dueFrom, dueTo, doneFrom, doneTo } = filter;
  const w = filterWords[locale];
  const [from, to] = [dueFrom ?? doneFrom, dueTo ?? doneTo];
  if (!from || !to) return undefined;
  const days = w.between(dayText(from, locale), dayText(to, locale));
  if (doneTo) return `${w.status.done} ${from === to ? w.on(dayText(to, locale)) : days}`;
  return from === to ? w.due(dayText(to, locale)) : days;
};

/** What a list was narrowed to: " de Ana Torres, vencidas". */
export const narrowed = (filter: TaskFilter, speech: Speech): string => {
  const { locale } = speech;
  const w = filterWords[locale];
  const parts = [
    whose(filter, speech),
    filter.doneTo ? undefined : filter.status && w.status[filter.status],
    filter.overdue && w.overdue,
    filter.undated && w.undated,
    filter.priority && w.priority(priorityNames[locale][filter.priority]),
    span(filter, speech),
    filter.title && w.title(quote(filter.title)),
  ];
  const text = parts.filter(Boolean).join(', ');
  return text ? ` ${text}` : '';
};
