import type { RelationKind, TaskStatus } from './task.ts';

export type ChecklistItem = { id: number; taskId: number; text: string; done: boolean };

/** A relation as seen from one of its two tasks. */
export type Relation = {
  kind: RelationKind | 'blocked_by' | 'duplicated_by';
  task: { id: number; title: string; status: TaskStatus };
};

/** Kinds that read differently from the other side. */
export const reverseKind = { blocks: 'blocked_by', duplicates: 'duplicated_by' } as const;

export type StoredRelation = { taskId: number; kind: RelationKind; otherId: number };

/** How a relation is stored when a person names it from the side of `taskId`. */
export const storedRelation = (
  taskId: number,
  kind: Relation['kind'],
  otherId: number,
): StoredRelation => {
  if (kind === 'blocked_by') return { taskId: otherId, kind: 'blocks', otherId: taskId };
  if (kind === 'duplicated_by') return { taskId: otherId, kind: 'duplicates', otherId: taskId };
  if (kind === 'relates' && taskId > otherId) return { taskId: otherId, kind, otherId: taskId };
  return { taskId, kind, otherId };
};

export const attachmentStates = ['pending', 'stored'] as const;

export type Attachment = {
  id: number;
  taskId: number;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  state: (typeof attachmentStates)[number];
  creatorId: number | null;
  createdAt: string;
};

export type StoredAttachment = Attachment & { object: string };

export type NewAttachment = Pick<StoredAttachment, 'name' | 'contentType' | 'size' | 'object'>;
