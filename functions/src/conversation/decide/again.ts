import { given } from '../../domain/given.ts';
import type { Segment } from '../model.ts';
import { listedOf, slotsOf, without } from './goals.ts';
import { handover, miss } from './misses.ts';
import type { Goal, Last } from './state.ts';
import type { Turn } from './turn.ts';

/** Which task "lo mismo" is about: the one named now, else the one last spoken of. */
const sameReference = (last: Last, segment: Segment, titled: boolean): Goal['reference'] => {
  if (Object.keys(segment.reference).some(key => key !== 'pronoun')) return segment.reference;
  if (titled) return {};
  return last.intent === 'list_tasks' ? last.reference : { pronoun: true };
};

/** "¿y las vencidas?" asks for other days of the same person; "¿y Luis?" for the same days of another. */
const filtersKept = ({ slots }: Last, segment: Segment): Goal['slots'] => {
  const { overdue, undated } = segment.reference;
  const dated = overdue || undated || segment.entities.some(e => e.entity === 'due_date');
  return dated ? without(without(slots, 'dueDate'), 'dueRange') : slots;
};

/** The wish once more, with what is said now in place of what was. */
const oneMore = (turn: Turn, last: Last, segment: Segment): Goal => {
  const now = { ...listedOf(segment, turn.context), ...slotsOf(segment) };
  const keepsTitle = last.intent === 'create_task';
  const kept = last.intent === 'list_tasks' ? filtersKept(last, segment) : last.slots;
  const before = keepsTitle ? kept : without(kept, 'title');
  return {
    intent: last.intent,
    slots: { ...before, ...now },
    reference: sameReference(last, segment, now.title !== undefined),
    confidence: 0.95,
    turns: 1,
  };
};

/** "Lo mismo para Luis": all that the last message did, done again. */
export const again = (turn: Turn, segment: Segment): void => {
  const { last } = turn.state;
  if (!last) return miss(turn);
  const goals = [...(last.also ?? []), last].map(each => oneMore(turn, each, segment));
  turn.emit({ type: 'goals_added', goals, where: 'back' });
};

/** "no, esa no, la primera": what was done last is taken back and done to the other one. */
export const otherTask = (turn: Turn, segment: Segment): void => {
  const { last, done } = turn.state;
  if (!last) return miss(turn);
  const { title } = slotsOf(segment);
  const slots = { ...without(last.slots, 'title'), ...given({ title }) };
  const anew: Goal = { ...handover(), intent: last.intent, slots, reference: segment.reference };
  const before: Goal[] = done.length > 0 ? [{ ...handover(), intent: 'undo' }] : [];
  turn.emit({ type: 'goals_added', goals: [...before, anew], where: 'back' });
};
