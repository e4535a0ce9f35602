import type { State } from '../../conversation/decide/state.ts';
import type { Context } from '../../conversation/model.ts';
import type { Conversation, HeldSession, Surroundings } from '../../domain/conversation.ts';
import { Failure } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';
import { carriedOver, resume } from './resume.ts';

export type LookDeps = {
  surroundings: {
    of(
      userId: number,
      question: { conversationId: string | undefined; projectId: number | undefined },
    ): Promise<Surroundings | undefined>;
  };
  conversations: { findFor(userId: number, id: string): Promise<Conversation | undefined> };
};

export type Asked = {
  sessionId?: string | undefined;
  projectId?: number | undefined;
  timezone?: string | undefined;
};

export type Around = {
  context: Context;
  state: State;
  note: 'session_restarted' | 'welcome_back' | undefined;
  suggestions: boolean;
  /** When the person last spoke with the bot, wherever. */
  lastAt: string | null;
};

/** Everything that a turn is a function of: state, people, projects and the clock. */
export const lookAround = async (
  deps: LookDeps,
  caller: Caller,
  input: Asked,
  sent: { at: number; timezone: string | undefined },
  holding: Promise<HeldSession>,
): Promise<Around> => {
  const { sessionId: conversationId, projectId } = input;
  const looking = deps.surroundings.of(caller.userId, { conversationId, projectId });
  const [held, around] = await Promise.all([holding, looking]);
  if (!around) throw new Failure('unauthenticated');
  if (projectId !== undefined && !around.project) throw new Failure('not_found');
  const asked = { userId: caller.userId, conversationId, now: sent.at };
  const { state, note } = await stateFor(deps, asked, held.stored, around);
  const { people, titles, projects, project, timezone, suggestions, lastAt } = around;
  const context: Context = {
    people,
    titles,
    me: caller.userId,
    projects,
    now: sent.at,
    timezone: input.timezone ?? sent.timezone ?? timezone,
    locale: caller.locale,
    awaiting: 'idle',
  };
  return { context, state: { ...state, project }, note, suggestions, lastAt };
};

/**
 * The history counts: what Redis holds is taken only when it is of the same turn, so that neither a
 * session that Redis lost nor one that it brought back from an old copy leads anybody astray.
 */
const stateFor = async (
  { conversations }: LookDeps,
  {
    userId,
    conversationId,
    now,
  }: { userId: number; conversationId?: string | undefined; now: number },
  inRedis: unknown,
  { turn, topic }: Surroundings,
) => {
  if (conversationId === undefined) return { state: carriedOver(topic, now), note: undefined };
  if (turn === null) throw new Failure('not_found');
  const current = turnOf(inRedis) === turn;
  const kept = current ? undefined : await conversations.findFor(userId, conversationId);
  if (!current && !kept) throw new Failure('not_found');
  const { state, note } = resume(kept ? kept.state : inRedis, now);
  return { state: { ...state, turn: kept?.turn ?? turn }, note };
};

const turnOf = (stored: unknown): unknown =>
  typeof stored === 'object' && stored !== null && 'turn' in stored ? stored.turn : undefined;
