import { z } from 'zod';
import type { State } from '../../conversation/decide/state.ts';
import type { Context, ProjectRef, Step, Understand } from '../../conversation/model.ts';
import { say } from '../../conversation/say/say.ts';
import { converse } from '../../conversation/turn.ts';
import { dayIn, iso } from '../../conversation/understand/dates/calendar.ts';
import { understandByRules } from '../../conversation/understand/rules.ts';
import type { Conversation, TurnRecord } from '../../domain/conversation.ts';
import type { Member, Project } from '../../domain/project.ts';
import { Failure } from '../../platform/failure.ts';
import type { Caller } from '../../platform/operation.ts';
import { id, timezone } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import type { Acting, Action, Perform } from './act.ts';
import { carryOut } from './carry-out.ts';
import { type ChatAnswer, chatAnswer, messageText, sessionId } from './chat-schema.ts';
import { clockOfMessage } from './clock-of-message.ts';
import { resume } from './resume.ts';

type Held = { stored: unknown; save(state: unknown): Promise<void>; release(): Promise<void> };

type Deps = {
  clock(): Date;
  newConversationId(): string;
  /** Local stacks and tests may send messages from any time. */
  anyClock: boolean;
  perform: Perform;
  users: { timezoneOf(userId: number): Promise<string | undefined> };
  projects: { listFor(userId: number, archived: boolean, limit: number): Promise<Project[]> };
  members: { list(projectId: number, limit: number): Promise<Member[]> };
  conversations: {
    findFor(userId: number, id: string): Promise<Conversation | undefined>;
    lastProjectOf(userId: number): Promise<number | undefined>;
    record(id: string, turn: TurnRecord): Promise<void>;
    handOver(id: string, userId: number, projectId: number | null): Promise<void>;
  };
  chatSessions: { hold(userId: number, id: string): Promise<Held | undefined> };
  inTransaction: InTransaction<object>;
};

type Input = {
  text: string;
  sessionId?: string | undefined;
  projectId?: number | undefined;
  timezone?: string | undefined;
  sentAt?: string | undefined;
};

const most = { projects: 100, people: 500 };

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
    const sent = clockOfMessage(input.sentAt, deps.clock().getTime(), deps.anyClock);
    const key = input.sessionId ?? deps.newConversationId();
    const held = await deps.chatSessions.hold(caller.userId, key);
    if (!held) throw new Failure('conflict', { retryAfter: 1 });
    try {
      const surroundings = await lookAround(deps, caller, input, sent, held.stored);
      const { answer, state } = await turn(deps, caller, key, input.text, surroundings);
      await held.save(state);
      return answer;
    } catch (error) {
      await held.release();
      throw error;
    }
  },
});

type Surroundings = { context: Context; state: State; note: string | undefined };

/** Everything that a turn is a function of: state, people, projects and the clock. */
const lookAround = async (
  deps: Deps,
  caller: Caller,
  input: Input,
  sent: { at: number; timezone: string | undefined },
  inRedis: unknown,
): Promise<Surroundings> => {
  const { userId } = caller;
  const [stored, ours, own] = await Promise.all([
    storedState(deps, userId, input.sessionId, inRedis),
    deps.projects.listFor(userId, false, most.projects),
    deps.users.timezoneOf(userId),
  ]);
  const projects = ours.map(({ id: projectId, name }): ProjectRef => ({ projectId, name }));
  const { state, note } = resume(stored, sent.at);
  const project = await currentProject(deps, userId, input, state, projects);
  const members = project ? await deps.members.list(project.projectId, most.people) : [];
  const people = members.map(({ userId: memberId, fullName }) => ({ userId: memberId, fullName }));
  const context: Context = {
    people,
    me: userId,
    projects,
    now: sent.at,
    timezone: input.timezone ?? sent.timezone ?? own ?? 'UTC',
    locale: caller.locale,
    awaiting: 'idle',
  };
  return { context, state: { ...state, project: project ?? null }, note };
};

/** A session that Redis lost is taken from the history; one that never was does not exist. */
const storedState = async (
  { conversations }: Deps,
  userId: number,
  given: string | undefined,
  inRedis: unknown,
): Promise<unknown> => {
  if (given === undefined || (inRedis !== null && inRedis !== undefined)) return inRedis;
  const conversation = await conversations.findFor(userId, given);
  if (!conversation) throw new Failure('not_found');
  return conversation.state;
};

const currentProject = async (
  { conversations }: Deps,
  userId: number,
  input: Input,
  state: State,
  projects: ProjectRef[],
): Promise<ProjectRef | undefined> => {
  const find = (projectId: number | undefined) => projects.find(p => p.projectId === projectId);
  if (input.projectId !== undefined) {
    const named = find(input.projectId);
    if (!named) throw new Failure('not_found');
    return named;
  }
  if (state.project) return find(state.project.projectId);
  if (projects.length < 2) return projects[0];
  return find(await conversations.lastProjectOf(userId));
};

const actingFor = (deps: Deps, caller: Caller, today: string, actions: Action[]): Acting => ({
  call: (operation, input, version) => {
    const { idempotencyKey: _, expectedVersion: __, ...actor } = caller;
    const versioned = version === undefined ? actor : { ...actor, expectedVersion: version };
    return deps.perform(deps, versioned, operation, input);
  },
  together: async work => {
    const done: Action[] = [];
    const result = await deps.inTransaction(unit =>
      work(actingFor({ ...deps, ...unit }, caller, today, done)),
    );
    actions.push(...done);
    return result;
  },
  actions,
  today,
});

/** Whoever follows the work hears what was understood before it is done. */
const understandAloud =
  ({ progress }: Caller): Understand =>
  (text, context) => {
    const understanding = understandByRules(text, context);
    progress?.({ type: 'understood', intents: understanding.intents });
    return understanding;
  };

const turn = async (
  deps: Deps,
  caller: Caller,
  conversation: string,
  text: string,
  around: Surroundings,
) => {
  const { context, state, note } = around;
  const actions: Action[] = [];
  const today = iso(dayIn(context.now, context.timezone));
  const acting = actingFor(deps, caller, today, actions);
  const spoken = await converse(state, text, context, {
    understand: understandAloud(caller),
    perform: request => carryOut(acting, request),
    seed: seedOf(state, text),
  });
  const reply = {
    text: withNote(spoken.text, note, state, context),
    quickReplies: spoken.quickReplies,
  };
  const step = stepOf(spoken.state);
  const at = new Date(context.now).toISOString();
  const answered = deps.clock().toISOString();
  const intents = spoken.understanding.intents.map(intent => intent.name);
  await deps.conversations.record(conversation, {
    userId: caller.userId,
    projectId: spoken.state.project?.projectId ?? null,
    step,
    state: spoken.state,
    said: { text, intents, at },
    answered: { text: reply.text, at: answered },
  });
  if (actions.some(action => action.type === 'handover.requested'))
    await deps.conversations.handOver(
      conversation,
      caller.userId,
      spoken.state.project?.projectId ?? null,
    );
  const { intents: understood, entities } = spoken.understanding;
  const answer: ChatAnswer = {
    sessionId: conversation,
    reply,
    step,
    intents: understood,
    entities,
    actions,
  };
  return { answer, state: spoken.state };
};

/** The return after a pause, or an update in between, is explained before anything else. */
const withNote = (
  text: string,
  note: string | undefined,
  state: State,
  context: Context,
): string => {
  if (!note) return text;
  const line = { key: note, params: { name: state.project?.name } };
  const said = say(
    { lines: [line], options: [], asking: 'idle' },
    { locale: context.locale, people: context.people, seed: 0 },
  );
  return `${said.text}\n${text}`;
};

/** Waits that the contract has no step for show as the nearest one it has. */
const stepOf = ({ asking }: State): Step => {
  if (asking === 'awaiting_comment') return 'awaiting_task';
  return asking === 'awaiting_email' ? 'awaiting_assignee' : asking;
};

/** Varies the wording along a conversation; the same talk always gets the same words. */
const seedOf = (state: State, text: string): number => state.history.length + text.length;
