import type { Answer } from './product.ts';

type Arm = () => Promise<unknown>;

/** Durations in milliseconds of interleaved calls, after a warm-up, in an order that favours no arm. */
export const race = async (arms: Record<string, Arm>, rounds = 100) => {
  const names = Object.keys(arms);
  const times = Object.fromEntries(names.map(name => [name, [] as number[]]));
  for (let round = -5; round < rounds; round++)
    for (const name of names.toSorted(() => Math.random() - 0.5)) {
      const started = performance.now();
      await arms[name]?.();
      if (round >= 0) times[name]?.push(performance.now() - started);
    }
  return times;
};

/** How well somebody who sees only durations tells two arms apart: 0.5 is chance, 0 or 1 certainty. */
export const areaUnderCurve = (a: number[], b: number[]): number => {
  const wins = a.flatMap(x => b.map(y => (x > y ? 1 : x === y ? 0.5 : 0)));
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
};

/** Jitter between two machines of one data centre; ranks alone would make a leak of microseconds. */
const unseenMs = 0.3;

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** What tells arms apart by time; empty when nothing does. */
export const timeLeaks = (times: Record<string, number[]>): string[] => {
  const [first = '', ...others] = Object.keys(times);
  const base = times[first] ?? [];
  return others.flatMap(name => {
    const other = times[name] ?? [];
    const auc = areaUnderCurve(base, other);
    const gap = Math.abs(median(base) - median(other));
    const allowed = Math.max(5, median(base) * 0.05);
    if (gap < unseenMs || (Math.abs(auc - 0.5) <= 0.1 && gap <= allowed)) return [];
    return [`${first}/${name}: AUC ${auc.toFixed(2)}, medians ${gap.toFixed(1)} ms apart`];
  });
};

/** Measures again when the machine was disturbed: a real leak shows every time. */
export const steadyLeaks = async (
  arms: Record<string, Arm>,
  rounds = 100,
  attempts = 3,
): Promise<string[]> => {
  const leaks = timeLeaks(await race(arms, rounds));
  return leaks.length === 0 || attempts <= 1 ? leaks : steadyLeaks(arms, rounds, attempts - 1);
};

const perRequest = new Set(['date', 'x-request-id', 'content-length', 'ratelimit-reset']);

/** All of an answer that could differ: status, keys in order, wording, header names, cookies. */
export const shapeOf = ({ status, body, headers }: Answer) => {
  const { requestId: _requestId, email: _email, ...rest } = body as Record<string, unknown>;
  return {
    status,
    keys: Object.keys(body),
    rest,
    headers: [...headers.keys()].filter(name => !perRequest.has(name)),
    cookies: headers.getSetCookie(),
  };
};
