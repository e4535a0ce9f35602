import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { nothing } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { sessionId } from './chat-schema.ts';

type Deps = {
  conversations: { remove(userId: number, id: string): Promise<boolean> };
  chatSessions: { forget(userId: number, id: string): Promise<void> };
};

export const deleteSession = defineOperation({
  name: 'chat/deleteSession',
  summary: 'Deletes a conversation with all that was said in it',
  route: 'DELETE /chat/sessions/{sessionId}',
  access: 'user',
  input: z.strictObject({ sessionId }),
  output: nothing,
  status: 204,
  failures: ['not_found'],
  run: async ({ conversations, chatSessions }: Deps, caller, { sessionId: key }) => {
    const removed = await conversations.remove(caller.userId, key);
    await chatSessions.forget(caller.userId, key);
    if (!removed) throw new Failure('not_found');
    return null;
  },
});
