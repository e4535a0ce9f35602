import type { NewEvent } from '../../domain/event.ts';
import type { ProjectEventType } from '../../domain/project-event-types.ts';

export type AddEvents = { add(...events: NewEvent[]): Promise<unknown> };

type About = { projectId: number; actorId: number | null; taskId?: number; version?: number };

/** Something that a person did in a project: it travels to consumers and stays in the history. */
export const projectEvent = (
  type: ProjectEventType,
  { projectId, ...about }: About,
  details: Record<string, unknown> = {},
): NewEvent => ({
  topic: 'task-events',
  type,
  projectId,
  payload: { ...about, ...details },
});
