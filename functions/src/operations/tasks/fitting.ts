import { type CustomField, misfits } from '../../domain/custom-field.ts';
import type { Sprint } from '../../domain/sprint.ts';
import { nestingLimit, type Task, type TaskChanges } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { refusal } from '../refusal.ts';
import { type HoldMember, requireAssignable } from './assignee.ts';

export type FittingDeps = {
  members: HoldMember;
  sprints: { hold(projectId: number, sprintId: number): Promise<Sprint | undefined> };
  customFields: { list(projectId: number): Promise<CustomField[]> };
  tasks: {
    find(taskId: number): Promise<Task | undefined>;
    lockStructure(projectId: number): Promise<void>;
    lineage(taskId: number, limit: number): Promise<number[]>;
    height(taskId: number, limit: number): Promise<number>;
  };
};

/** Fields of a task that must fit what is in its project. */
export const taskRefusals: readonly string[] = [
  'assigneeId',
  'startDate',
  'dueDate',
  'sprintId',
  'parentId',
  'customFields',
];

/** Refuses what a schema cannot see: people, sprints, parents and fields that the project does not have. */
export const requireFitting = async (
  deps: FittingDeps,
  projectId: number,
  changes: TaskChanges,
  current?: Task,
): Promise<void> => {
  requireDatesInOrder(changes, current);
  // What stays as it is was fit once; clients that send the whole task may not even have read it.
  const moved = <K extends 'assigneeId' | 'sprintId' | 'parentId'>(field: K) =>
    changes[field] === current?.[field] ? undefined : changes[field];
  await requireAssignable(deps.members, projectId, moved('assigneeId'));
  await requireSprint(deps, projectId, moved('sprintId'));
  await requireParent(deps, projectId, moved('parentId'), current);
  await requireCustomValues(deps, projectId, changes.customFields);
};

const requireDatesInOrder = (changes: TaskChanges, current?: Task): void => {
  const start = changes.startDate === undefined ? current?.startDate : changes.startDate;
  const due = changes.dueDate === undefined ? current?.dueDate : changes.dueDate;
  if (start == null || due == null || start <= due) return;
  throw refusal(changes.startDate == null ? 'dueDate' : 'startDate', wording.datesOutOfOrder);
};

const requireSprint = async (
  { sprints }: FittingDeps,
  projectId: number,
  sprintId: number | null | undefined,
): Promise<void> => {
  if (sprintId == null) return;
  const sprint = await sprints.hold(projectId, sprintId);
  if (!sprint) throw refusal('sprintId', wording.sprintUnknown);
  if (sprint.state === 'completed') throw refusal('sprintId', wording.sprintOver);
};

const requireParent = async (
  { tasks }: FittingDeps,
  projectId: number,
  parentId: number | null | undefined,
  current: Task | undefined,
): Promise<void> => {
  if (parentId == null) return;
  // Two that hang each under the other at the same moment must not both succeed.
  await tasks.lockStructure(projectId);
  const parent = await tasks.find(parentId);
  if (parent?.projectId !== projectId) throw refusal('parentId', wording.parentUnknown);
  const lineage = await tasks.lineage(parentId, nestingLimit);
  if (current && lineage.includes(current.id)) throw refusal('parentId', wording.parentCycle);
  const below = current ? await tasks.height(current.id, nestingLimit) : 0;
  if (lineage.length + below >= nestingLimit) throw refusal('parentId', wording.parentTooDeep);
};

const requireCustomValues = async (
  { customFields }: FittingDeps,
  projectId: number,
  values: TaskChanges['customFields'],
): Promise<void> => {
  if (!values || Object.keys(values).length === 0) return;
  const { unknown, unfit } = misfits(await customFields.list(projectId), values);
  if (unknown[0] !== undefined)
    throw refusal(`customFields.${unknown[0]}`, wording.customFieldUnknown);
  if (unfit[0] !== undefined) throw refusal(`customFields.${unfit[0]}`, wording.customFieldValue);
};
