import { z } from 'zod';
import type { NewComment } from '../../domain/discussion.ts';
import { wording } from '../../domain/wording.ts';
import { id, instant, passage } from '../fields.ts';
import { refusal } from '../refusal.ts';

export const commentFields = {
  body: passage(10_000).meta({ examples: ['Ya hablé con el proveedor.'] }),
  /** Members to call. */
  mentions: z.array(id).max(20).optional(),
};

export const comment = z
  .object({
    id,
    taskId: id,
    authorId: id.nullable(),
    authorName: z.string().nullable(),
    body: z.string(),
    mentions: z.array(id),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Comment' });

type Members = { includes(projectId: number, userId: number): Promise<boolean> };

/** The comment as given; mentioning somebody who cannot read it is refused. */
export const checkedComment = async (
  members: Members,
  projectId: number,
  input: { body: string; mentions?: number[] | undefined },
): Promise<NewComment> => {
  const mentions = [...new Set(input.mentions)];
  for (const [index, userId] of mentions.entries())
    if (!(await members.includes(projectId, userId)))
      throw refusal(`mentions.${index}`, wording.mentionNotMember);
  return { body: input.body, mentions };
};
