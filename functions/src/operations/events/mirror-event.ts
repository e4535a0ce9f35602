import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { Member } from '../../domain/project.ts';
import type { Task } from '../../domain/task.ts';
import type { InTransaction } from '../operation.ts';

type Document = Record<string, unknown>;

type Mirror = {
  put(path: string, document: Document): Promise<void>;
  putAll(documents: [path: string, document: Document][]): Promise<void>;
  remove(path: string): Promise<void>;
  clear(path: string): Promise<void>;
};

type Source = {
  lockProject(projectId: number): Promise<void>;
  task(taskId: number): Promise<Task | undefined>;
  tasksAfter(projectId: number, taskId: number, limit: number): Promise<Task[]>;
  member(projectId: number, userId: number): Promise<Member | undefined>;
  membersAfter(projectId: number, userId: number, limit: number): Promise<Member[]>;
  project(projectId: number): Promise<Document | undefined>;
};

export type MirrorDeps = {
  mirror: Mirror;
  projectCache: { forget(projectIds: number[]): Promise<void> };
  inTransaction: InTransaction<{
    consumed: { claim(consumer: string, eventId: number): Promise<boolean> };
    source: Source;
  }>;
};

/** After these nothing of the project's documents can be relied on. */
const wholeProject = new Set(['project.restored', 'project.mirror_requested']);

const references = z.object({
  taskId: z.int().optional(),
  userId: z.int().optional(),
  /** Ids of tasks that came together: the last of their events stands for all of them. */
  batch: z.object({ from: z.int(), to: z.int() }).optional(),
});

/**
 * Brings the documents that an event concerns up to the state of PostgreSQL. The event only says where to
 * look, so late, repeated and overtaken deliveries all end in the current state.
 */
export const mirrorEvent = async (
  { mirror, projectCache, inTransaction }: MirrorDeps,
  event: DomainEvent,
): Promise<void> => {
  const { projectId, type } = event;
  if (projectId === null) return;
  const { taskId, userId, batch } = references.parse(event.payload);
  await inTransaction(async ({ consumed, source }) => {
    if (!(await consumed.claim('mirror', event.eventId))) return;
    if (batch && taskId !== batch.to) return;
    // The request that wrote did this already, unless Redis was away.
    await projectCache.forget([projectId]);
    // One writer per project at a time: what is read below cannot be overtaken by an older writer.
    await source.lockProject(projectId);
    const path = `projects/${projectId}`;
    const project = await source.project(projectId);
    if (!project) return removeProject(mirror, path);
    if (type.startsWith('project.')) await mirror.put(path, project);
    if (wholeProject.has(type)) return putWhole(mirror, source, projectId);
    if (userId !== undefined)
      await write(mirror, `${path}/members/${userId}`, await source.member(projectId, userId));
    if (batch) await putTasks(mirror, source, projectId, batch);
    else if (taskId !== undefined)
      await write(mirror, `${path}/tasks/${taskId}`, await ownTask(source, projectId, taskId));
  });
};

/** A task that has moved on belongs to another project's documents. */
const ownTask = async (source: Source, projectId: number, taskId: number) => {
  const task = await source.task(taskId);
  return task?.projectId === projectId ? task : undefined;
};

const write = (mirror: Mirror, path: string, current: object | undefined): Promise<void> =>
  current ? mirror.put(path, { ...current }) : mirror.remove(path);

const removeProject = async (mirror: Mirror, path: string): Promise<void> => {
  // Members go first: without their documents nobody may read the rest.
  await mirror.clear(`${path}/members`);
  await mirror.clear(`${path}/tasks`);
  await mirror.remove(path);
};

const batchSize = 400;

/** Writes everything of a project that came back. */
const putWhole = async (mirror: Mirror, source: Source, projectId: number): Promise<void> => {
  const path = `projects/${projectId}`;
  await putTasks(mirror, source, projectId, { from: 1, to: Number.MAX_SAFE_INTEGER });
  // Members come last: nobody reads a half of it.
  for (let last = 0; ; ) {
    const members = await source.membersAfter(projectId, last, batchSize);
    await mirror.putAll(members.map(one => [`${path}/members/${one.userId}`, { ...one }]));
    last = members.at(-1)?.userId ?? 0;
    if (members.length < batchSize) break;
  }
};

/** Writes the tasks of a project whose ids lie between two, both included. */
const putTasks = async (
  mirror: Mirror,
  source: Source,
  projectId: number,
  { from, to }: { from: number; to: number },
): Promise<void> => {
  for (let last = from - 1; ; ) {
    const found = await source.tasksAfter(projectId, last, batchSize);
    const tasks = found.filter(({ id }) => id <= to);
    await mirror.putAll(tasks.map(task => [`projects/${projectId}/tasks/${task.id}`, { ...task }]));
    last = found.at(-1)?.id ?? 0;
    if (found.length < batchSize || last >= to) break;
  }
};
