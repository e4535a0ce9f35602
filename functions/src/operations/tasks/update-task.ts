import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import type { Task, TaskChanges } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type FindMember, requireAssignable } from './assignee.ts';
import { task, taskFields } from './task-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: FindMember;
    tasks: {
      lock(taskId: number): Promise<Task | undefined>;
      update(taskId: number, changes: TaskChanges): Promise<Task>;
    };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const updateTask = defineOperation({
  name: 'projects/updateTask',
  summary: 'Changes the given fields of a task',
  route: 'PUT /tasks/{taskId}',
  access: 'task.update',
  input: z.strictObject({ taskId: id, ...taskFields, title: taskFields.title.optional() }),
  output: task,
  versioned: true,
  failures: ['precondition_failed'],
  run: ({ inTransaction }: Deps, caller, { taskId, ...changes }) =>
    inTransaction(async ({ members, tasks, outbox }) => {
      if (Object.keys(changes).length === 0)
        throw new Failure('validation_failed', { detail: wording.nothingToChange });
      const current = await tasks.lock(taskId);
      if (!current) throw new Failure('not_found');
      refuseLostRace(current, caller.expectedVersion);
      await requireAssignable(members, current.projectId, changes.assigneeId);
      const updated = await tasks.update(taskId, changes);
      await outbox.add({
        topic: 'task-events',
        type: 'task.updated',
        projectId: current.projectId,
        payload: {
          taskId,
          version: updated.version,
          fields: Object.keys(changes),
          actorId: caller.userId,
        },
      });
      return updated;
    }),
});

const refuseLostRace = (current: Task, expectedVersion: number | undefined) => {
  if (expectedVersion === undefined || expectedVersion === current.version) return;
  throw new Failure('precondition_failed', {
    detail: wording.changedMeanwhile,
    extra: { current },
  });
};
