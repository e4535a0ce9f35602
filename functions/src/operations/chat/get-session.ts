import { z } from 'zod';
import type { Conversation, ConversationMessage } from '../../domain/conversation.ts';
import { Failure } from '../../platform/failure.ts';
import { decodeCursor, page, toPage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { chatSession, sessionId } from './chat-schema.ts';

type Deps = {
  conversations: {
    findFor(userId: number, id: string): Promise<Conversation | undefined>;
    messages(
      id: string,
      limit: number,
      beforeId?: number,
    ): Promise<(ConversationMessage & { id: number })[]>;
  };
};

export const getSession = defineOperation({
  name: 'chat/getSession',
  summary: 'A conversation of the caller: its latest messages in order, older ones by cursor',
  route: 'GET /chat/sessions/{sessionId}',
  access: 'user',
  input: z.strictObject({ sessionId, ...page }),
  output: chatSession,
  failures: ['not_found'],
  run: async ({ conversations }: Deps, caller, { sessionId: key, limit, cursor }) => {
    const conversation = await conversations.findFor(caller.userId, key);
    if (!conversation) throw new Failure('not_found');
    const rows = await conversations.messages(key, limit + 1, decodeCursor(cursor));
    const { items, nextCursor } = toPage(rows, limit, row => row.id);
    const messages = items.map(({ role, text, at }) => ({ role, text, at })).toReversed();
    const { projectId, step } = conversation;
    return { sessionId: key, projectId, step, messages, nextCursor };
  },
});
