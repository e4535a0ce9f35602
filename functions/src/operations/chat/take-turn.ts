import { apply } from '../../conversation/decide/events.ts';
import { waitingIn } from '../../conversation/decide/flow-events.ts';
import type { Outcome, Request, State } from '../../conversation/decide/state.ts';
import type { Step, Understand } from '../../conversation/model.ts';
import { redact } from '../../conversation/redact.ts';
import { sayLine } from '../../conversation/say/say.ts';
import type { Suggestion } from '../../conversation/suggest.ts';
import {
  isOver,
  listen,
  type Spoken,
  settle,
  speak,
  type UnderWay,
} from '../../conversation/turn.ts';
import { dayIn, iso } from '../../conversation/understand/dates/calendar.ts';
import { understandByRules } from '../../conversation/understand/rules.ts';
import type { RecordedTurn, TurnRecord } from '../../domain/conversation.ts';
import type { Caller } from '../../platform/operation.ts';
import { announceHandover, type RequestDeps } from '../handovers/request-handover.ts';
import type { InTransaction } from '../operation.ts';
import type { Acting, Action, Perform } from './act.ts';
import { busy } from './busy.ts';
import { carryOut, isWriting } from './carry-out.ts';
import type { ChatAnswer } from './chat-schema.ts';
import type { Around } from './look-around.ts';
import { type SuggestDeps, suggestionsFor } from './suggestions.ts';

type Recording = {
  conversations: { record(id: string, turn: TurnRecord): Promise<RecordedTurn> };
};
type Writing = Keeping & { perform: Perform; savepoint: InTransaction<Writing> };

export type TurnDeps = Writing & {
  inTransaction: InTransaction<Writing & RequestDeps>;
};

type Turn = { conversation: string; text: string; began: number; around: Around };
type Told = { answer: ChatAnswer; state: State; handedOver: boolean };

/**
 * Listens, acts and keeps the turn. Everything that it changes is in one transaction with the turn
 * itself: a crash, a lost race or a repeated request leaves both or neither.
 */
export const takeTurn = async (deps: TurnDeps, caller: Caller, turn: Turn): Promise<Told> => {
  const { state, context } = turn.around;
  const heard = listen(state, turn.text, context, understandAloud(caller));
  const asked = await settle(heard, doing(deps, caller, turn, []), isWriting);
  if (isOver(asked)) return keep(deps, caller, turn, asked, []);
  return deps.inTransaction(async unit => {
    const actions: Action[] = [];
    const acted = await settle(asked, doing(unit, caller, turn, actions));
    const told = await keep(unit, caller, turn, acted, actions);
    const projectId = told.state.project?.projectId;
    if (told.handedOver && projectId !== undefined)
      await announceHandover(unit, { projectId, askerId: caller.userId });
    return told;
  });
};

/** Whoever follows the work hears what was understood before it is done. */
const understandAloud =
  ({ progress }: Caller): Understand =>
  (text, context) => {
    const understanding = understandByRules(text, context);
    const { intents, entities } = understanding;
    progress?.({ type: 'understood', intents, entities });
    return understanding;
  };

/** Carries out requests with the caller's own rights; one that is refused leaves no half of it. */
const doing =
  (deps: Writing, caller: Caller, { around }: Turn, actions: Action[]) =>
  async (request: Request): Promise<Outcome> => {
    caller.progress?.({ type: 'acting', action: request.kind });
    const { idempotencyKey: _, expectedVersion: __, progress: ___, ...actor } = caller;
    const { now, timezone } = around.context;
    const today = iso(dayIn(now, timezone));
    const done: Action[] = [];
    const actingOn = (unit: Writing): Acting => ({
      call: (operation, input, version) => {
        const versioned = version === undefined ? actor : { ...actor, expectedVersion: version };
        return unit.perform(unit, versioned, operation, input);
      },
      actions: done,
      today,
      timezone,
    });
    const outcome = await carryOut(request, work =>
      isWriting(request) ? deps.savepoint(unit => work(actingOn(unit))) : work(actingOn(deps)),
    );
    if (outcome.ok) actions.push(...done);
    return outcome;
  };

type Keeping = Recording & SuggestDeps;

/** Puts the outcome into words and keeps it; refused when the conversation has moved on meanwhile. */
const keep = async (
  deps: Keeping,
  caller: Caller,
  turn: Turn,
  settled: UnderWay,
  actions: Action[],
): Promise<Told> => {
  const said = speak(settled, seedOf(turn.around.state, turn.text));
  const suggested = await suggestionsFor(deps, turn.around, said, actions);
  const answer = answerOf(turn, said, actions, suggested);
  const spoken = { ...said, state: withOffer(said.state, suggested) };
  const record = recordOf(deps, caller, turn, spoken, answer);
  const { kept, handedOver } = await deps.conversations.record(turn.conversation, record);
  if (!kept) throw busy();
  return { answer, state: spoken.state, handedOver };
};

const answerOf = (
  { conversation, around }: Turn,
  { text, quickReplies, state, understanding }: Spoken,
  actions: Action[],
  suggested: Suggestion[],
): ChatAnswer => {
  const speech = { locale: around.context.locale, people: around.context.people, seed: 0 };
  const suggestions = suggested.map(({ kind, line, findings }) => ({
    kind,
    text: sayLine(line, speech),
    taskIds: findings.map(({ task }) => task.taskId),
  }));
  const offered = suggested.flatMap(({ replies }) => replies.map(reply => sayLine(reply, speech)));
  return {
    sessionId: conversation,
    reply: {
      text: joined(withNote(text, around), suggestions, state),
      quickReplies: [...offered, ...quickReplies].slice(0, quickRepliesAtMost),
    },
    step: stepOf(state),
    intents: understanding.intents,
    entities: understanding.entities,
    actions,
    ...(suggestions.length > 0 && { suggestions }),
  };
};

const quickRepliesAtMost = 8;

/** What is added comes last, but before a question of the reply that a plain "sí" would answer. */
const joined = (text: string, added: { text: string }[], { offer, turn }: State): string => {
  const lines = text.split('\n');
  const question = added.length > 0 && offer?.turn === turn ? lines.splice(-1) : [];
  return [...lines, ...added.map(each => each.text), ...question].join('\n');
};

/** A plain "sí" to the next message takes up what was proposed. */
const withOffer = (state: State, suggested: Suggestion[]): State => {
  const goal = suggested.find(suggestion => suggestion.offer)?.offer;
  return goal ? apply(state, { type: 'offered', goal }) : state;
};

const recordOf = (
  { clock }: Keeping,
  { userId }: Caller,
  { text, began, around }: Turn,
  { state, course }: Spoken,
  { reply, step, intents }: ChatAnswer,
): TurnRecord => {
  const now = clock();
  const { context } = around;
  return {
    userId,
    projectId: state.project?.projectId ?? null,
    turn: state.turn,
    step,
    state,
    said: {
      text,
      intents: intents.map(intent => intent.name),
      at: new Date(context.now).toISOString(),
    },
    answered: { text: reply.text, at: now.toISOString() },
    course: {
      elapsedMs: Math.max(0, now.getTime() - began),
      ...course,
      waiting: waitingIn(state),
      unknown: course.marks.includes('fallback') ? redact(text, context.people) : null,
    },
    handsOver: course.marks.includes('handover') && state.project !== null,
  };
};

/** The return after a pause, or an update in between, is explained before anything else. */
const withNote = (text: string, { note, state, context }: Around): string => {
  if (!note) return text;
  const line = { key: note, params: { name: state.project?.name } };
  const { locale, people } = context;
  return `${sayLine(line, { locale, people, seed: 0 })}\n${text}`;
};

/** Waits that the contract has no step for show as the nearest one it has. */
const stepOf = ({ asking }: State): Step => {
  if (asking === 'awaiting_comment') return 'awaiting_task';
  return asking === 'awaiting_email' ? 'awaiting_assignee' : asking;
};

/** Varies the wording along a conversation; the same talk always gets the same words. */
const seedOf = (state: State, text: string): number => state.history.length + text.length;
