import { setTimeout as wait } from 'node:timers/promises';
import type { Part } from './part.ts';

export type Trouble = { name: string; event: 'died' | 'back' | 'failed'; detail: string };

export type Running<P extends Part> = { first: P; stop: () => Promise<void> };

/** Long enough to see a failure from outside, short enough not to be annoying. */
const pauseMs = 2_000;

/** Starts a piece; with a listener it is started again, on the same port, whenever it dies. */
export const keepRunning = async <P extends Part>(
  name: string,
  start: () => Promise<P>,
  onTrouble?: (trouble: Trouble) => void,
  pause = pauseMs,
): Promise<Running<P>> => {
  const stopping = new AbortController();
  const first = await start();
  let current: P | undefined = first;

  const again = async (): Promise<void> => {
    await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return;
    try {
      current = await start();
      onTrouble?.({ name, event: 'back', detail: current.url });
    } catch (error) {
      onTrouble?.({ name, event: 'failed', detail: String(error) });
    }
  };

  const watch = async (): Promise<void> => {
    if (!onTrouble) return;
    while (!stopping.signal.aborted) {
      const detail = await current?.exited;
      if (stopping.signal.aborted) return;
      if (current) onTrouble({ name, event: 'died', detail: detail ?? '' });
      current = undefined;
      await again();
    }
  };
  const watching = watch();

  const stop = async (): Promise<void> => {
    stopping.abort();
    await current?.stop();
    await watching;
    await current?.stop();
  };
  return { first, stop };
};
