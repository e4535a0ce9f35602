import type {
  Outcome,
  Patch,
  Request,
  TaskFilter,
  TaskRef,
} from '../../src/conversation/decide/state.ts';
import type { Person, ProjectRef } from '../../src/conversation/model.ts';

/** A project in memory that answers the requests of a dialogue as the real operations do. */
export type World = {
  people: Person[];
  projects: ProjectRef[];
  tasks: TaskRef[];
  /** When finished tasks were finished, by task. */
  doneOn: Map<number, string>;
  comments: { taskId: number; comment: string }[];
  invited: string[];
  /** The role that the last invitation gave, where one was said. */
  role?: string | undefined;
  handovers: number;
  nextId: number;
  today: string;
  actions: string[];
  /** Failure codes to answer with, by kind of request. */
  failing: Partial<Record<Request['kind'], string>>;
};

const fits = (task: TaskRef, filter: TaskFilter, { today, doneOn }: World): boolean =>
  (filter.taskId === undefined || task.taskId === filter.taskId) &&
  (filter.assigneeId === undefined || task.assigneeId === filter.assigneeId) &&
  (filter.status === undefined || task.status === filter.status) &&
  (filter.priority === undefined || task.priority === filter.priority) &&
  (!filter.open || Boolean(filter.title) || task.status !== 'done') &&
  (!filter.overdue || (task.dueDate !== null && task.dueDate < today && task.status !== 'done')) &&
  (!filter.undated || task.dueDate === null) &&
  (filter.dueFrom === undefined || (task.dueDate ?? '') >= filter.dueFrom) &&
  (filter.dueTo === undefined || (task.dueDate !== null && task.dueDate <= filter.dueTo)) &&
  (filter.doneFrom === undefined || (doneOn.get(task.taskId) ?? '') >= filter.doneFrom) &&
  (filter.doneTo === undefined || (doneOn.get(task.taskId) ?? '9') <= filter.doneTo);

const figures = (world: World, projectId: number): Outcome => {
  const tasks = world.tasks.filter(task => task.projectId === projectId);
  const byStatus = { todo: 0, in_progress: 0, blocked: 0, in_review: 0, done: 0 };
  for (const task of tasks) byStatus[task.status]++;
  const open = tasks.filter(task => task.status !== 'done');
  return {
    ok: true,
    kind: 'figures',
    figures: {
      total: tasks.length,
      byStatus,
      completionPercent: tasks.length === 0 ? 0 : Math.round((byStatus.done / tasks.length) * 100),
      overdue: open.filter(task => task.dueDate !== null && task.dueDate < world.today).length,
      dueThisWeek: 0,
      unassigned: open.filter(task => task.assigneeId === null).length,
      byAssignee: world.people.flatMap(({ userId, fullName }) => {
        const own = tasks.filter(task => task.assigneeId === userId);
        const done = own.filter(task => task.status === 'done').length;
        const late = open.filter(t => t.assigneeId === userId && (t.dueDate ?? '9') < world.today);
        return own.length > 0
          ? [{ userId, fullName, total: own.length, done, overdue: late.length }]
          : [];
      }),
    },
  };
};

const create = (world: World, projectId: number, task: Patch & { title: string }): Outcome => {
  const made: TaskRef = {
    taskId: world.nextId++,
    projectId,
    title: task.title,
    status: task.status ?? 'todo',
    priority: task.priority ?? 'medium',
    assigneeId: task.assigneeId ?? null,
    dueDate: task.dueDate ?? null,
    version: 1,
  };
  world.tasks.push(made);
  world.actions.push('task.created');
  return { ok: true, kind: 'tasks', tasks: [made] };
};

const update = (
  world: World,
  changes: { taskId: number; version: number; patch: Patch }[],
): Outcome => {
  const fresh = changes.every(
    c => world.tasks.find(t => t.taskId === c.taskId)?.version === c.version,
  );
  if (!fresh) return { ok: false, code: 'precondition_failed' };
  const tasks = changes.map(({ taskId, patch }) => {
    const at = world.tasks.findIndex(task => task.taskId === taskId);
    const before = world.tasks[at] as TaskRef;
    const after: TaskRef = { ...before, ...patch, version: before.version + 1 };
    world.tasks[at] = after;
    if (patch.status === 'done') world.doneOn.set(taskId, world.today);
    world.actions.push('task.updated');
    return after;
  });
  return { ok: true, kind: 'tasks', tasks };
};

const undo = (world: World, request: Extract<Request, { kind: 'undo' }>): Outcome => {
  const restored: TaskRef[] = [];
  for (const step of request.inverse) {
    if (step.kind === 'deleteTask')
      world.tasks = world.tasks.filter(task => task.taskId !== step.taskId);
    if (step.kind === 'restoreTask') {
      world.tasks.push(step.task);
      restored.push(step.task);
    }
    if (step.kind === 'deleteComment')
      world.comments = world.comments.filter(c => c.taskId !== step.taskId);
    if (step.kind === 'deleteProject')
      world.projects = world.projects.filter(p => p.projectId !== step.projectId);
    if (step.kind === 'revokeInvitation') world.invited.pop();
    if (step.kind !== 'updateTask') continue;
    const outcome = update({ ...world, actions: [] }, [step]);
    if (!outcome.ok) return outcome;
    if (outcome.kind === 'tasks') restored.push(...outcome.tasks);
  }
  world.actions.push('undone');
  return restored.length > 0
    ? { ok: true, kind: 'tasks', tasks: restored }
    : { ok: true, kind: 'nothing' };
};

type Performers = {
  [K in Request['kind']]: (world: World, request: Extract<Request, { kind: K }>) => Outcome;
};

const nothing: Outcome = { ok: true, kind: 'nothing' };

const performers: Performers = {
  findTasks: (world, { projectId, filter }) => ({
    ok: true,
    kind: 'tasks',
    tasks: world.tasks.filter(t => t.projectId === projectId && fits(t, filter, world)),
  }),
  createTask: (world, { projectId, task }) => create(world, projectId, task),
  updateTasks: (world, { changes }) => update(world, changes),
  deleteTasks: (world, { tasks }) => {
    const gone = new Set(tasks.map(task => task.taskId));
    world.tasks = world.tasks.filter(task => !gone.has(task.taskId));
    world.actions.push(...tasks.map(() => 'task.deleted'));
    return nothing;
  },
  projectStatus: (world, { projectId }) => figures(world, projectId),
  addComment: (world, { taskId, comment }) => {
    world.comments.push({ taskId, comment });
    world.actions.push('comment.added');
    return { ok: true, kind: 'comment', commentId: world.comments.length };
  },
  createProject: (world, { name }) => {
    const project = { projectId: world.nextId++, name };
    world.projects.push(project);
    world.actions.push('project.created');
    return { ok: true, kind: 'project', project, version: 1 };
  },
  addMember: (world, { email, role }) => {
    world.invited.push(email);
    world.role = role;
    world.actions.push('member.invited');
    return { ok: true, kind: 'invitation', invitationId: world.invited.length, email };
  },
  undo,
  handover: world => {
    world.handovers++;
    return nothing;
  },
  getRisks: () => ({ ok: true, kind: 'lines', lines: [{ key: 'risks_later' }] }),
  planSprint: () => ({ ok: true, kind: 'lines', lines: [{ key: 'sprint_later' }] }),
};

export const perform = (world: World, request: Request): Outcome => {
  const code = world.failing[request.kind];
  if (code) return { ok: false, code };
  return (performers[request.kind] as (world: World, request: Request) => Outcome)(world, request);
};
