import { flows } from './flows.ts';
import { needs } from './needs.ts';
import type { Goal, Request } from './state.ts';
import type { Turn } from './turn.ts';

const doubtful = 0.85;

const mustConfirm = (goal: Goal): boolean => {
  const { confirm } = flows[goal.intent];
  if (goal.confirmed || confirm === 'never') return false;
  if (confirm === 'always') return true;
  const assembled = goal.intent === 'create_task' && goal.turns > 1;
  return (
    assembled || goal.unsure === true || goal.confidence < doubtful || (goal.tasks?.length ?? 0) > 1
  );
};

const confirm = (turn: Turn, goal: Goal): void => {
  const [only, ...others] = goal.tasks ?? [];
  if (only && others.length === 0) turn.emit({ type: 'focused', task: only });
  turn.say('confirm', { goal });
  turn.emit({
    type: 'asked',
    asking: 'awaiting_confirmation',
    options: [{ label: '@yes' }, { label: '@no' }],
  });
};

/** Serves the first wish as far as it goes: until it asks, requests or is over. */
const serve = (turn: Turn, goal: Goal): Request | 'asked' | 'over' => {
  for (const need of flows[goal.intent].needs) {
    const current = turn.goal;
    if (!current) return 'over';
    const next = needs[need](turn, current);
    if (next !== 'met') return next;
  }
  const ready = turn.goal ?? goal;
  if (mustConfirm(ready)) {
    confirm(turn, ready);
    return 'asked';
  }
  return flows[ready.intent].act(ready, turn.state);
};

/**
 * Takes wish after wish until one needs something. A question left open by a digression is asked
 * again at the end, where the person sees it.
 */
export const drive = (turn: Turn): Request | undefined => {
  for (let guard = 0; guard < 12; guard++) {
    if (turn.state.asking !== 'idle') {
      askAgain(turn);
      return undefined;
    }
    if (!turn.goal && turn.state.paused.length > 0) {
      turn.say('back_to');
      turn.emit({ type: 'goal_resumed' });
    }
    const { goal } = turn;
    if (!goal) return undefined;
    const next = serve(turn, goal);
    if (next === 'asked') return undefined;
    if (next !== 'over') return next;
  }
  return undefined;
};

/** Lines that ask something, or say what is waited for. */
const putsQuestion =
  /^(?:ask_|task_unknown|(?:confirm|which_task|waiting|help_asking|not_understood|choices)$)/;

/** The turn ended on small talk while a question was open: put it once more, in short. */
const askAgain = (turn: Turn): void => {
  const { goal } = turn;
  const { asking } = turn.state;
  if (!goal || turn.state.lines.some(({ key }) => putsQuestion.test(key))) return;
  turn.emit({ type: 'answered' });
  const next = serve(turn, goal);
  if (next !== 'asked') turn.emit({ type: 'asked', asking, options: turn.state.options });
};
