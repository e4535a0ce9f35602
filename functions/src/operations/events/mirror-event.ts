import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { Member } from '../../domain/project.ts';
import type { Task } from '../../domain/task.ts';
import type { InTransaction } from '../operation.ts';

type Mirror = {
  put(path: string, document: Record<string, unknown>): Promise<void>;
  remove(path: string): Promise<void>;
  clear(path: string): Promise<void>;
};

type Source = {
  lockProject(projectId: number): Promise<void>;
  task(taskId: number): Promise<Task | undefined>;
  member(projectId: number, userId: number): Promise<Member | undefined>;
  project(projectId: number): Promise<Record<string, unknown> | undefined>;
};

type Deps = {
  mirror: Mirror;
  inTransaction: InTransaction<{
    consumed: { claim(consumer: string, eventId: number): Promise<boolean> };
    source: Source;
  }>;
};

const references = z.object({
  taskId: z.int().optional(),
  userId: z.int().optional(),
  taskIds: z.array(z.int()).default([]),
});

/**
 * Brings the documents that an event concerns up to the state of PostgreSQL. The event only says where to
 * look, so late, repeated and overtaken deliveries all end in the current state.
 */
export const mirrorEvent = async (
  { mirror, inTransaction }: Deps,
  event: DomainEvent,
): Promise<void> => {
  const { projectId } = event;
  if (projectId === null) return;
  const { taskId, taskIds, userId } = references.parse(event.payload);
  await inTransaction(async ({ consumed, source }) => {
    if (!(await consumed.claim('mirror', event.eventId))) return;
    // One writer per project at a time: what is read below cannot be overtaken by an older writer.
    await source.lockProject(projectId);
    const path = `projects/${projectId}`;
    const project = await source.project(projectId);
    if (!project) return removeProject(mirror, path);
    if (event.type.startsWith('project.')) await mirror.put(path, project);
    if (userId !== undefined)
      await write(mirror, `${path}/members/${userId}`, await source.member(projectId, userId));
    for (const id of taskId === undefined ? taskIds : [taskId, ...taskIds])
      await write(mirror, `${path}/tasks/${id}`, await source.task(id));
  });
};

const write = (mirror: Mirror, path: string, current: object | undefined): Promise<void> =>
  current ? mirror.put(path, { ...current }) : mirror.remove(path);

const removeProject = async (mirror: Mirror, path: string): Promise<void> => {
  // Members go first: without their documents nobody may read the rest.
  await mirror.clear(`${path}/members`);
  await mirror.clear(`${path}/tasks`);
  await mirror.remove(path);
};
