import { found } from './found.ts';
import type { Done, Goal, Inverse, Outcome, Patch, Request, TaskRef } from './state.ts';
import type { Turn } from './turn.ts';

/** What came back from the outside, and what follows from it. */
export const learn = (turn: Turn, request: Request, outcome: Outcome): void => {
  const { goal } = turn;
  if (!goal) return;
  if (!outcome.ok) return failed(turn, goal, request, outcome.code);
  if (request.kind === 'findTasks' && outcome.kind === 'tasks')
    return found(turn, goal, request, outcome.tasks);
  finished[request.kind]?.(turn, goal, outcome, request);
};

/** Failures end the wish, not the talk; what else was wished in the message goes on. */
const failed = (turn: Turn, goal: Goal, request: Request, code: string): void => {
  turn.say(`failed_${code}`, { intent: goal.intent, request: request.kind });
  if (request.kind === 'undo') turn.emit({ type: 'undone' });
  turn.emit({ type: 'goal_dropped' });
};

type Finish = (
  turn: Turn,
  goal: Goal,
  outcome: Extract<Outcome, { ok: true }>,
  request: Request,
) => void;

const end = (
  turn: Turn,
  key: string,
  params: Record<string, unknown>,
  inverse: Inverse[],
  focus?: TaskRef | null,
): void => {
  const what = { key, params: { title: titleIn(params) } };
  const done: Done | undefined =
    inverse.length > 0 ? { at: turn.context.now, what, inverse } : undefined;
  turn.say(key, params);
  turn.emit({
    type: 'goal_finished',
    ...(done && { done }),
    ...(focus !== undefined && { focus }),
  });
};

const titleIn = (params: Record<string, unknown>): unknown => params.title;

const pick1 = (task: TaskRef, patch: Patch): Patch =>
  Object.fromEntries(Object.keys(patch).map(key => [key, task[key as keyof Patch]])) as Patch;

const created: Finish = (turn, _, outcome) => {
  const task = outcome.kind === 'tasks' ? outcome.tasks[0] : undefined;
  if (!task) return;
  end(
    turn,
    'task_created',
    { task, title: task.title },
    [{ kind: 'deleteTask', taskId: task.taskId, version: task.version }],
    task,
  );
};

const updated: Finish = (turn, goal, outcome, request) => {
  if (outcome.kind !== 'tasks' || request.kind !== 'updateTasks') return;
  const inverse = outcome.tasks.flatMap((task): Inverse[] => {
    const before = goal.tasks?.find(each => each.taskId === task.taskId);
    const patch = request.changes.find(change => change.taskId === task.taskId)?.patch;
    return before && patch
      ? [
          {
            kind: 'updateTask',
            taskId: task.taskId,
            version: task.version,
            patch: pick1(before, patch),
          },
        ]
      : [];
  });
  const [first] = outcome.tasks;
  const key = outcome.tasks.length > 1 ? 'tasks_updated' : 'task_updated';
  end(
    turn,
    key,
    {
      intent: goal.intent,
      task: first,
      title: first?.title,
      count: outcome.tasks.length,
      slots: goal.slots,
    },
    inverse,
    first ?? null,
  );
};

const deleted: Finish = (turn, goal) => {
  const gone = goal.tasks ?? [];
  const inverse = gone.map((task): Inverse => ({ kind: 'restoreTask', task }));
  const left = turn.state.listed.filter(task => !gone.some(each => each.taskId === task.taskId));
  turn.emit({ type: 'listed', tasks: left });
  end(
    turn,
    gone.length > 1 ? 'tasks_deleted' : 'task_deleted',
    { title: gone[0]?.title, count: gone.length },
    inverse,
    null,
  );
};

const commented: Finish = (turn, goal, outcome) => {
  const task = goal.tasks?.[0];
  if (!task || outcome.kind !== 'comment') return;
  end(
    turn,
    'comment_added',
    { title: task.title },
    [{ kind: 'deleteComment', taskId: task.taskId, commentId: outcome.commentId }],
    task,
  );
};

const figuresKey = ({ intent, slots }: Goal): string => {
  if (intent === 'switch_project') return 'project_entered';
  return slots.workload ? 'workload' : 'project_status';
};

const figures: Finish = (turn, goal, outcome) => {
  if (outcome.kind !== 'figures') return;
  const { project } = turn.state;
  end(turn, figuresKey(goal), { name: project?.name, figures: outcome.figures }, []);
};

const projectMade: Finish = (turn, _, outcome) => {
  if (outcome.kind !== 'project') return;
  const { project, version } = outcome;
  turn.emit({ type: 'project_entered', project });
  end(turn, 'project_created', { name: project.name, title: project.name }, [
    { kind: 'deleteProject', projectId: project.projectId, version },
  ]);
};

const memberAdded: Finish = (turn, _, outcome) => {
  const projectId = turn.state.project?.projectId ?? 0;
  if (outcome.kind === 'member')
    return end(turn, 'member_added', { name: outcome.fullName, title: outcome.fullName }, [
      { kind: 'removeMember', projectId, userId: outcome.userId },
    ]);
  if (outcome.kind === 'invitation')
    end(turn, 'member_invited', { email: outcome.email, title: outcome.email }, [
      { kind: 'revokeInvitation', projectId, invitationId: outcome.invitationId },
    ]);
};

const told: Finish = (turn, _, outcome) => {
  if (outcome.kind === 'lines') for (const line of outcome.lines) turn.emit({ type: 'said', line });
  turn.emit({ type: 'goal_finished' });
};

const undone: Finish = (turn, _, outcome) => {
  const last = turn.state.done.at(-1);
  const task = outcome.kind === 'tasks' ? outcome.tasks[0] : undefined;
  const gone = last?.inverse.some(
    i => i.kind === 'deleteTask' && i.taskId === turn.state.focus?.taskId,
  );
  turn.say('undone', { what: last?.what });
  turn.emit(
    { type: 'undone' },
    { type: 'goal_finished', ...(task ? { focus: task } : gone ? { focus: null } : {}) },
  );
};

const handedOver: Finish = turn => {
  turn.say(turn.state.project ? 'handover' : 'handover_alone');
  turn.emit({ type: 'goal_finished' });
};

const finished: Partial<Record<Request['kind'], Finish>> = {
  createTask: created,
  updateTasks: updated,
  deleteTasks: deleted,
  addComment: commented,
  projectStatus: figures,
  createProject: projectMade,
  addMember: memberAdded,
  getRisks: told,
  planSprint: told,
  undo: undone,
  handover: handedOver,
};
