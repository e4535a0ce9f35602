import type { Project } from '../../domain/project.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';

export type ArchivingDeps = {
  inTransaction: InTransaction<{
    projects: {
      setArchived(projectId: number, archived: boolean): Promise<boolean>;
      findFor(userId: number, projectId: number): Promise<Project | undefined>;
    };
    outbox: AddEvents;
  }>;
};

/** Puts a project into the archive or takes it out; doing so twice changes nothing. */
export const setArchived = (
  { inTransaction }: ArchivingDeps,
  actorId: number,
  projectId: number,
  archived: boolean,
): Promise<Project> =>
  inTransaction(async ({ projects, outbox }) => {
    if (await projects.setArchived(projectId, archived))
      await outbox.add(
        projectEvent(
          archived ? 'project.archived' : 'project.unarchived',
          { projectId, actorId },
          { projectId },
        ),
      );
    const current = await projects.findFor(actorId, projectId);
    if (!current) throw new Failure('not_found');
    return current;
  });
