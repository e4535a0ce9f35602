import { defined } from '../defined.ts';
import type { IntentName, Segment } from '../model.ts';
import { changesSomething, enriched, goalOf, pointsAnew, slotsOf, without } from './goals.ts';
import { answerOption } from './options.ts';
import { pickUp } from './pick-up.ts';
import type { Goal, Last } from './state.ts';
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
  else if (signal === 'human')
    turn.emit({ type: 'goals_added', goals: [handover()], where: 'front' });
  else return false;
  return true;
};

const handover = (): Goal => ({
  intent: 'handover',
  slots: {},
  reference: {},
  confidence: 1,
  turns: 1,
});

const repeat = (turn: Turn): void => {
  const { asking, said } = turn.state;
  if (asking !== 'idle') return;
  if (said.length === 0) turn.say('nothing_to_repeat');
  for (const line of said) turn.emit({ type: 'said', line });
};

/** Rephrase with examples, then offer choices, then a person. */
const miss = (turn: Turn): void => {
  turn.emit({ type: 'missed' });
  const { misses, asking } = turn.state;
  if (misses >= 3) turn.emit({ type: 'goals_added', goals: [handover()], where: 'front' });
  else turn.say(misses === 2 ? 'choices' : 'not_understood', { asking });
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
const undo = (turn: Turn): void => {
  const where = turn.state.asking === 'idle' ? 'back' : 'front';
  if (where === 'front') turn.emit({ type: 'goal_paused' });
  turn.emit({ type: 'goals_added', goals: [{ ...handover(), intent: 'undo' }], where });
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
  if (answerOption(turn, goal, segment)) return;
  const { signals } = segment;
  if (signals.includes('unsure') || signals.includes('indifferent')) return shrug(turn, goal);
  if (saysNothing(segment)) return signals.includes('correction') ? undefined : miss(turn);
  const moved = goal.intent !== 'create_task' && pointsAnew(segment);
  const base = without(moved ? without(goal, 'tasks') : goal, 'confirmed');
  const next = { ...base, ...enriched(goal, segment) };
  turn.emit({ type: 'answered' }, { type: 'goal_replaced', goal: next });
};

/** Several tasks wished at once get the person and the day that were answered for the first. */
const share = (turn: Turn, segment: Segment): void => {
  const { assignee, dueDate } = slotsOf(segment);
  if (turn.state.goals.length > 1)
    turn.emit({ type: 'slots_shared', slots: defined({ assignee, dueDate }) });
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

/** Which task "lo mismo" is about: the one named now, else the one last spoken of. */
const sameReference = (last: Last, segment: Segment, titled: boolean): Goal['reference'] => {
  if (Object.keys(segment.reference).some(key => key !== 'pronoun')) return segment.reference;
  if (titled) return {};
  return last.intent === 'list_tasks' ? last.reference : { pronoun: true };
};

/** "Lo mismo para Luis": the last wish once more, with what is said now in place of what was. */
const again = (turn: Turn, segment: Segment): void => {
  const { last } = turn.state;
  if (!last) return miss(turn);
  const now = slotsOf(segment);
  const keepsTitle = last.intent === 'create_task' || last.intent === 'list_tasks';
  const before = keepsTitle ? last.slots : without(last.slots, 'title');
  const goal: Goal = {
    intent: last.intent,
    slots: { ...before, ...now },
    reference: sameReference(last, segment, now.title !== undefined),
    confidence: 0.95,
    turns: 1,
  };
  turn.emit({ type: 'goals_added', goals: [goal], where: 'back' });
};

/** "no, esa no, la primera": what was done last is taken back and done to the other one. */
const otherTask = (turn: Turn, segment: Segment): void => {
  const { last, done } = turn.state;
  if (!last) return miss(turn);
  const { title } = slotsOf(segment);
  const slots = { ...without(last.slots, 'title'), ...defined({ title }) };
  const anew: Goal = { ...handover(), intent: last.intent, slots, reference: segment.reference };
  const before: Goal[] = done.length > 0 ? [{ ...handover(), intent: 'undo' }] : [];
  turn.emit({ type: 'goals_added', goals: [...before, anew], where: 'back' });
};

const namesTask = ({ entities, reference }: Segment): boolean =>
  entities.some(e => e.entity === 'task_title') ||
  reference.ordinal !== undefined ||
  reference.taskId !== undefined;

/** "ponle prioridad alta" while a task is put together, or the same wish put another way. */
const furthers = (goal: Goal, segment: Segment): boolean => {
  if (namesTask(segment)) return false;
  if (goal.intent === 'create_task') return attributes.has(segment.intent);
  return goal.intent === segment.intent;
};

const begin = (turn: Turn, segment: Segment): void => {
  const { goal, state } = turn;
  const waiting = goal && state.asking !== 'idle';
  if (waiting && furthers(goal, segment)) {
    const next = enriched(goal, segment);
    return turn.emit({ type: 'answered' }, { type: 'goal_changed', change: next });
  }
  if (segment.signals.includes('negated') && changesSomething(segment))
    return turn.say('left_as_is');
  if (segment.signals.includes('conditional') && changesSomething(segment)) turn.say('conditional');
  // What was put off once already is let go of rather than asked for ever after.
  if (waiting) turn.emit({ type: goal.resumed ? 'goal_dropped' : 'goal_paused' });
  turn.emit({ type: 'goals_added', goals: [goalOf(segment, turn.context)], where: 'back' });
};
