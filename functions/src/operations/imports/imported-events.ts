import type { NewEvent } from '../../domain/event.ts';
import type { Task } from '../../domain/task.ts';
import { createdEvent } from '../tasks/task-work.ts';

/**
 * An event for each task that came, and in each of them which tasks came together: consumers that only look
 * at what is there now need not do so for each.
 */
export const importedEvents = (
  made: Task[],
  actorId: number,
  details: { source: string; importId: number | null },
): NewEvent[] => {
  const ids = made.map(task => task.id);
  const batch = { from: Math.min(...ids), to: Math.max(...ids) };
  return made.map(task => createdEvent(task, actorId, { ...details, batch }));
};
