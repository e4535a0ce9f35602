export type Comment = {
  id: number;
  taskId: number;
  authorId: number | null;
  authorName: string | null;
  body: string;
  /** Members whom the comment calls. */
  mentions: number[];
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type NewComment = Pick<Comment, 'body' | 'mentions'>;

export type Watcher = { userId: number; fullName: string };
