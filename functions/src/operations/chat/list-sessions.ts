import { z } from 'zod';
import type { Conversation } from '../../domain/conversation.ts';
import { id, instant, page, pageOf } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Key = { updatedAt: string; id: string };

type Deps = {
  conversations: { listFor(userId: number, limit: number, before?: Key): Promise<Conversation[]> };
};

const session = z.object({
  sessionId: z.string(),
  projectId: id.nullable(),
  step: z.string(),
  createdAt: instant,
  updatedAt: instant,
});

const key = z.object({ updatedAt: z.iso.datetime(), id: z.string().max(64) });

const encode = ({ updatedAt, id: last }: Key): string =>
  Buffer.from(JSON.stringify({ updatedAt, id: last })).toString('base64url');

/** A cursor that is not ours starts from the beginning of nothing: it is refused as invalid input. */
const cursor = z
  .string()
  .regex(/^[\w-]{1,300}$/)
  .transform((text, context): Key => {
    try {
      return key.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    } catch {
      context.addIssue({ code: 'custom', message: 'El cursor no es válido.' });
      return z.NEVER;
    }
  });

export const listSessions = defineOperation({
  name: 'chat/listSessions',
  summary: 'Conversations of the caller, the latest first',
  route: 'GET /chat/sessions',
  access: 'user',
  input: z.strictObject({ limit: page.limit, cursor: cursor.optional() }),
  output: pageOf(session),
  run: async ({ conversations }: Deps, caller, { limit, cursor: before }) => {
    const rows = await conversations.listFor(caller.userId, limit + 1, before);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ id: sessionId, projectId, step, createdAt, updatedAt }) => ({
        sessionId,
        projectId,
        step,
        createdAt,
        updatedAt,
      })),
      nextCursor: rows.length > limit && last ? encode(last) : null,
    };
  },
});
