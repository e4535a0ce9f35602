import { z } from 'zod';
import { changeBetween } from '../../domain/task.ts';
import type { ChecklistItem } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { checklistItem, itemText } from './checklist-schema.ts';

type Changes = { text?: string | undefined; done?: boolean | undefined };

type Unit = {
  checklists: {
    find(taskId: number, itemId: number): Promise<ChecklistItem | undefined>;
    update(itemId: number, changes: Changes): Promise<ChecklistItem>;
    place(taskId: number, itemId: number, afterId: number | null): Promise<void>;
  };
  outbox: AddEvents;
};

export const updateChecklistItem = defineOperation({
  name: 'projects/updateChecklistItem',
  summary: 'Ticks, rewords or moves an item; `afterId: null` makes it the first',
  route: 'PUT /tasks/{taskId}/checklist/{itemId}',
  access: 'task.update',
  input: z.strictObject({
    taskId: id,
    itemId: id,
    text: itemText.optional(),
    done: z.boolean().optional(),
    afterId: id.nullable().optional(),
  }),
  output: checklistItem,
  refuses: ['afterId'],
  failures: ['conflict'],
  run: (
    { inTransaction }: { inTransaction: InTransaction<Unit> },
    caller,
    { taskId, itemId, afterId, ...changes },
  ) =>
    inTransaction(async ({ checklists, outbox }) => {
      const current = await checklists.find(taskId, itemId);
      if (!current) throw new Failure('not_found');
      if (afterId !== undefined) await place(checklists, taskId, itemId, afterId);
      const change = changeBetween(current, { ...current, ...defined(changes) }, ['text', 'done']);
      if (!change) return current;
      const updated = await checklists.update(itemId, changes);
      await outbox.add(
        projectEvent(
          'checklist.updated',
          { projectId: caller.projectId, actorId: caller.userId, taskId },
          { itemId, ...change },
        ),
      );
      return updated;
    }),
});

const defined = (changes: Changes): Partial<ChecklistItem> => ({
  ...(changes.text !== undefined && { text: changes.text }),
  ...(changes.done !== undefined && { done: changes.done }),
});

const place = async (
  checklists: Unit['checklists'],
  taskId: number,
  itemId: number,
  afterId: number | null,
): Promise<void> => {
  if (afterId !== null && (afterId === itemId || !(await checklists.find(taskId, afterId))))
    throw refusal('afterId', wording.itemUnknown);
  await checklists.place(taskId, itemId, afterId);
};
