import { describe, expect, it } from 'vitest';
import { burndownOf, trendOf } from './trend.ts';

describe('trendOf', () => {
  it('carries on what was there before the first day', () => {
    const counts = [
      { day: 0, created: 10, completed: 4 },
      { day: 2, created: 1, completed: 3 },
    ];
    expect(trendOf(['2026-01-01', '2026-01-02', '2026-01-03'], counts)).toEqual([
      { date: '2026-01-01', total: 10, done: 4 },
      { date: '2026-01-02', total: 11, done: 7 },
      { date: '2026-01-03', total: 11, done: 7 },
    ]);
  });
});

describe('burndownOf', () => {
  it('tells what was left each day and nothing of days to come', () => {
    const work = { points: 20, tasks: 4, finished: [{ day: 1, points: 5, tasks: 1 }] };
    const dates = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
    expect(burndownOf(dates, '2026-01-02', work)).toEqual([
      { date: '2026-01-01', remainingPoints: 15, remainingTasks: 3, idealPoints: 15 },
      { date: '2026-01-02', remainingPoints: 15, remainingTasks: 3, idealPoints: 10 },
      { date: '2026-01-03', remainingPoints: null, remainingTasks: null, idealPoints: 5 },
      { date: '2026-01-04', remainingPoints: null, remainingTasks: null, idealPoints: 0 },
    ]);
  });
});
