import { given } from '../../domain/given.ts';
import type { Goal, GoalIntent, Request, State, TaskFilter, TaskRef } from './state.ts';

/** What a wish needs before it can be carried out, in the order in which it is asked. */
export type Need =
  | 'project'
  | 'title'
  | 'assignee'
  | 'dueDate'
  | 'saidDueDate'
  | 'newTitle'
  | 'priority'
  | 'status'
  | 'tasks'
  | 'namedTask'
  | 'comment'
  | 'email'
  | 'projectName'
  | 'knownProject'
  | 'undoable';

export type Flow = {
  needs: readonly Need[];
  /** `doubtful`: only when unsure, assembled from several messages, or about several tasks. */
  confirm: 'never' | 'doubtful' | 'always';
  act: (goal: Goal, state: State) => Request;
};

const projectOf = (goal: Goal, state: State): number =>
  goal.project?.projectId ?? state.project?.projectId ?? 0;
const userOf = (goal: Goal): number | null => {
  const person = goal.slots.assignee;
  return person && 'userId' in person ? person.userId : null;
};

const update =
  (patchOf: (goal: Goal) => Partial<TaskRef>) =>
  (goal: Goal): Request => ({
    kind: 'updateTasks',
    changes: (goal.tasks ?? []).map(({ taskId, version }) => ({
      taskId,
      version,
      patch: patchOf(goal),
    })),
  });

const createTask = (goal: Goal, state: State): Request => {
  const { title = '', dueDate, priority, status } = goal.slots;
  return {
    kind: 'createTask',
    projectId: projectOf(goal, state),
    task: {
      title,
      assigneeId: userOf(goal),
      dueDate: dueDate ?? null,
      priority: priority ?? 'medium',
      ...(status && { status }),
    },
  };
};

const listing = (goal: Goal, state: State): Request => {
  const { title, assignee, priority, dueDate, dueRange } = goal.slots;
  const { unassigned, overdue, undated, status: named } = goal.reference;
  const person = assignee && 'userId' in assignee ? assignee.userId : undefined;
  const wanted = goal.slots.status ?? named;
  const day = dueDate ?? undefined;
  const days = { from: dueRange?.from ?? day, to: dueRange?.to ?? day };
  const finished = wanted === 'done';
  const filter: TaskFilter = given({
    title,
    assigneeId: unassigned ? null : person,
    status: wanted,
    open: wanted ? undefined : (true as const),
    priority,
    overdue,
    undated,
    ...(finished
      ? { doneFrom: days.from, doneTo: days.to }
      : { dueFrom: days.from, dueTo: days.to }),
    by: goal.reference.by,
  });
  return { kind: 'findTasks', projectId: projectOf(goal, state), filter };
};

/** About one task when one was named, else about the whole project. */
const status = (goal: Goal, state: State): Request => {
  const projectId = projectOf(goal, state);
  const [task] = goal.tasks ?? [];
  return task
    ? { kind: 'findTasks', projectId, filter: { taskId: task.taskId } }
    : { kind: 'projectStatus', projectId };
};

const idOf = (goal: Goal): number => goal.tasks?.[0]?.taskId ?? 0;

/** The dialogues, declared. Asking, confirming and carrying out are the same for all of them. */
export const flows: Record<GoalIntent, Flow> = {
  create_task: {
    needs: ['project', 'title', 'assignee', 'dueDate'],
    confirm: 'doubtful',
    act: createTask,
  },
  update_status: {
    needs: ['project', 'tasks', 'status'],
    confirm: 'doubtful',
    act: update(goal => ({ status: goal.slots.status ?? 'todo' })),
  },
  assign_task: {
    needs: ['project', 'tasks', 'assignee', 'saidDueDate'],
    confirm: 'doubtful',
    act: update(goal => ({
      assigneeId: userOf(goal),
      ...given({ dueDate: goal.slots.dueDate }),
    })),
  },
  rename_task: {
    needs: ['project', 'tasks', 'newTitle'],
    confirm: 'doubtful',
    act: update(goal => ({ title: goal.slots.newTitle ?? '' })),
  },
  set_due_date: {
    needs: ['project', 'tasks', 'dueDate'],
    confirm: 'doubtful',
    act: update(goal => ({ dueDate: goal.slots.dueDate ?? null })),
  },
  set_priority: {
    needs: ['project', 'tasks', 'priority'],
    confirm: 'doubtful',
    act: update(goal => ({ priority: goal.slots.priority ?? 'medium' })),
  },
  delete_task: {
    needs: ['project', 'tasks'],
    confirm: 'always',
    act: goal => ({ kind: 'deleteTasks', tasks: goal.tasks ?? [] }),
  },
  add_comment: {
    needs: ['project', 'tasks', 'comment'],
    confirm: 'doubtful',
    act: goal => ({ kind: 'addComment', taskId: idOf(goal), comment: goal.slots.comment ?? '' }),
  },
  list_tasks: { needs: ['project'], confirm: 'never', act: listing },
  get_status: { needs: ['project', 'namedTask'], confirm: 'never', act: status },
  create_project: {
    needs: ['projectName'],
    confirm: 'doubtful',
    act: goal => ({ kind: 'createProject', name: goal.slots.projectName ?? '' }),
  },
  switch_project: {
    needs: ['knownProject'],
    confirm: 'never',
    act: goal => ({ kind: 'projectStatus', projectId: goal.project?.projectId ?? 0 }),
  },
  add_member: {
    needs: ['project', 'email'],
    confirm: 'doubtful',
    act: (goal, state) => ({
      kind: 'addMember',
      projectId: projectOf(goal, state),
      email: goal.slots.email ?? '',
      ...given({ role: goal.slots.role }),
    }),
  },
  get_risks: {
    needs: ['project'],
    confirm: 'never',
    act: (goal, state) => ({ kind: 'getRisks', projectId: projectOf(goal, state) }),
  },
  plan_sprint: {
    needs: ['project'],
    confirm: 'never',
    act: (goal, state) => ({ kind: 'planSprint', projectId: projectOf(goal, state) }),
  },
  undo: {
    needs: ['undoable'],
    confirm: 'never',
    act: (_, state) => ({ kind: 'undo', inverse: state.done.at(-1)?.inverse ?? [] }),
  },
  handover: {
    needs: [],
    confirm: 'never',
    act: (_, state) => ({ kind: 'handover', projectId: state.project?.projectId ?? null }),
  },
};

/** The question about one task that was named or pointed at. */
export const pointed = (goal: Goal): boolean =>
  Boolean(
    goal.reference.pronoun ||
      goal.reference.other ||
      goal.reference.ordinals ||
      goal.reference.taskId ||
      goal.reference.of,
  );
