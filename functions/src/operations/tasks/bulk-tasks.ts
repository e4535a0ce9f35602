import { z } from 'zod';
import type { Task } from '../../domain/task.ts';
import { Failure, problemOf } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction, type ProjectScope } from '../operation.ts';
import { task, taskChangeFields, taskFields } from './task-schema.ts';
import {
  type CreationDeps,
  carryOutCreation,
  carryOutRemoval,
  carryOutUpdate,
  type RemovalDeps,
  type UpdateDeps,
} from './task-work.ts';

const version = z.int().positive().optional();

const step = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('create'), task: z.strictObject(taskFields) }),
  z.strictObject({
    action: z.literal('update'),
    taskId: id,
    version,
    baseVersion: version,
    changes: z.strictObject(taskChangeFields).meta({ minProperties: 1 }),
  }),
  z.strictObject({ action: z.literal('delete'), taskId: id, version }),
]);

type Step = z.output<typeof step>;
type Scope = Caller & ProjectScope;
type Unit = CreationDeps &
  UpdateDeps &
  RemovalDeps & { tasks: { lockAll(taskIds: number[]): Promise<Task[]> } };

export const bulkTasks = defineOperation({
  name: 'projects/bulkTasks',
  summary:
    'Creates, changes and deletes up to 100 tasks of a project: all of them or, when one fails, none, with a report per step',
  route: 'POST /projects/{projectId}/tasks/bulk',
  access: 'task.update',
  input: z.strictObject({ projectId: id, steps: z.array(step).min(1).max(100) }),
  output: z.object({
    items: z.array(
      z.object({
        index: z.int(),
        action: z.enum(['create', 'update', 'delete']),
        taskId: id,
        task: task.nullable(),
      }),
    ),
  }),
  creates: true,
  refuses: ['steps'],
  failures: ['conflict', 'precondition_failed'],
  run: ({ inTransaction }: { inTransaction: InTransaction<Unit> }, caller, { steps }) =>
    inTransaction(async unit => {
      // In one order, so that two bulk calls wait for each other instead of deadlocking.
      await unit.tasks.lockAll(steps.flatMap(one => ('taskId' in one ? [one.taskId] : [])));
      const outcomes: Outcome[] = [];
      for (const one of steps) outcomes.push(await attempt(unit, caller, one));
      refuseAllIfAnyFailed(outcomes, caller);
      return {
        items: outcomes.flatMap((outcome, index) => {
          if (outcome instanceof Failure) return [];
          return [{ index, action: outcome.action, taskId: outcome.taskId, task: outcome.task }];
        }),
      };
    }),
});

type Done = { action: Step['action']; taskId: number; task: Task | null };
type Outcome = Done | Failure;

const attempt = async (unit: Unit, caller: Scope, one: Step): Promise<Outcome> => {
  try {
    return await carryOut(unit, caller, one);
  } catch (error) {
    // What was not refused by us has broken the transaction.
    if (error instanceof Failure && error.code !== 'unavailable') return error;
    throw error;
  }
};

const carryOut = async (unit: Unit, caller: Scope, one: Step): Promise<Done> => {
  const { projectId, userId } = caller;
  if (one.action === 'create') {
    const created = await carryOutCreation(unit, userId, projectId, one.task);
    return { action: 'create', taskId: created.id, task: created };
  }
  const where = { projectId, taskId: one.taskId };
  if (one.action === 'update') {
    const { version: expectedVersion, baseVersion } = one;
    const expectation = { expectedVersion, baseVersion };
    const updated = await carryOutUpdate(unit, userId, where, one.changes, expectation);
    return { action: 'update', taskId: updated.id, task: updated };
  }
  await carryOutRemoval(unit, userId, where, { expectedVersion: one.version });
  return { action: 'delete', taskId: one.taskId, task: null };
};

const refuseAllIfAnyFailed = (outcomes: Outcome[], { locale, requestId }: Scope): void => {
  const first = outcomes.find(outcome => outcome instanceof Failure);
  if (!(first instanceof Failure)) return;
  const items = outcomes.map((outcome, index) => {
    if (!(outcome instanceof Failure)) return { index, ok: true };
    const { code, detail, errors } = problemOf(outcome, locale, requestId);
    return { index, ok: false, code, detail, ...(errors && { errors }) };
  });
  throw new Failure(first.code, {
    ...(first.options.detail && { detail: first.options.detail }),
    errors: items.flatMap(item =>
      'detail' in item ? [{ path: `steps.${item.index}`, message: item.detail ?? '' }] : [],
    ),
    extra: { items },
  });
};
