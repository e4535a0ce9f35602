import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import type { NewTask, Task } from '../../domain/task.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { type FindMember, requireAssignable } from './assignee.ts';
import { task, taskFields } from './task-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    members: FindMember;
    tasks: { insert(projectId: number, creatorId: number, task: NewTask): Promise<Task> };
    outbox: { add(...events: NewEvent[]): Promise<unknown> };
  }>;
};

export const createTask = defineOperation({
  name: 'projects/createTask',
  summary: 'Creates a task in a project',
  route: 'POST /projects/{projectId}/tasks',
  access: 'task.create',
  input: z.strictObject({ projectId: id, ...taskFields }),
  output: task,
  status: 201,
  creates: true,
  versioned: true,
  run: ({ inTransaction }: Deps, caller, { projectId, ...fields }) =>
    inTransaction(async ({ members, tasks, outbox }) => {
      await requireAssignable(members, projectId, fields.assigneeId);
      const created = await tasks.insert(projectId, caller.userId, fields);
      await outbox.add({
        topic: 'task-events',
        type: 'task.created',
        projectId,
        payload: { taskId: created.id, version: created.version, actorId: caller.userId },
      });
      return created;
    }),
});
