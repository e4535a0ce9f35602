import type { Segment } from '../model.ts';
import { fold } from '../understand/text.ts';
import { slotsOf } from './goals.ts';
import { choose } from './match.ts';
import { ranked } from './rank.ts';
import type { Goal, Option, TaskRef } from './state.ts';
import type { Turn } from './turn.ts';

/** The options meant by number, by name, or by something that only they have ("la de Ana"). */
const chosen = (turn: Turn, segment: Segment): Option[] => {
  const { options } = turn.state;
  const { ordinals, taskId } = segment.reference;
  const numbers = ordinals ?? (taskId && taskId <= options.length ? [taskId] : undefined);
  if (numbers) return numbers.flatMap(n => options.at(n > 0 ? n - 1 : n) ?? []);
  if (taskId) return options.filter(option => option.taskId === taskId);
  const { by } = segment.reference;
  if (by)
    return ranked(offered(turn), by)
      .slice(0, 1)
      .flatMap(task => optionOf(turn, task));
  const one = byName(options, segment) ?? byAttribute(turn, segment);
  return one ? [one] : [];
};

const offered = ({ state }: Turn): TaskRef[] =>
  state.listed.filter(task => state.options.some(option => option.taskId === task.taskId));

const optionOf = ({ state }: Turn, { taskId }: TaskRef): Option[] =>
  state.options.filter(option => option.taskId === taskId);

const byName = (options: readonly Option[], segment: Segment): Option | undefined => {
  const slots = slotsOf(segment);
  const said = slots.title ?? slots.projectName ?? nameOf(segment);
  if (!said) return undefined;
  const exact = options.find(option => fold(option.label) === fold(said));
  if (exact) return exact;
  const stand = options.map((option, at) => ({ ...blank, taskId: at, title: option.label }));
  const verdict = choose(said, stand, () => true);
  return verdict.kind === 'one' ? options[verdict.task.taskId] : undefined;
};

const blank: TaskRef = {
  taskId: 0,
  projectId: 0,
  title: '',
  status: 'todo',
  priority: 'medium',
  assigneeId: null,
  dueDate: null,
  version: 0,
};

const nameOf = (segment: Segment): string | undefined => {
  const value = segment.entities.find(e => e.entity === 'assignee')?.value;
  if (!value || !('userId' in value || 'unknown' in value)) return undefined;
  return 'userId' in value ? value.fullName : value.name;
};

/** Among tasks: whose, which status, due when. */
const byAttribute = (turn: Turn, segment: Segment): Option | undefined => {
  const tasks = offered(turn);
  const slots = slotsOf(segment);
  const of = segment.reference.of ?? slots.assignee;
  const fits = tasks.filter(
    task =>
      (!of || ('userId' in of && task.assigneeId === of.userId)) &&
      (!segment.reference.mine || task.assigneeId === turn.context.me) &&
      (!slots.status || task.status === slots.status) &&
      (!slots.priority || task.priority === slots.priority) &&
      (!slots.dueDate || task.dueDate === slots.dueDate),
  );
  const [only] = fits;
  return only && fits.length === 1 && tasks.length > 0 ? optionOf(turn, only)[0] : undefined;
};

const take = (turn: Turn, goal: Goal, [option = { label: '' }, ...others]: Option[]): void => {
  const tasks = turn.state.listed.filter(
    each => each.taskId === option.taskId || others.some(o => o.taskId === each.taskId),
  );
  const person = turn.context.people.find(each => each.userId === option.userId);
  const project = turn.context.projects.find(each => each.projectId === option.projectId);
  const change: Partial<Goal> = {
    turns: goal.turns + ((person ?? project) ? 1 : 0),
    ...(tasks.length > 0 && { tasks }),
    ...(person && {
      slots: { ...goal.slots, assignee: { userId: person.userId, fullName: person.fullName } },
    }),
    ...(project && { project: { projectId: project.projectId, name: project.name } }),
  };
  turn.emit({ type: 'answered' }, { type: 'goal_changed', change });
};

/** Whether the answer picks one of the options that were offered; if so it is taken. */
export const answerOption = (turn: Turn, goal: Goal, segment: Segment): boolean => {
  const { asking, options } = turn.state;
  if (
    options.length === 0 ||
    !['awaiting_task', 'awaiting_assignee', 'awaiting_project'].includes(asking)
  )
    return false;
  if (segment.reference.all && asking === 'awaiting_task') return takeAll(turn);
  const meant = chosen(turn, segment);
  if (meant.length === 0) return false;
  take(turn, goal, asking === 'awaiting_task' ? meant : meant.slice(0, 1));
  if (asking === 'awaiting_assignee') takeRest(turn, segment);
  return true;
};

/** "Luis, para el jueves": the day that was said along with the name. */
const takeRest = (turn: Turn, segment: Segment): void => {
  const { goal } = turn;
  const { title: _, assignee: __, ...rest } = slotsOf(segment);
  if (goal) turn.emit({ type: 'goal_changed', change: { slots: { ...goal.slots, ...rest } } });
};

const takeAll = (turn: Turn): boolean => {
  const tasks = offered(turn);
  if (tasks.length === 0) return false;
  turn.emit({ type: 'answered' }, { type: 'goal_changed', change: { tasks } });
  return true;
};
