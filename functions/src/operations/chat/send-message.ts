import { z } from 'zod';
import type { HeldSession } from '../../domain/conversation.ts';
import { log } from '../../platform/log.ts';
import type { Caller } from '../../platform/operation.ts';
import { id, timezone } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { busy } from './busy.ts';
import { chatAnswer, messageText, sessionId } from './chat-schema.ts';
import { clockOfMessage } from './clock-of-message.ts';
import { type LookDeps, lookAround } from './look-around.ts';
import { type TurnDeps, takeTurn } from './take-turn.ts';

type Deps = LookDeps &
  TurnDeps & {
    newConversationId(): string;
    /** Local stacks and tests may send messages from any time. */
    anyClock: boolean;
    chatSessions: {
      hold(userId: number, id: string): Promise<HeldSession | undefined>;
      begin(userId: number, id: string): HeldSession;
    };
    /** Redis is told once the turn is in the history, never before. */
    afterCommit(work: () => Promise<unknown>): Promise<unknown>;
  };

export const sendMessage = defineOperation({
  name: 'chat/sendMessage',
  summary: 'Says something to the bot, which understands it, does it and answers',
  route: 'POST /chat/message',
  access: 'user',
  input: z.strictObject({
    text: messageText,
    sessionId: sessionId.optional(),
    projectId: id.optional(),
    timezone: timezone.optional(),
    sentAt: z.iso.datetime({ offset: true }).optional(),
  }),
  output: chatAnswer,
  creates: true,
  refuses: ['timezone', 'sentAt'],
  failures: ['not_found', 'conflict'],
  run: async (deps: Deps, caller, input) => {
    const began = deps.clock().getTime();
    const sent = clockOfMessage(input.sentAt, began, deps.anyClock);
    const conversation = input.sessionId ?? deps.newConversationId();
    const holding = hold(deps, caller, input.sessionId, conversation);
    try {
      const around = await lookAround(deps, caller, input, sent, holding);
      const turn = { conversation, text: input.text, began, around };
      const { answer, state } = await takeTurn(deps, caller, turn);
      await deps.afterCommit(async () => tellRedis(await holding, caller, state));
      return answer;
    } catch (error) {
      await holding.then(held => held.release()).catch(() => undefined);
      throw error;
    }
  },
});

/**
 * One request at a time speaks in a conversation. Without Redis it goes on unguarded: the history takes
 * only turns that follow on one another, so the second of two is refused there.
 */
const hold = async (
  { chatSessions }: Deps,
  { userId, requestId }: Caller,
  given: string | undefined,
  conversation: string,
): Promise<HeldSession> => {
  if (given === undefined) return chatSessions.begin(userId, conversation);
  try {
    const held = await chatSessions.hold(userId, conversation);
    if (held) return held;
  } catch (error) {
    log.error('chat.hold_failed', error, { requestId });
    return unguarded;
  }
  throw busy();
};

const unguarded: HeldSession = {
  stored: null,
  save: async () => undefined,
  release: async () => undefined,
};

/** The work is done and told: that Redis could not be is made good by the next turn. */
const tellRedis = async (
  held: HeldSession,
  { requestId }: Caller,
  state: unknown,
): Promise<void> => {
  try {
    await held.save(state);
  } catch (error) {
    log.error('chat.save_failed', error, { requestId });
  }
};
