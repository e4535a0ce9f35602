import { weekdayOf } from './calendar.ts';

/** How many tasks were there, and done, at the end of a day. */
export type TrendDay = { date: string; total: number; done: number };

/** What came in and what was finished on a day; `before` everything counts into the first entry. */
export type DayCount = {
  /** 0 for all time before the first day, then 1 for the first day, and so on. */
  day: number;
  created: number;
  completed: number;
};

export const trendDays = 14;

/** Adds up what happened day by day to what was there at the end of each. */
export const trendOf = (dates: string[], counts: DayCount[]): TrendDay[] => {
  const byDay = new Map(counts.map(count => [count.day, count]));
  let total = byDay.get(0)?.created ?? 0;
  let done = byDay.get(0)?.completed ?? 0;
  return dates.map((date, index) => {
    total += byDay.get(index + 1)?.created ?? 0;
    done += byDay.get(index + 1)?.completed ?? 0;
    return { date, total, done };
  });
};

export type SprintWork = {
  points: number;
  tasks: number;
  /** What was finished, by day of the sprint; 0 stands for before it began. */
  finished: { day: number; points: number; tasks: number }[];
};

export type BurndownDay = {
  date: string;
  /** Not known yet for days to come. */
  remainingPoints: number | null;
  remainingTasks: number | null;
  /** What would be left if the team finished the same amount every working day. */
  idealPoints: number;
};

const rounded = (points: number): number => Math.round(points * 10) / 10;

/** What was left at the end of each day of a sprint; `workingDays` are days of the week, Monday is 1. */
export const burndownOf = (
  dates: string[],
  today: string,
  work: SprintWork,
  workingDays: number[],
): BurndownDay[] => {
  const shares = sharesDone(dates, workingDays);
  const byDay = new Map(work.finished.map(entry => [entry.day, entry]));
  let points = work.points - (byDay.get(0)?.points ?? 0);
  let tasks = work.tasks - (byDay.get(0)?.tasks ?? 0);
  return dates.map((date, index) => {
    points -= byDay.get(index + 1)?.points ?? 0;
    tasks -= byDay.get(index + 1)?.tasks ?? 0;
    const known = date <= today;
    return {
      date,
      remainingPoints: known ? rounded(points) : null,
      remainingTasks: known ? tasks : null,
      idealPoints: rounded(work.points * (1 - (shares[index] ?? 1))),
    };
  });
};

/** Which part of its working days a sprint has behind it at the end of each of its days. */
const sharesDone = (dates: string[], workingDays: number[]): number[] => {
  const worked = dates.filter(date => workingDays.includes(weekdayOf(date)));
  // A sprint that lies on days off altogether means work on them.
  const counted = new Set(worked.length > 0 ? worked : dates);
  let behind = 0;
  return dates.map(date => {
    if (counted.has(date)) behind++;
    return behind / counted.size;
  });
};
