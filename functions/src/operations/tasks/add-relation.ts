import { z } from 'zod';
import type { Task } from '../../domain/task.ts';
import { type Relation, type StoredRelation, storedRelation } from '../../domain/task-parts.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { relationKind, relations as relationList } from './relation-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    tasks: {
      find(taskId: number): Promise<Task | undefined>;
      lockStructure(projectId: number): Promise<void>;
    };
    relations: {
      leadsTo(kind: StoredRelation['kind'], from: number, to: number): Promise<boolean>;
      insert(relation: StoredRelation): Promise<boolean>;
      list(taskId: number): Promise<Relation[]>;
    };
    outbox: AddEvents;
  }>;
};

export const addRelation = defineOperation({
  name: 'projects/addRelation',
  summary: 'Relates a task to another of the project; blocks and duplicates never form a circle',
  route: 'POST /tasks/{taskId}/relations',
  access: 'task.update',
  input: z.strictObject({ taskId: id, kind: relationKind, otherTaskId: id }),
  output: relationList,
  status: 201,
  creates: true,
  refuses: ['otherTaskId'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { taskId, kind, otherTaskId }) =>
    inTransaction(async ({ tasks, relations, outbox }) => {
      const { projectId } = caller;
      await tasks.lockStructure(projectId);
      const other = await tasks.find(otherTaskId);
      if (other?.projectId !== projectId) throw refusal('otherTaskId', wording.relatedUnknown);
      const stored = storedRelation(taskId, kind, otherTaskId);
      if (await closesCircle(relations, stored))
        throw new Failure('conflict', { detail: wording.relationCycle });
      if (!(await relations.insert(stored))) throw new Failure('conflict');
      await outbox.add(
        projectEvent(
          'task.related',
          { projectId, actorId: caller.userId, taskId },
          { relation: { kind, taskId: otherTaskId } },
        ),
      );
      return { items: await relations.list(taskId) };
    }),
});

const closesCircle = async (
  relations: { leadsTo(kind: StoredRelation['kind'], from: number, to: number): Promise<boolean> },
  { taskId, kind, otherId }: StoredRelation,
): Promise<boolean> => {
  if (taskId === otherId) return true;
  return kind !== 'relates' && relations.leadsTo(kind, otherId, taskId);
};
