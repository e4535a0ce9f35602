import { defined } from '../defined.ts';
import { about, ask, dropped, type Next } from './asking.ts';
import { dueDate, saidDueDate } from './due-needs.ts';
import type { Need } from './flows.ts';
import { pointed } from './flows.ts';
import type { Goal, Option, TaskFilter, TaskRef } from './state.ts';
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
    {},
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

const assignee = (turn: Turn, goal: Goal): Next => {
  const value = goal.slots.assignee;
  if (!value) return ask(turn, 'awaiting_assignee', 'ask_assignee', about(goal), team(turn, goal));
  if ('userId' in value || 'none' in value) return 'met';
  turn.emit({ type: 'goal_replaced', goal: dropped(goal, 'assignee') });
  if ('candidates' in value)
    return ask(
      turn,
      'awaiting_assignee',
      'which_person',
      { names: value.candidates.map(p => p.fullName) },
      value.candidates.map(p => ({ label: p.fullName, userId: p.userId })),
    );
  turn.say('person_unknown', { name: value.name });
  return ask(
    turn,
    'awaiting_assignee',
    'ask_assignee_again',
    { name: value.name },
    team(turn, goal),
  );
};

const team = (turn: Turn, goal: Goal): Option[] => {
  const people = turn.context.people
    .slice(0, 4)
    .map(p => ({ label: p.fullName, userId: p.userId }));
  return goal.intent === 'create_task' ? [...people, { label: '@nobody' }] : people;
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

const knownProject = (turn: Turn, goal: Goal): Next => {
  if (goal.project) {
    turn.emit({ type: 'project_entered', project: goal.project });
    return 'met';
  }
  if (turn.context.projects.length === 0) return project(turn, goal);
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
  const narrow: TaskFilter = defined({
    assigneeId: r.unassigned ? null : personIn(turn, goal),
    overdue: r.overdue,
    undated: r.undated,
    status: r.status,
  });
  if (slots.title) return { ...narrow, title: slots.title };
  if (!r.all && Object.keys(narrow).length === 0) return undefined;
  return r.status ? narrow : { ...narrow, open: true };
};

/** "la segunda", "la 12": a task that the person sees in front of them. */
const shown = ({ state }: Turn, { reference: r, slots }: Goal): TaskRef | undefined => {
  const { listed, focus } = state;
  if (r.taskId !== undefined)
    return listed.find(task => task.taskId === r.taskId) ?? listed[r.taskId - 1];
  if (r.ordinal === undefined || slots.title) return undefined;
  const fallback = r.ordinal === -1 ? (focus ?? undefined) : undefined;
  return listed.at(r.ordinal > 0 ? r.ordinal - 1 : r.ordinal) ?? fallback;
};

const onlyAll = ({ reference, slots }: Goal): boolean =>
  reference.all === true &&
  Object.keys(reference).every(k => k === 'all' || k === 'pronoun') &&
  !slots.title;

/** The tasks that a wish is about: already found, pointed at, or to be looked for. */
const tasks = (turn: Turn, goal: Goal): Next => {
  if (goal.tasks && goal.tasks.length > 0) return 'met';
  const { listed, focus } = turn.state;
  const use = (found: TaskRef[]): Next => {
    turn.emit({ type: 'goal_changed', change: { tasks: found } });
    return 'met';
  };
  const seen = shown(turn, goal);
  if (seen) return use([seen]);
  if (goal.reference.taskId !== undefined)
    return find(turn, goal, { taskId: goal.reference.taskId });
  if (onlyAll(goal) && listed.length > 1) return use(listed);
  const filter = filterOf(turn, goal);
  if (filter) return find(turn, goal, filter);
  if (focus && goal.reference.ordinal === undefined) {
    if (turn.state.carried) turn.emit({ type: 'goal_changed', change: { unsure: true } });
    return use([focus]);
  }
  if (listed.length === 1) return use(listed);
  const options = listed.map(t => ({ label: t.title, taskId: t.taskId }));
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
