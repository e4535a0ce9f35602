import type { Rank } from '../model.ts';
import { fold } from '../understand/text.ts';
import { choose } from './match.ts';
import { ranked } from './rank.ts';
import type { Goal, Request, TaskFilter, TaskRef } from './state.ts';
import type { Turn } from './turn.ts';

type Search = Extract<Request, { kind: 'findTasks' }>;

/** Nothing but a filter was said: all that fit are meant, or one of them is to be picked. */
const byFilter = (turn: Turn, goal: Goal, filter: TaskFilter, tasks: TaskRef[]): void => {
  const { all, of, mine, other, by } = goal.reference;
  if (by && tasks.length > 0)
    return turn.emit({ type: 'goal_changed', change: { tasks: ranked(tasks, by).slice(0, 1) } });
  const oneOf = filter.taskId !== undefined || of !== undefined || mine || other;
  return all || !oneOf ? many(turn, goal, tasks) : pick(turn, goal, tasks);
};

/** The tasks that a search brought, and which of them is meant. */
export const found = (turn: Turn, goal: Goal, { filter }: Search, all: TaskRef[]): void => {
  const { focus } = turn.state;
  const tasks = goal.reference.other ? all.filter(task => task.taskId !== focus?.taskId) : all;
  if (goal.intent === 'list_tasks') return listed(turn, goal, filter, tasks);
  if (goal.intent === 'get_status' && goal.tasks) return described(turn, tasks[0]);
  if (!filter.title || goal.reference.all) return byFilter(turn, goal, filter, tasks);
  byTitle(turn, goal, filter.title, tasks);
};

const byTitle = (turn: Turn, goal: Goal, title: string, tasks: readonly TaskRef[]): void => {
  const verdict = choose(title, tasks, preference(turn, goal));
  const sure = verdict.kind === 'one' && !verdict.unsure;
  const each = sure ? undefined : eachOf(title, tasks, preference(turn, goal));
  if (each) return turn.emit({ type: 'goal_changed', change: { tasks: each } });
  if (verdict.kind === 'several') return which(turn, goal, ofNamed(turn, title, verdict.tasks));
  if (verdict.kind === 'none') return none(turn, goal, title, verdict.nearest);
  if (verdict.unsure && goal.intent === 'get_status')
    return none(turn, goal, title, [verdict.task]);
  const change = { tasks: [verdict.task], ...(verdict.unsure && { unsure: true as const }) };
  turn.emit({ type: 'goal_changed', change });
};

/** "el logo y la migración": several tasks, where every part finds its own. */
const eachOf = (
  title: string,
  tasks: readonly TaskRef[],
  preferred: (task: TaskRef) => boolean,
): TaskRef[] | undefined => {
  const parts = title.split(/ y | e |, /);
  if (parts.length < 2) return undefined;
  const verdicts = parts.map(part => choose(part, tasks, preferred));
  const single = verdicts.flatMap(verdict => (verdict.kind === 'one' ? [verdict.task] : []));
  return single.length === parts.length ? [...new Set(single)] : undefined;
};

/** Where two titles fit alike, the open one is finished and the other person's is handed over. */
const preference =
  (turn: Turn, goal: Goal) =>
  (task: TaskRef): boolean => {
    if (goal.intent === 'update_status')
      return (
        task.status !== goal.slots.status &&
        (goal.slots.status !== 'done' || task.status !== 'done')
      );
    if (goal.intent === 'delete_task' || goal.intent === 'get_status') return true;
    return task.status !== 'done' || task.taskId === turn.state.focus?.taskId;
  };

const pick = (turn: Turn, goal: Goal, tasks: TaskRef[]): void => {
  const open = tasks.filter(task => task.status !== 'done');
  const pool = open.length > 0 ? open : tasks;
  const [only] = pool;
  if (only && pool.length === 1)
    return turn.emit({ type: 'goal_changed', change: { tasks: [only] } });
  if (pool.length > 1) return which(turn, goal, pool.slice(0, 5));
  none(turn, goal, undefined, []);
};

const many = (turn: Turn, goal: Goal, tasks: TaskRef[]): void => {
  const { title } = goal.slots;
  const fitting = title
    ? tasks.filter(task => choose(title, [task], () => true).kind === 'one')
    : tasks;
  const useful =
    goal.intent === 'update_status'
      ? fitting.filter(task => task.status !== goal.slots.status)
      : fitting;
  if (useful.length > 0) return turn.emit({ type: 'goal_changed', change: { tasks: useful } });
  turn.say('none_match', { title });
  turn.emit({ type: 'goal_dropped' });
};

/** "la vitrina de Luis": among titles that fit alike, those of the person who is named. */
const ofNamed = ({ context }: Turn, title: string, tasks: TaskRef[]): TaskRef[] => {
  const words = new Set(fold(title).split(/\s+/));
  const named = context.people.filter(p => words.has(fold(p.fullName).split(' ')[0] ?? ''));
  const theirs = tasks.filter(task => named.some(p => p.userId === task.assigneeId));
  return theirs.length > 0 ? theirs : tasks;
};

const which = (turn: Turn, goal: Goal, tasks: TaskRef[]): void => {
  const [only, ...others] = tasks;
  if (only && others.length === 0)
    return turn.emit({ type: 'goal_changed', change: { tasks: [only] } });
  turn.emit({ type: 'listed', tasks });
  turn.say('which_task', { tasks, intent: goal.intent });
  turn.emit({
    type: 'asked',
    asking: 'awaiting_task',
    options: tasks.map(t => ({ label: t.title, taskId: t.taskId })),
  });
};

/** "encárgale a Luis cotizar los uniformes": work that is no task yet becomes one. */
const isNewWork = (goal: Goal, title: string | undefined): boolean =>
  goal.intent === 'assign_task' &&
  goal.slots.assignee !== undefined &&
  /^[\p{L}]+[aei]r(?:l[aeo]s?|se)? \p{L}/u.test(fold(title ?? ''));

const none = (turn: Turn, goal: Goal, title: string | undefined, nearest: TaskRef[]): void => {
  if (isNewWork(goal, title))
    return turn.emit({
      type: 'goal_replaced',
      goal: { ...goal, intent: 'create_task', reference: {} },
    });
  const { title: _, ...slots } = goal.slots;
  const { of: __, ordinals: ___, taskId: ____, mine: _____, ...reference } = goal.reference;
  turn.emit({ type: 'goal_replaced', goal: { ...goal, slots, reference } });
  turn.say(nearest.length > 0 ? 'task_unknown_near' : 'task_unknown', { title, tasks: nearest });
  turn.emit(
    { type: 'listed', tasks: nearest },
    {
      type: 'asked',
      asking: 'awaiting_task',
      options: nearest.map(t => ({ label: t.title, taskId: t.taskId })),
    },
  );
};

/** "¿cuál vence primero?" asks for one, "¿qué es lo más urgente?" for a few. */
const foremost = (by: Rank): number => (by === 'urgent' ? 3 : 1);

const listed = (turn: Turn, goal: Goal, filter: TaskFilter, tasks: TaskRef[]): void => {
  const { title, by } = filter;
  const fitting = title
    ? tasks.filter(task => choose(title, [task], () => true).kind === 'one')
    : tasks;
  const shown = by ? ranked(fitting, by).slice(0, foremost(by)) : fitting;
  turn.emit({ type: 'listed', tasks: shown });
  turn.say(shown.length > 0 ? 'task_list' : 'task_list_empty', {
    tasks: shown,
    goal,
    filter,
  });
  turn.emit({ type: 'goal_finished', ...(shown.length === 1 && shown[0] && { focus: shown[0] }) });
};

const described = (turn: Turn, task: TaskRef | undefined): void => {
  if (task) turn.say('task_detail', { task });
  else turn.say('task_unknown', {});
  turn.emit({ type: 'goal_finished', ...(task && { focus: task }) });
};
