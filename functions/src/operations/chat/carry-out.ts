import type { Outcome, ProjectFigures, Request } from '../../conversation/decide/state.ts';
import type { Comment } from '../../domain/discussion.ts';
import { given } from '../../domain/given.ts';
import type { Member, Project } from '../../domain/project.ts';
import type { Task } from '../../domain/task.ts';
import { Failure } from '../../platform/failure.ts';
import type { Act, Acting } from './act.ts';
import { findTasks, refOf } from './find-tasks.ts';
import { undo } from './undo.ts';

const createTask: Act<'createTask'> = async ({ call, actions }, { projectId, task }) => {
  const created = (await call('createTask', { projectId, ...given(task) })) as Task;
  actions.push({ type: 'task.created', task: created });
  return { ok: true, kind: 'tasks', tasks: [refOf(created)] };
};

const updateTasks: Act<'updateTasks'> = async ({ call, actions }, { changes }) => {
  const tasks: Task[] = [];
  for (const { taskId, version, patch } of changes)
    tasks.push((await call('updateTask', { taskId, ...patch }, version)) as Task);
  actions.push(...tasks.map(task => ({ type: 'task.updated', task })));
  return { ok: true, kind: 'tasks', tasks: tasks.map(refOf) };
};

const deleteTasks: Act<'deleteTasks'> = async ({ call, actions }, { tasks }) => {
  for (const { taskId } of tasks) await call('deleteTask', { taskId });
  actions.push(
    ...tasks.map(({ taskId, title }) => ({ type: 'task.deleted', task: { id: taskId, title } })),
  );
  return { ok: true, kind: 'nothing' };
};

/** Somebody without an account is invited instead. */
type Invited = { id: number; email: string };

const addMember: Act<'addMember'> = async ({ call, actions }, { projectId, email, role }) => {
  const invited = { projectId, email, ...given({ role }) };
  const added = (await call('addMember', invited)) as Member | Invited;
  if (!('userId' in added)) {
    actions.push({ type: 'member.invited', invitation: added });
    return { ok: true, kind: 'invitation', invitationId: added.id, email: added.email };
  }
  const member = added;
  actions.push({ type: 'member.added', member });
  return { ok: true, kind: 'member', userId: member.userId, fullName: member.fullName };
};

const acts: { [K in Request['kind']]: Act<K> } = {
  findTasks,
  createTask,
  updateTasks,
  deleteTasks,
  undo,
  addMember,
  projectStatus: async ({ call }, { projectId }) => ({
    ok: true,
    kind: 'figures',
    figures: (await call('getStatus', { projectId })) as ProjectFigures,
  }),
  addComment: async ({ call, actions }, { taskId, comment }) => {
    const added = (await call('addComment', { taskId, body: comment })) as Comment;
    actions.push({ type: 'comment.created', comment: added });
    return { ok: true, kind: 'comment', commentId: added.id };
  },
  createProject: async ({ call, actions }, { name }) => {
    const made = (await call('createProject', { name })) as Project;
    actions.push({ type: 'project.created', project: made });
    const project = { projectId: made.id, name: made.name };
    return { ok: true, kind: 'project', project, version: made.version };
  },
  // Written with the turn itself: a first message has no conversation to hand over before that.
  handover: async ({ actions }, { projectId }) => {
    if (projectId !== null) actions.push({ type: 'handover.requested', projectId });
    return { ok: true, kind: 'nothing' };
  },
  // These two answer once their service exists.
  getRisks: async () => ({ ok: true, kind: 'lines', lines: [{ key: 'risks_later' }] }),
  planSprint: async () => ({ ok: true, kind: 'lines', lines: [{ key: 'sprint_later' }] }),
};

/** What changes nothing needs no transaction. */
const reading = new Set<Request['kind']>(['findTasks', 'projectStatus', 'getRisks', 'planSprint']);
export const isWriting = ({ kind }: Request): boolean => !reading.has(kind);

type Within = (work: (acting: Acting) => Promise<Outcome>) => Promise<Outcome>;

/** Does what the dialogue asks for. Refusals are answers to it, not errors of the turn. */
export const carryOut = async (request: Request, within: Within): Promise<Outcome> => {
  try {
    const act = acts[request.kind] as (acting: Acting, request: Request) => Promise<Outcome>;
    return await within(acting => act(acting, request));
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'unavailable') throw error;
    const unknownPerson = request.kind === 'addMember' && error.code === 'not_found';
    return { ok: false, code: unknownPerson ? 'no_account' : error.code };
  }
};
