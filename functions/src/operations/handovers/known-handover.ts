import type { ConversationMessage } from '../../domain/conversation.ts';
import { type Handover, messagesHandedOver } from '../../domain/handover.ts';
import { Failure } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';

export type KnownDeps = {
  authorize(caller: Caller, right: string, input: unknown): Promise<object>;
  handovers: { find(id: number): Promise<Handover | undefined> };
};

/** A request of a project that the caller looks after; any other is not there. */
export const knownHandover = async (
  { authorize, handovers }: KnownDeps,
  caller: Caller,
  handoverId: number,
): Promise<Handover> => {
  const found = await handovers.find(handoverId);
  if (!found) throw new Failure('not_found');
  await authorize(caller, 'handover.manage', { projectId: found.projectId });
  return found;
};

type ReadDeps = {
  handovers: { messages(id: number, limit: number): Promise<ConversationMessage[]> };
};

/** What the asker handed over with their call is for the one who took it, until it is seen to. */
export const withMessages = async (
  { handovers }: ReadDeps,
  caller: Caller,
  found: Handover,
): Promise<Handover & { messages: ConversationMessage[] | null }> => {
  const theirs = found.state === 'taken' && found.takenBy === caller.userId;
  const messages = theirs ? await handovers.messages(found.id, messagesHandedOver) : null;
  return { ...found, messages };
};
