import { z } from 'zod';
import type { ChecklistItem } from '../../domain/task-parts.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    checklists: { remove(taskId: number, itemId: number): Promise<ChecklistItem | undefined> };
    outbox: AddEvents;
  }>;
};

export const deleteChecklistItem = defineOperation({
  name: 'projects/deleteChecklistItem',
  summary: 'Takes an item off the checklist of a task',
  route: 'DELETE /tasks/{taskId}/checklist/{itemId}',
  access: 'task.update',
  input: z.strictObject({ taskId: id, itemId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, itemId }) =>
    inTransaction(async ({ checklists, outbox }) => {
      const removed = await checklists.remove(taskId, itemId);
      if (!removed) throw new Failure('not_found');
      await outbox.add(
        projectEvent(
          'checklist.removed',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { itemId, before: { text: removed.text, done: removed.done } },
        ),
      );
      return null;
    }),
});
