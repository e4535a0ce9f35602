import type { Turn } from './turn.ts';

const undoWindow = 10 * 60_000;

/** Only what was done lately can be taken back. */
export const undoable = (turn: Turn): 'met' | 'over' => {
  const last = turn.state.done.at(-1);
  if (last && turn.context.now - last.at <= undoWindow) return 'met';
  turn.say(last ? 'undo_too_late' : 'nothing_to_undo');
  turn.emit({ type: 'goal_dropped' });
  return 'over';
};
