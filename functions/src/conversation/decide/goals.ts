import { given } from '../../domain/given.ts';
import type { Context, Entity, ProjectRef, Reference, Segment } from '../model.ts';
import { similarity } from '../similarity.ts';
import type { Goal, GoalIntent, Slots } from './state.ts';

const valueOf = <K extends Entity['entity']>(entities: readonly Entity[], kind: K) =>
  entities.findLast(each => each.entity === kind)?.value as
    | Extract<Entity, { entity: K }>['value']
    | undefined;

const dateSlots = (entities: readonly Entity[]): Slots => {
  const value = valueOf(entities, 'due_date');
  if (!value) return {};
  if ('none' in value) return { dueDate: null };
  const range = value.from && value.to ? { dueRange: { from: value.from, to: value.to } } : {};
  return { dueDate: value.date, ...range };
};

export const slotsOf = ({ entities, signals }: Segment): Slots => {
  const nobody = signals.includes('nobody') ? { none: true as const } : undefined;
  const said = given({
    title: valueOf(entities, 'task_title')?.title,
    assignee: valueOf(entities, 'assignee') ?? nobody,
    priority: valueOf(entities, 'priority')?.priority,
    status: valueOf(entities, 'status')?.status,
    projectName: valueOf(entities, 'project_name')?.name,
    comment: valueOf(entities, 'comment')?.comment,
    email: valueOf(entities, 'email')?.email,
  });
  return { ...said, ...dateSlots(entities), ...(signals.includes('no_date') && { dueDate: null }) };
};

/** The object without one of its fields. */
export const without = <T extends object, K extends keyof T>(whole: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = whole;
  return rest;
};

/** Whether the words point at a task, so that one found before no longer stands. */
export const pointsAnew = (segment: Segment): boolean =>
  segment.entities.some(e => e.entity === 'task_title') ||
  Object.keys(segment.reference).length > 0;

/** The person's project that the words name, when one clearly does. */
export const namedProject = (
  name: string | undefined,
  context: Context,
): ProjectRef | undefined => {
  if (!name) return undefined;
  const ranked = context.projects
    .map(project => ({ project, score: similarity(name, project.name) }))
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = ranked;
  if (!first || first.score < 0.6 || (second && first.score - second.score < 0.05))
    return undefined;
  return { projectId: first.project.projectId, name: first.project.name };
};

/** Values said in words count more than those of the verb, but "quítasela a Luis" leaves nobody. */
const impliedSlots = ({ implied = {} }: Segment, said: Slots): Slots => {
  const { nobody, undated, shift, ...values } = implied;
  return {
    ...values,
    ...(shift !== undefined && { dueShift: shift }),
    ...(said.status && { status: said.status }),
    ...(said.priority && { priority: said.priority }),
    ...(nobody && { assignee: { none: true as const } }),
    ...(undated && { dueDate: null }),
  };
};

/** Whose tasks a list is of: "¿qué tengo pendiente?", "las de Ana". */
export const listedOf = ({ intent, reference }: Segment, { people, me }: Context): Slots => {
  if (intent !== 'list_tasks') return {};
  if (reference.of) return { assignee: reference.of };
  const person = reference.mine && people.find(each => each.userId === me);
  return person ? { assignee: { userId: person.userId, fullName: person.fullName } } : {};
};

export const goalOf = (segment: Segment, context: Context): Goal => {
  const slots = slotsOf(segment);
  const project =
    segment.intent === 'create_project' ? undefined : namedProject(slots.projectName, context);
  const renames = segment.implied?.newTitle !== undefined;
  return {
    intent: renames ? 'rename_task' : (segment.intent as GoalIntent),
    slots: { ...listedOf(segment, context), ...slots, ...impliedSlots(segment, slots) },
    reference: segment.reference,
    confidence: segment.confidence,
    turns: 1,
    ...(project && { project }),
  };
};

/** Answers add to what was said before and replace what they speak of again. */
export const enriched = (goal: Goal, segment: Segment, context: Context): Partial<Goal> => {
  const reference: Reference = pointsAnew(segment) ? segment.reference : goal.reference;
  const said = slotsOf(segment);
  const slots = { ...goal.slots, ...said, ...impliedSlots(segment, said) };
  const project =
    goal.intent === 'create_project' ? undefined : namedProject(said.projectName, context);
  // What is pointed at now is in front of both, whatever was spoken of in between.
  return {
    slots,
    reference,
    turns: goal.turns + 1,
    ...(pointsAnew(segment) && { resumed: 0 }),
    ...(project && { project }),
  };
};

/** Wishes that change something, as against those that only ask. */
export const changesSomething = (segment: Segment): boolean =>
  !['list_tasks', 'get_status', 'get_risks', 'plan_sprint', 'switch_project'].includes(
    segment.intent,
  );
