import { freshState, type State, stateVersion } from '../../conversation/decide/state.ts';

const sessionMs = 3_600_000;

export type Resumed = {
  state: State;
  /** What the person should be told about the return. */
  note?: 'session_restarted' | 'welcome_back';
};

const isCurrent = (stored: unknown): stored is State =>
  typeof stored === 'object' && stored !== null && 'v' in stored && stored.v === stateVersion;

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
  if (stored === undefined || stored === null) return { state: freshState(now) };
  if (!isCurrent(stored)) return { state: freshState(now), note: 'session_restarted' };
  const halfDone = stored.goals.length > 0 || stored.paused.length > 0;
  if (now - stored.at < sessionMs) return { state: stored };
  return { state: afterPause(stored), ...(halfDone && { note: 'welcome_back' as const }) };
};
