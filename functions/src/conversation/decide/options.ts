import type { Segment } from '../model.ts';
import { fold } from '../understand/text.ts';
import { slotsOf } from './goals.ts';
import { choose } from './match.ts';
import type { Goal, Option, TaskRef } from './state.ts';
import type { Turn } from './turn.ts';

/** The option meant by its number, its name, or something that only it has ("la de Ana"). */
const chosen = (turn: Turn, segment: Segment): Option | undefined => {
  const { options } = turn.state;
  const { ordinal, taskId } = segment.reference;
  const number = ordinal ?? (taskId && taskId <= options.length ? taskId : undefined);
  if (number) return options.at(number > 0 ? number - 1 : number);
  if (taskId) return options.find(option => option.taskId === taskId);
  return byName(options, segment) ?? byAttribute(turn, segment);
};

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
  const tasks = turn.state.listed.filter(task =>
    turn.state.options.some(o => o.taskId === task.taskId),
  );
  const slots = slotsOf(segment);
  const of = segment.reference.of ?? slots.assignee;
  const fits = tasks.filter(
    task =>
      (!of || ('userId' in of && task.assigneeId === of.userId)) &&
      (!segment.reference.mine || task.assigneeId === turn.context.me) &&
      (!slots.status || task.status === slots.status) &&
      (!slots.dueDate || task.dueDate === slots.dueDate),
  );
  const [only] = fits;
  return only && fits.length === 1 && tasks.length > 0
    ? turn.state.options.find(o => o.taskId === only.taskId)
    : undefined;
};

const take = (turn: Turn, goal: Goal, option: Option): void => {
  const task = turn.state.listed.find(each => each.taskId === option.taskId);
  const person = turn.context.people.find(each => each.userId === option.userId);
  const project = turn.context.projects.find(each => each.projectId === option.projectId);
  const change: Partial<Goal> = {
    turns: goal.turns + (person ? 1 : 0),
    ...(task && { tasks: [task] }),
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
  const option = chosen(turn, segment);
  if (!option) return false;
  take(turn, goal, option);
  return true;
};

const takeAll = (turn: Turn): boolean => {
  const tasks = turn.state.listed.filter(task =>
    turn.state.options.some(o => o.taskId === task.taskId),
  );
  if (tasks.length === 0) return false;
  turn.emit({ type: 'answered' }, { type: 'goal_changed', change: { tasks } });
  return true;
};
