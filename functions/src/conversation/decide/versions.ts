import { freshState, type State, stateVersion } from './state.ts';

type Older = Record<string, unknown>;

/** What each version lacks that the next one has. */
const steps: Record<number, (older: Older) => Older> = {
  1: older => ({ ...older, v: 2, turn: 0, carried: false, offer: null }),
};

const isObject = (value: unknown): value is Older =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lists = ['goals', 'paused', 'options', 'listed', 'done', 'said', 'messages', 'history'];

const isWhole = (state: Older): boolean =>
  lists.every(name => Array.isArray(state[name])) &&
  typeof state['at'] === 'number' &&
  typeof state['turn'] === 'number';

/**
 * A state as this version of the program reads it, whichever version wrote it. Nothing when that cannot
 * be known, as for one that a newer version wrote before a deployment was taken back.
 */
export const broughtUpToDate = (stored: unknown): State | undefined => {
  let state = stored;
  while (isObject(state) && typeof state['v'] === 'number' && state['v'] < stateVersion) {
    const step = steps[state['v']];
    if (!step) return undefined;
    state = step(state);
  }
  const current = isObject(state) && state['v'] === stateVersion && isWhole(state);
  return current ? (state as State) : undefined;
};

/** What can be kept of a state that cannot be read: where the talk stood, and how long it was. */
export const salvaged = (stored: unknown, now: number): State => {
  const fresh = freshState(now);
  if (!isObject(stored)) return fresh;
  const { project, turn } = stored;
  const known = isObject(project) && typeof project['projectId'] === 'number';
  return {
    ...fresh,
    turn: typeof turn === 'number' && Number.isSafeInteger(turn) ? turn : 0,
    project: known
      ? { projectId: project['projectId'] as number, name: String(project['name']) }
      : null,
  };
};
