import { mergedValues } from '../../domain/custom-field.ts';
import { given } from '../../domain/given.ts';
import {
  changeBetween,
  editableFields,
  type NewTask,
  type Task,
  type TaskChanges,
} from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { type FittingDeps, requireFitting } from './fitting.ts';

export type CreationDeps = FittingDeps & {
  tasks: { insert(projectId: number, creatorId: number, task: NewTask): Promise<Task> };
  outbox: AddEvents;
};

export type UpdateDeps = FittingDeps & {
  tasks: {
    lock(taskId: number): Promise<Task | undefined>;
    update(taskId: number, changes: TaskChanges): Promise<Task>;
  };
  history: { fieldsChangedSince(taskId: number, version: number): Promise<string[]> };
  outbox: AddEvents;
};

export type RemovalDeps = {
  tasks: {
    lock(taskId: number): Promise<Task | undefined>;
    remove(taskId: number): Promise<number | undefined>;
    releaseChildren(taskId: number): Promise<Task[]>;
  };
  outbox: AddEvents;
};

/** What the caller believes to be current. */
export type Expectation = {
  /** Nothing at all may have changed since (`If-Match`). */
  expectedVersion?: number | undefined;
  /** The same fields may not have changed since; edits of others merge. */
  baseVersion?: number | undefined;
};

/** Creates one task with its history; single, bulk and imported creation all come through here. */
export const carryOutCreation = async (
  deps: CreationDeps,
  actorId: number,
  projectId: number,
  fields: NewTask,
): Promise<Task> => {
  await requireFitting(deps, projectId, fields);
  const created = await deps.tasks.insert(projectId, actorId, fields);
  await deps.outbox.add(createdEvent(created, actorId));
  return created;
};

export const createdEvent = (created: Task, actorId: number, details = {}) =>
  projectEvent(
    'task.created',
    { projectId: created.projectId, actorId, taskId: created.id, version: created.version },
    {
      after: Object.fromEntries(editableFields.map(field => [field, created[field]])),
      ...details,
    },
  );

/** Changes one task of the project; who expects another state is told the present one. */
export const carryOutUpdate = async (
  deps: UpdateDeps,
  actorId: number,
  { projectId, taskId }: { projectId: number; taskId: number },
  changes: TaskChanges,
  expectation: Expectation = {},
): Promise<Task> => {
  if (Object.values(changes).every(value => value === undefined))
    throw new Failure('validation_failed', { detail: wording.nothingToChange });
  const current = await deps.tasks.lock(taskId);
  // It may have moved to another project since access was decided.
  if (current?.projectId !== projectId) throw new Failure('not_found');
  await refuseLostRace(deps, current, changes, expectation);
  await requireFitting(deps, projectId, changes, current);
  const wanted = withMergedValues(current, changes);
  if (!changeBetween(current, { ...current, ...given(wanted) }, editableFields)) return current;
  const updated = await deps.tasks.update(taskId, wanted);
  await deps.outbox.add(updatedEvent(current, updated, actorId));
  return updated;
};

const withMergedValues = (current: Task, changes: TaskChanges): TaskChanges =>
  changes.customFields
    ? { ...changes, customFields: mergedValues(current.customFields, changes.customFields) }
    : changes;

export const updatedEvent = (before: Task, after: Task, actorId: number) =>
  projectEvent(
    'task.updated',
    { projectId: after.projectId, actorId, taskId: after.id, version: after.version },
    changeBetween(before, after, editableFields) ?? { fields: [] },
  );

const refuseLostRace = async (
  { history }: UpdateDeps,
  current: Task,
  changes: TaskChanges,
  { expectedVersion, baseVersion }: Expectation,
): Promise<void> => {
  if (expectedVersion !== undefined && expectedVersion !== current.version) throw lostRace(current);
  if (baseVersion === undefined || baseVersion === current.version) return;
  if (baseVersion > current.version) throw lostRace(current, []);
  const changed = await history.fieldsChangedSince(current.id, baseVersion);
  const wanted = touchedBy(changes);
  const conflicts = changed.filter(field => wanted.has(field));
  if (conflicts.length > 0) throw lostRace(current, conflicts);
};

/** Names of the fields that are given, own ones one by one. */
const touchedBy = ({ customFields = {}, ...changes }: TaskChanges): Set<string> =>
  new Set([
    ...Object.keys(given(changes)),
    ...Object.keys(customFields).map(field => `customFields.${field}`),
  ]);

const lostRace = (current: Task, conflicts?: string[]): Failure =>
  new Failure('precondition_failed', {
    detail: wording.changedMeanwhile,
    extra: { current, ...(conflicts && { conflicts }) },
  });

/** Hides one task of the project; its subtasks stand alone from then on. */
export const carryOutRemoval = async (
  { tasks, outbox }: RemovalDeps,
  actorId: number,
  { projectId, taskId }: { projectId: number; taskId: number },
  { expectedVersion }: Expectation = {},
): Promise<void> => {
  const current = await tasks.lock(taskId);
  if (current?.projectId !== projectId) throw new Failure('not_found');
  if (expectedVersion !== undefined && expectedVersion !== current.version) throw lostRace(current);
  const children = await tasks.releaseChildren(taskId);
  const version = await tasks.remove(taskId);
  await outbox.add(
    ...children.map(child => updatedEvent({ ...child, parentId: taskId }, child, actorId)),
    projectEvent(
      'task.deleted',
      { projectId, actorId, taskId, ...(version !== undefined && { version }) },
      { before: Object.fromEntries(editableFields.map(field => [field, current[field]])) },
    ),
  );
};
