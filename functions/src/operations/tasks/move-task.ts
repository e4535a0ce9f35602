import { z } from 'zod';
import { atLeast } from '../../domain/permission.ts';
import type { Task } from '../../domain/task.ts';
import { Failure, failureKinds } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import type { HoldMember } from './assignee.ts';
import { task } from './task-schema.ts';
import { updatedEvent } from './task-work.ts';

type Unit = {
  members: HoldMember;
  tasks: {
    lockStructure(projectId: number): Promise<void>;
    lock(taskId: number): Promise<Task | undefined>;
    releaseChildren(taskId: number): Promise<Task[]>;
    move(taskId: number, projectId: number, assigneeId: number | null): Promise<Task>;
  };
  relations: { clear(taskId: number): Promise<void> };
  outbox: AddEvents;
};

type Deps = {
  authorize(caller: Caller, right: string, input: unknown): Promise<object>;
  inTransaction: InTransaction<Unit>;
};

export const moveTask = defineOperation({
  name: 'projects/moveTask',
  summary:
    'Takes a task into another project. Comments, checklist and files go along; sprint, parent, subtasks, relations and own fields stay behind',
  route: 'POST /tasks/{taskId}/move',
  access: 'task.delete',
  input: z.strictObject({ taskId: id, toProjectId: id }),
  output: task,
  versioned: true,
  failures: ['conflict'],
  run: async ({ authorize, inTransaction }: Deps, caller, { taskId, toProjectId }) => {
    await aboutTarget(authorize(caller, 'task.create', { projectId: toProjectId }));
    return inTransaction(async unit => {
      const { projectId, userId: actorId } = caller;
      await unit.tasks.lockStructure(projectId);
      const current = await unit.tasks.lock(taskId);
      if (current?.projectId !== projectId) throw new Failure('not_found');
      if (projectId === toProjectId) return current;
      const children = await unit.tasks.releaseChildren(taskId);
      await unit.relations.clear(taskId);
      const assigneeId = await assigneeThere(unit.members, toProjectId, current.assigneeId);
      const moved = await unit.tasks.move(taskId, toProjectId, assigneeId);
      await unit.outbox.add(
        ...children.map(child => updatedEvent({ ...child, parentId: taskId }, child, actorId)),
        ...movedEvents(current, moved, actorId),
      );
      return moved;
    });
  },
});

/** Says that the other project is meant, where the path names a thing that is there. */
const aboutTarget = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { detail = failureKinds[error.code].title } = error.options;
    const errors = [{ path: 'toProjectId', message: detail }];
    throw new Failure(error.code, { ...error.options, errors });
  }
};

const assigneeThere = async (
  members: HoldMember,
  projectId: number,
  assigneeId: number | null,
): Promise<number | null> => {
  const member = assigneeId === null ? undefined : await members.hold(projectId, assigneeId);
  return member && atLeast(member.role, 'member') ? assigneeId : null;
};

/** Each project hears of it, and neither what belongs to the other. */
const movedEvents = (before: Task, after: Task, actorId: number) => {
  const about = { actorId, taskId: after.id, version: after.version };
  return [
    projectEvent(
      'task.moved_out',
      { projectId: before.projectId, ...about },
      { before: { title: before.title, status: before.status } },
    ),
    projectEvent(
      'task.moved_in',
      { projectId: after.projectId, ...about },
      { after: { title: after.title, status: after.status } },
    ),
  ];
};
