import { Failure } from '../../platform/failure.ts';

/** Lets `width` tasks run at a time and up to `patience` wait; the rest are told to come back. */
export const semaphore = (width: number, patience: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const enter = (): Promise<void> | undefined => {
    if (running < width) {
      running++;
      return undefined;
    }
    if (waiting.length >= patience) throw new Failure('unavailable', { retryAfter: 2 });
    return new Promise(resolve => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    // The place passes on as it is: counting it down and up again would let a newcomer in between.
    if (next) next();
    else running--;
  };
  return async <T>(task: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
};
