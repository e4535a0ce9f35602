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
  /** What would be left if the team finished the same amount every day. */
  idealPoints: number;
};

const rounded = (points: number): number => Math.round(points * 10) / 10;

/** What was left at the end of each day of a sprint. */
export const burndownOf = (dates: string[], today: string, work: SprintWork): BurndownDay[] => {
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
      idealPoints: rounded(work.points * (1 - (index + 1) / dates.length)),
    };
  });
};
