import { given } from '../../domain/given.ts';
import type { ProjectRef } from '../model.ts';
import { about, ask, dropped, type Next } from './asking.ts';
import { dueDate, saidDueDate } from './due-needs.ts';
import { type Need, pointed } from './flows.ts';
import { assignee } from './person-needs.ts';
import type { Goal, TaskFilter, TaskRef } from './state.ts';
import type { Turn } from './turn.ts';
import { undoable } from './undoable.ts';

const longestTitle = 500;

const project = (turn: Turn, goal: Goal): Next => {
  const { context, state } = turn;
  if (goal.project || state.project) {
    if (
      goal.project &&
      goal.project.projectId !== state.project?.projectId &&
      goal.intent !== 'add_member'
    )
      turn.emit({ type: 'project_entered', project: goal.project });
    return unknownProject(turn, goal) ?? 'met';
  }
  const [only] = context.projects;
  if (!only) {
    const fresh: Goal = {
      intent: 'create_project',
      slots: {},
      reference: {},
      confidence: 1,
      turns: 1,
    };
    turn.say('no_projects');
    turn.emit({ type: 'goals_added', goals: [fresh], where: 'front' });
    return 'over';
  }
  if (context.projects.length === 1) {
    turn.emit({ type: 'project_entered', project: { projectId: only.projectId, name: only.name } });
    return 'met';
  }
  return askProject(turn);
};

const unknownProject = (turn: Turn, goal: Goal): Next | undefined => {
  const name = goal.slots.projectName;
  if (!name || goal.project) return undefined;
  turn.say('project_unknown', { name });
  turn.emit({ type: 'goal_replaced', goal: dropped(goal, 'projectName') });
  return askProject(turn);
};

const askProject = (turn: Turn): Next =>
  ask(
    turn,
    'awaiting_project',
    'ask_project',
    { names: turn.context.projects.slice(0, 8).map(p => p.name) },
    turn.context.projects.slice(0, 8).map(p => ({ label: p.name, projectId: p.projectId })),
  );

const title = (turn: Turn, goal: Goal): Next => {
  const text = goal.slots.title?.trim() ?? '';
  if (text.length > longestTitle) {
    turn.say('title_too_long', { most: longestTitle });
    turn.emit({ type: 'goal_replaced', goal: dropped(goal, 'title') });
    return ask(turn, 'awaiting_task_title', 'ask_title');
  }
  return text ? 'met' : ask(turn, 'awaiting_task_title', 'ask_title');
};

const newTitle = (turn: Turn, goal: Goal): Next => {
  const text = goal.slots.newTitle?.trim() ?? '';
  if (text && text.length <= longestTitle) return 'met';
  if (text) turn.say('title_too_long', { most: longestTitle });
  return ask(turn, 'awaiting_task_title', 'ask_new_title', about(goal));
};

const priority = (turn: Turn, goal: Goal): Next =>
  goal.slots.priority
    ? 'met'
    : ask(
        turn,
        'awaiting_priority',
        'ask_priority',
        about(goal),
        ['low', 'medium', 'high', 'urgent'].map(p => ({ label: `@${p}` })),
      );

const status = (turn: Turn, goal: Goal): Next =>
  goal.slots.status
    ? 'met'
    : ask(
        turn,
        'awaiting_status',
        'ask_status',
        about(goal),
        ['todo', 'in_progress', 'in_review', 'done'].map(s => ({ label: `@${s}` })),
      );

const comment = (turn: Turn, goal: Goal): Next =>
  goal.slots.comment ? 'met' : ask(turn, 'awaiting_comment', 'ask_comment', about(goal));

const email = (turn: Turn, goal: Goal): Next =>
  goal.slots.email ? 'met' : ask(turn, 'awaiting_email', 'ask_email', { name: nameIn(goal) });

const nameIn = (goal: Goal): string | undefined => {
  const value = goal.slots.assignee;
  if (!value) return undefined;
  return 'unknown' in value ? value.name : 'fullName' in value ? value.fullName : undefined;
};

const projectName = (turn: Turn, goal: Goal): Next =>
  goal.slots.projectName ? 'met' : ask(turn, 'awaiting_project', 'ask_project_name');

/** "vuelve al otro": clear where the person has two. */
const otherProject = ({ context, state }: Turn, { reference }: Goal): ProjectRef | undefined => {
  const others = context.projects.filter(each => each.projectId !== state.project?.projectId);
  const [only] = others;
  return reference.other && only && others.length === 1
    ? { projectId: only.projectId, name: only.name }
    : undefined;
};

const knownProject = (turn: Turn, goal: Goal): Next => {
  if (goal.project) {
    turn.emit({ type: 'project_entered', project: goal.project });
    return 'met';
  }
  if (turn.context.projects.length === 0) return project(turn, goal);
  const another = otherProject(turn, goal);
  if (another) {
    turn.emit(
      { type: 'goal_changed', change: { project: another } },
      { type: 'project_entered', project: another },
    );
    return 'met';
  }
  return unknownProject(turn, goal) ?? askProject(turn);
};

/** Whose tasks "la de Ana" or "mis tareas" are. */
const personIn = (turn: Turn, goal: Goal): number | undefined => {
  if (goal.reference.mine) return turn.context.me;
  const { of } = goal.reference;
  return of && 'userId' in of ? of.userId : undefined;
};

const filterOf = (turn: Turn, goal: Goal): TaskFilter | undefined => {
  const { reference: r, slots } = goal;
  const narrow: TaskFilter = given({
    assigneeId: r.unassigned ? null : personIn(turn, goal),
    overdue: r.overdue,
    undated: r.undated,
    status: r.status ?? (goal.intent === 'update_status' ? undefined : slots.status),
  });
  if (slots.title) return { ...narrow, title: slots.title };
  if (r.other || r.by) return { ...narrow, open: true, ...given({ by: r.by }) };
  if (!r.all && Object.keys(narrow).length === 0) return undefined;
  return narrow.status ? narrow : { ...narrow, open: true };
};

/** "la segunda", "la 12", "la primera y la tercera": tasks that the person sees in front of them. */
const shown = ({ state }: Turn, { reference: r, slots }: Goal): TaskRef[] => {
  const { listed, focus } = state;
  const some = (task: TaskRef | undefined) => (task ? [task] : []);
  if (r.taskId !== undefined)
    return some(listed.find(task => task.taskId === r.taskId) ?? listed[r.taskId - 1]);
  if (slots.title) return [];
  if (r.other) return listed.filter(task => task.taskId !== focus?.taskId).slice(0, 2);
  if (r.ordinals === undefined) return [];
  const found = r.ordinals.flatMap(n => some(listed.at(n > 0 ? n - 1 : n)));
  return found.length === 0 && focus && r.ordinals[0] === -1 ? [focus] : found;
};

const onlyAll = ({ reference, slots }: Goal): boolean =>
  reference.all === true &&
  Object.keys(reference).every(k => k === 'all' || k === 'pronoun' || k === 'these') &&
  !slots.title;

/** Tasks that need not be looked for: pointed at in front of the person, or all that are shown. */
const inSight = (turn: Turn, goal: Goal): TaskRef[] => {
  const seen = shown(turn, goal);
  if (seen.length === 1 || (seen.length > 1 && !goal.reference.other)) return seen;
  const { listed } = turn.state;
  const these = goal.reference.these && turn.state.last?.intent === 'list_tasks';
  return (onlyAll(goal) || these) && listed.length > 1 ? listed : [];
};

/** The task last spoken of, where nothing tells which is meant. */
const inMind = (
  { state: { focus, listed } }: Turn,
  { reference, resumed }: Goal,
): TaskRef | undefined => {
  // What was spoken of in between is not what was meant before.
  if (resumed) return undefined;
  if (focus && reference.ordinals === undefined) return focus;
  return listed.length === 1 ? listed[0] : undefined;
};

const use = (turn: Turn, found: TaskRef[]): Next => {
  turn.emit({ type: 'goal_changed', change: { tasks: found } });
  return 'met';
};

/** The tasks that a wish is about: already found, pointed at, or to be looked for. */
export const tasks = (turn: Turn, goal: Goal): Next => {
  if (goal.tasks && goal.tasks.length > 0) return 'met';
  const { taskId } = goal.reference;
  const seen = inSight(turn, goal);
  if (seen.length > 0) return use(turn, seen);
  const filter = taskId === undefined ? filterOf(turn, goal) : { taskId };
  if (filter) return find(turn, goal, filter);
  const last = inMind(turn, goal);
  // What an earlier conversation was about is not changed unasked.
  if (last && turn.state.carried) turn.emit({ type: 'goal_changed', change: { unsure: true } });
  if (last) return use(turn, [last]);
  const options = turn.state.listed.map(t => ({ label: t.title, taskId: t.taskId }));
  return ask(turn, 'awaiting_task', 'ask_task', about(goal), options);
};

const find = (turn: Turn, goal: Goal, filter: TaskFilter): Next => ({
  kind: 'findTasks',
  projectId: goal.project?.projectId ?? turn.state.project?.projectId ?? 0,
  filter,
});

const namedTask = (turn: Turn, goal: Goal): Next =>
  goal.slots.title || pointed(goal) ? tasks(turn, goal) : 'met';

export const needs: Record<Need, (turn: Turn, goal: Goal) => Next> = {
  project,
  title,
  assignee,
  dueDate,
  saidDueDate,
  newTitle,
  priority,
  status,
  tasks,
  namedTask,
  comment,
  email,
  projectName,
  knownProject,
  undoable,
};
