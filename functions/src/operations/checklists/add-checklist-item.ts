import { z } from 'zod';
import type { ChecklistItem } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { checklistItem, checklistLimit, itemText } from './checklist-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    checklists: {
      list(taskId: number): Promise<ChecklistItem[]>;
      insert(taskId: number, text: string, done: boolean): Promise<ChecklistItem>;
    };
    outbox: AddEvents;
  }>;
};

export const addChecklistItem = defineOperation({
  name: 'projects/addChecklistItem',
  summary: 'Appends an item to the checklist of a task',
  route: 'POST /tasks/{taskId}/checklist',
  access: 'task.update',
  input: z.strictObject({ taskId: id, text: itemText, done: z.boolean().default(false) }),
  output: checklistItem,
  status: 201,
  creates: true,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, text, done }) =>
    inTransaction(async ({ checklists, outbox }) => {
      if ((await checklists.list(taskId)).length >= checklistLimit)
        throw new Failure('conflict', { detail: wording.tooMany });
      const item = await checklists.insert(taskId, text, done);
      await outbox.add(
        projectEvent(
          'checklist.added',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { itemId: item.id, after: { text, done } },
        ),
      );
      return item;
    }),
});
