import { given } from '../../domain/given.ts';
import type { IntentName, Person, Segment } from '../model.ts';
import { again, otherTask } from './again.ts';
import { changesSomething, enriched, goalOf, pointsAnew, slotsOf, without } from './goals.ts';
import { callPerson, handover, miss } from './misses.ts';
import { answerOption } from './options.ts';
import { pickUp } from './pick-up.ts';
import type { Goal } from './state.ts';
import type { Turn } from './turn.ts';

const understood = 0.5;

const attributes = new Set<IntentName>(['assign_task', 'set_due_date', 'set_priority']);

const talk = new Set<IntentName>([
  'help',
  'greet',
  'goodbye',
  'affirm',
  'deny',
  'cancel',
  'out_of_scope',
  'undo',
]);

/** One wish or answer of the message, in the order in which they were said. */
export const hear = (turn: Turn, segment: Segment): void => {
  if (segment.signals.some(signal => tell(turn, signal))) return;
  if (segment.intent === 'out_of_scope' && segment.confidence < understood) return miss(turn);
  if (talk.has(segment.intent)) return converse(turn, segment);
  if (segment.signals.includes('other_task')) return otherTask(turn, segment);
  if (segment.reply && turn.goal) return answer(turn, turn.goal, segment);
  if (!segment.reply && segment.signals.includes('same')) return again(turn, segment);
  begin(turn, segment);
};

/** What is said about the talk itself; true when that was all. */
const tell = (turn: Turn, signal: Segment['signals'][number]): boolean => {
  if (signal === 'thanks') turn.say('thanks');
  else if (signal === 'repeat') repeat(turn);
  else if (signal === 'where') whereWeAre(turn);
  else if (signal === 'wait') turn.say('waiting');
  else if (signal === 'removal') turn.say('members_elsewhere');
  else if (signal === 'human') callPerson(turn);
  else return false;
  return true;
};

/** "¿En qué íbamos?": the question that is open, or else the project and what was done last. */
const whereWeAre = (turn: Turn): void => {
  const { asking, project, focus } = turn.state;
  if (asking === 'idle') turn.say('where_we_are', { name: project?.name, task: focus });
};

const repeat = (turn: Turn): void => {
  const { asking, said } = turn.state;
  if (asking !== 'idle') return;
  if (said.length === 0) turn.say('nothing_to_repeat');
  for (const line of said) turn.emit({ type: 'said', line });
};

const converse = (turn: Turn, segment: Segment): void => {
  const { intent } = segment;
  if (intent === 'affirm') return affirm(turn);
  if (intent === 'deny') return deny(turn);
  if (intent === 'cancel') return cancel(turn);
  if (intent === 'undo') return undo(turn);
  if (intent === 'greet') return greet(turn);
  if (intent === 'help')
    turn.say(turn.state.asking === 'idle' ? 'help' : 'help_asking', { asking: turn.state.asking });
  else turn.say(intent);
};

const greet = (turn: Turn): void => {
  turn.say('greet', { name: turn.state.project?.name });
  pickUp(turn);
};

/** "¿Seguimos?": taken up with its offer, nothing needs to be asked before acting on it. */
const takeOffer = (turn: Turn): boolean => {
  const { offer } = turn.state;
  if (!offer || offer.turn !== turn.state.turn - 1) return false;
  turn.emit({ type: 'goals_added', goals: [{ ...offer.goal, confirmed: true }], where: 'back' });
  return true;
};

const affirm = (turn: Turn): void => {
  const { goal, state } = turn;
  if (!goal) return takeOffer(turn) ? undefined : turn.say('fine');
  if (state.asking !== 'awaiting_confirmation') return;
  turn.emit({ type: 'answered' }, { type: 'goal_changed', change: { confirmed: true } });
};

/** "No" refuses what was proposed, or answers that there is none. */
const deny = (turn: Turn): void => {
  const { goal, state } = turn;
  if (!goal) return turn.say('fine');
  if (state.asking === 'awaiting_assignee') return change(turn, goal, { assignee: { none: true } });
  if (state.asking === 'awaiting_due_date') return change(turn, goal, { dueDate: null });
  if (state.asking === 'awaiting_confirmation' && goal.unsure) return reopen(turn, goal);
  if (state.asking === 'awaiting_task' && state.options.length > 0) return reopen(turn, goal);
  turn.say('dropped', { intent: goal.intent });
  const [task, ...others] = goal.tasks ?? [];
  if (task && others.length === 0) turn.emit({ type: 'focused', task });
  turn.emit({ type: 'goal_dropped' });
};

/** It was another task: keep what is to be done, forget which was found. */
const reopen = (turn: Turn, goal: Goal): void => {
  const slots = without(goal.slots, 'title');
  const loose = without(without(goal, 'tasks'), 'unsure');
  turn.emit(
    { type: 'answered' },
    { type: 'goal_replaced', goal: { ...loose, slots, reference: {} } },
  );
};

const change = (turn: Turn, goal: Goal, slots: Goal['slots']): void =>
  turn.emit(
    { type: 'answered' },
    { type: 'goal_changed', change: { slots: { ...goal.slots, ...slots }, turns: goal.turns + 1 } },
  );

const cancel = (turn: Turn): void => {
  const some = turn.state.goals.length > 0 || turn.state.paused.length > 0;
  const undoable = turn.state.done.length > 0;
  turn.say(some ? 'cancelled' : undoable ? 'nothing_to_cancel_undo' : 'nothing_to_cancel');
  turn.emit({ type: 'all_dropped' });
};

/** After the other wishes of the message: "márcala. deshaz eso" takes back what it just did. */
export const undo = (turn: Turn): void => {
  const where = turn.state.asking === 'idle' ? 'back' : 'front';
  if (where === 'front') turn.emit({ type: 'goal_paused' });
  turn.emit({ type: 'goals_added', goals: [{ ...handover(), intent: 'undo' }], where });
};

/** Whose tasks were listed, or who has the task, that was spoken of last. */
const lastPerson = ({ state, context }: Turn): Person | undefined => {
  const listed = state.last?.slots.assignee;
  if (listed && 'userId' in listed) return listed;
  return context.people.find(each => each.userId === state.focus?.assigneeId);
};

/** Answers that name no value: "nadie", "sin prisa", "da igual". True when it was one. */
const answerSignal = (turn: Turn, goal: Goal, { signals, entities }: Segment): boolean => {
  const person = signals.includes('that_person') ? lastPerson(turn) : undefined;
  if (person) {
    change(turn, goal, { assignee: person });
    return true;
  }
  const asksWho =
    turn.state.asking === 'awaiting_assignee' || turn.state.asking === 'awaiting_task';
  if (signals.includes('nobody') && entities.length === 0 && asksWho) deny(turn);
  else if (signals.includes('no_date') && turn.state.asking === 'awaiting_priority')
    change(turn, goal, { priority: 'low' });
  else if (signals.includes('unsure') || signals.includes('indifferent')) shrug(turn, goal);
  else return false;
  return true;
};

const saysNothing = (segment: Segment): boolean =>
  segment.entities.length === 0 &&
  Object.keys(segment.reference).length === 0 &&
  !segment.signals.includes('nobody') &&
  !segment.signals.includes('no_date');

const answer = (turn: Turn, goal: Goal, segment: Segment): void => {
  if (goal.intent === 'rename_task' && turn.state.asking === 'awaiting_task_title') {
    const { title } = slotsOf(segment);
    return title ? change(turn, goal, { newTitle: title }) : miss(turn);
  }
  share(turn, segment);
  if (answerOption(turn, goal, segment) || answerSignal(turn, goal, segment)) return;
  if (saysNothing(segment)) return segment.signals.includes('correction') ? undefined : miss(turn);
  const moved = goal.intent !== 'create_task' && pointsAnew(segment);
  const base = without(moved ? without(goal, 'tasks') : goal, 'confirmed');
  const next = { ...base, ...enriched(goal, segment, turn.context) };
  note(turn, segment);
  turn.emit({ type: 'answered' }, { type: 'goal_replaced', goal: next });
};

/** What was said besides the answer that is waited for is heard aloud, as the next question is about another thing. */
const note = (turn: Turn, segment: Segment): void => {
  const { assignee } = slotsOf(segment);
  const named = assignee && 'fullName' in assignee;
  if (named && turn.state.asking === 'awaiting_due_date')
    turn.say('noted', { name: assignee.fullName });
};

/** Several tasks wished at once get the person and the day that were answered for the first. */
const share = (turn: Turn, segment: Segment): void => {
  const { assignee, dueDate } = slotsOf(segment);
  if (turn.state.goals.length > 1)
    turn.emit({ type: 'slots_shared', slots: given({ assignee, dueDate }) });
};

/** "No sé", "da igual": what can stay open stays open; the rest is offered to choose from. */
const shrug = (turn: Turn, goal: Goal): void => {
  const { asking } = turn.state;
  if (asking === 'awaiting_assignee' && goal.intent === 'create_task')
    return change(turn, goal, { assignee: { none: true } });
  if (asking === 'awaiting_due_date' && goal.intent === 'create_task')
    return change(turn, goal, { dueDate: null });
  if (asking === 'awaiting_priority') return change(turn, goal, { priority: 'medium' });
  if (asking === 'awaiting_confirmation') {
    turn.say('not_done_unsure');
    return turn.emit({ type: 'goal_dropped' });
  }
  turn.say('help_asking', { asking });
};

const namesTask = ({ entities, reference }: Segment): boolean =>
  entities.some(e => e.entity === 'task_title') ||
  reference.ordinals !== undefined ||
  reference.taskId !== undefined;

/** "ponle prioridad alta" while a task is put together, or the same wish put another way. */
const furthers = (goal: Goal, segment: Segment): boolean => {
  if (namesTask(segment)) return false;
  if (goal.intent === 'create_task') return attributes.has(segment.intent);
  return goal.intent === segment.intent;
};

/** A task that is half told is worth asking for more than once. */
const patience = ({ intent }: Goal): number => (intent === 'create_task' ? 3 : 1);

/**
 * A wish that is let go of rather than asked for ever after: it was put off once already, or the
 * person wishes another change where they were asked which task the first was about.
 */
const isLeft = (turn: Turn, goal: Goal, segment: Segment): boolean =>
  changesSomething(segment) &&
  ((goal.resumed ?? 0) >= patience(goal) ||
    (goal.intent !== 'create_task' &&
      ['awaiting_task', 'awaiting_confirmation'].includes(turn.state.asking)));

/** The wish, with "a ella" told as the person that was spoken of last. */
const wished = (turn: Turn, segment: Segment): Goal => {
  const goal = goalOf(segment, turn.context);
  const person = segment.signals.includes('that_person') ? lastPerson(turn) : undefined;
  if (!person || goal.slots.assignee) return goal;
  return { ...goal, slots: { ...goal.slots, assignee: person } };
};

const begin = (turn: Turn, segment: Segment): void => {
  const { goal, state } = turn;
  const waiting = goal && state.asking !== 'idle';
  const making = goal?.intent === 'create_task';
  if (goal && (waiting || making) && furthers(goal, segment)) {
    const next = enriched(goal, segment, turn.context);
    note(turn, segment);
    return turn.emit({ type: 'answered' }, { type: 'goal_changed', change: next });
  }
  if (changesSomething(segment)) {
    if (segment.signals.includes('conditional')) turn.say('conditional');
    else if (segment.signals.includes('negated')) return turn.say('left_as_is');
  }
  if (waiting) turn.emit({ type: isLeft(turn, goal, segment) ? 'goal_dropped' : 'goal_paused' });
  turn.emit({ type: 'goals_added', goals: [wished(turn, segment)], where: 'back' });
};
