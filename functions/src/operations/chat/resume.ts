import { freshState, type State, type TaskRef } from '../../conversation/decide/state.ts';
import { broughtUpToDate, salvaged } from '../../conversation/decide/versions.ts';

const sessionMs = 3_600_000;

export type Resumed = {
  state: State;
  /** What the person should be told about the return. */
  note?: 'session_restarted' | 'welcome_back';
};

/** After an hour what was half done is dropped; project, last task and last messages stay. */
const afterPause = (state: State): State => ({
  ...state,
  goals: [],
  paused: [],
  asking: 'idle',
  options: [],
  misses: 0,
});

/** Picks a conversation up where it was left, whatever version wrote it and however long ago. */
export const resume = (stored: unknown, now: number): Resumed => {
  const state = broughtUpToDate(stored);
  if (!state) return { state: salvaged(stored, now), note: 'session_restarted' };
  if (now - state.at < sessionMs) return { state };
  const halfDone = state.goals.length > 0 || state.paused.length > 0;
  return { state: afterPause(state), ...(halfDone && { note: 'welcome_back' as const }) };
};

/** A new conversation, on whatever device, knows what the last one spoke of. */
export const carriedOver = (topic: TaskRef | null, now: number): State => ({
  ...freshState(now),
  focus: topic,
  carried: topic !== null,
});
