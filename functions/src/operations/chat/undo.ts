import type { Inverse, TaskRef } from '../../conversation/decide/state.ts';
import type { Task } from '../../domain/task.ts';
import { Failure } from '../../platform/failure.ts';
import type { Act, Acting } from './act.ts';
import { refOf } from './find-tasks.ts';

type Step<K extends Inverse['kind']> = (
  acting: Acting,
  inverse: Extract<Inverse, { kind: K }>,
) => Promise<TaskRef | undefined>;

/** What others changed since stays: the version must be the one that the action left. */
const refuseIfChanged = async (
  { call }: Acting,
  taskId: number,
  version: number,
): Promise<void> => {
  const task = (await call('getTask', { taskId })) as Task;
  if (task.version !== version) throw new Failure('precondition_failed');
};

const deleteTask: Step<'deleteTask'> = async (acting, { taskId, version }) => {
  await refuseIfChanged(acting, taskId, version);
  await acting.call('deleteTask', { taskId });
  acting.actions.push({ type: 'task.deleted', task: { id: taskId } });
  return undefined;
};

const updateTask: Step<'updateTask'> = async (acting, { taskId, version, patch }) => {
  const task = (await acting.call('updateTask', { taskId, ...patch }, version)) as Task;
  acting.actions.push({ type: 'task.updated', task });
  return refOf(task);
};

const restoreTask: Step<'restoreTask'> = async (acting, { task }) => {
  const restored = (await acting.call('restoreTask', { taskId: task.taskId })) as Task;
  acting.actions.push({ type: 'task.restored', task: restored });
  return refOf(restored);
};

const steps: { [K in Inverse['kind']]: Step<K> } = {
  deleteTask,
  updateTask,
  restoreTask,
  deleteComment: async (acting, { taskId, commentId }) => {
    await acting.call('deleteComment', { taskId, commentId });
    acting.actions.push({ type: 'comment.deleted', taskId, commentId });
    return undefined;
  },
  removeMember: async (acting, { projectId, userId }) => {
    await acting.call('removeMember', { projectId, userId });
    acting.actions.push({ type: 'member.removed', projectId, userId });
    return undefined;
  },
  revokeInvitation: async (acting, { projectId, invitationId }) => {
    await acting.call('cancelInvitation', { projectId, invitationId });
    acting.actions.push({ type: 'invitation.cancelled', projectId, invitationId });
    return undefined;
  },
  deleteProject: async (acting, { projectId }) => {
    await acting.call('deleteProject', { projectId });
    acting.actions.push({ type: 'project.deleted', projectId });
    return undefined;
  },
};

/** Takes an action back, step by step. */
export const undo: Act<'undo'> = async (acting, { inverse }) => {
  const tasks: TaskRef[] = [];
  for (const step of inverse) {
    const run = steps[step.kind] as (acting: Acting, step: Inverse) => Promise<TaskRef | undefined>;
    const task = await run(acting, step);
    if (task) tasks.push(task);
  }
  return tasks.length > 0 ? { ok: true, kind: 'tasks', tasks } : { ok: true, kind: 'nothing' };
};
