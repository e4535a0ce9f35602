import type { Comment } from './discussion.ts';
import type { StoredRelation } from './task-parts.ts';

/** What belongs to a task beside its fields. */
export type TaskExtras = {
  comments: Pick<Comment, 'id' | 'taskId' | 'authorId' | 'authorName' | 'body' | 'createdAt'>[];
  checklist: { taskId: number; text: string; done: boolean }[];
  /** From the task that blocks, duplicates or has the lower id. */
  relations: StoredRelation[];
  attachments: { taskId: number; name: string; contentType: string; size: number }[];
};
