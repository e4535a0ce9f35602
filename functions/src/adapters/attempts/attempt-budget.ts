import type { Redis } from '@upstash/redis';
import type { Attempt, Budget } from '../../domain/attempt.ts';

/** Takes from each budget in turn, until one is spent. */
const takeInTurn = `
local answers = {}
for index, key in ipairs(KEYS) do
  local taken = redis.call('INCR', key)
  if taken == 1 then redis.call('EXPIRE', key, ARGV[index * 2]) end
  answers[index * 2 - 1] = taken
  answers[index * 2] = redis.call('TTL', key)
  if taken > tonumber(ARGV[index * 2 - 1]) then break end
end
return answers`;

/**
 * Counts tries before they are made, in windows that all instances share. An attempt is taken first and
 * given back when it turns out harmless, so that a burst never gets more tries than the limit.
 */
export const attemptBudget = (redis: () => Promise<Redis>) => {
  /** Answers for the budgets that were reached: all of them, or those up to the first that is spent. */
  const takeEach = async (...budgets: Budget[]): Promise<Attempt[]> => {
    const store = await redis();
    const keys = budgets.map(({ key }) => keyOf(key));
    const limits = budgets.flatMap(({ limit, seconds }) => [limit, seconds]);
    const answers = await store.eval<number[], number[]>(takeInTurn, keys, limits);
    return budgets.slice(0, answers.length / 2).map(({ limit }, index) => {
      const [taken = 0, left = 0] = answers.slice(index * 2);
      return { allowed: taken <= limit, taken, retryAfter: Math.max(1, left) };
    });
  };

  return {
    takeEach,

    take: async (key: string, limit: number, seconds: number): Promise<Attempt> => {
      const [attempt] = await takeEach({ key, limit, seconds });
      if (!attempt) throw new Error('Redis did not count');
      return attempt;
    },

    giveBack: async (key: string): Promise<void> => {
      await (await redis()).decr(keyOf(key));
    },

    reset: async (key: string): Promise<void> => {
      await (await redis()).del(keyOf(key));
    },
  };
};

const keyOf = (key: string): string => `attempts:${key}`;
