import type { Import, ImportFailure, ImportProgress, ReadyRow } from '../../domain/import.ts';
import { can } from '../../domain/permission.ts';
import type { Project } from '../../domain/project.ts';
import type { NewTask, Task } from '../../domain/task.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { type FitDeps, fitRows, namesIn } from './fit-rows.ts';
import { importedEvents } from './imported-events.ts';

export type PartUnit = FitDeps & {
  imports: {
    lock(importId: number): Promise<Import | undefined>;
    takePart(importId: number): Promise<ReadyRow[] | undefined>;
    advance(importId: number, progress: ImportProgress): Promise<void>;
    finish(
      importId: number,
      state: 'completed' | 'failed',
      failure?: ImportFailure,
    ): Promise<boolean>;
  };
  projects: { findFor(userId: number, projectId: number): Promise<Project | undefined> };
  tasks: { insertAll(projectId: number, creatorId: number, tasks: NewTask[]): Promise<Task[]> };
  outbox: AddEvents;
};

/**
 * Brings the next part of a running import, or ends it when none is left; false when it has ended. All of a part,
 * its tasks and its being done with, is in the caller's one transaction.
 */
export const bringPart = async (unit: PartUnit, importId: number): Promise<boolean> => {
  const { imports } = unit;
  const current = await imports.lock(importId);
  if (current?.state !== 'running') return false;
  const { projectId, creatorId } = current;
  const obstacle = await obstacleTo(unit, current);
  if (obstacle || creatorId === null) {
    await imports.finish(importId, 'failed', obstacle ?? 'not_allowed');
    return false;
  }
  const rows = await imports.takePart(importId);
  if (!rows) {
    await end(unit, current, creatorId);
    return false;
  }
  const { ready, issues } = fitRows(rows, await namesIn(unit, projectId));
  const made = await unit.tasks.insertAll(projectId, creatorId, ready);
  const details = { source: current.format, importId };
  await unit.outbox.add(...importedEvents(made, creatorId, details));
  await imports.advance(importId, {
    imported: made.length,
    issues,
    issueCount: issues.length,
  });
  return true;
};

/** Rights are asked for again: the person may have left since, the project may have been closed. */
const obstacleTo = async (
  { projects }: PartUnit,
  { projectId, creatorId }: Import,
): Promise<ImportFailure | undefined> => {
  const project = creatorId === null ? undefined : await projects.findFor(creatorId, projectId);
  if (!project || !can(project.role, 'project.import')) return 'not_allowed';
  return project.archivedAt === null ? undefined : 'project_closed';
};

const end = async ({ imports, outbox }: PartUnit, ended: Import, actorId: number) => {
  await imports.finish(ended.id, 'completed');
  const { id: importId, projectId, format, imported: count } = ended;
  await outbox.add(
    projectEvent('project.imported', { projectId, actorId }, { format, count, importId }),
  );
};
