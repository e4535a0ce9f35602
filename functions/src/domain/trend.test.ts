import { describe, expect, it } from 'vitest';
import { addDays, datesBetween } from './calendar.ts';
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
    expect(burndownOf(dates, '2026-01-02', work, [1, 2, 3, 4, 5, 6, 7])).toEqual([
      { date: '2026-01-01', remainingPoints: 15, remainingTasks: 3, idealPoints: 15 },
      { date: '2026-01-02', remainingPoints: 15, remainingTasks: 3, idealPoints: 10 },
      { date: '2026-01-03', remainingPoints: null, remainingTasks: null, idealPoints: 5 },
      { date: '2026-01-04', remainingPoints: null, remainingTasks: null, idealPoints: 0 },
    ]);
  });

  it.each([
    ['falls on working days only', '2026-03-05', [1, 2, 3, 4, 5], [8, 6, 6, 6, 4, 2, 0]],
    ['is at its end when days off follow', '2026-03-02', [1, 2], [5, 0, 0, 0, 0, 0, 0]],
    ['waits for the first working day', '2026-03-07', [1, 2, 3, 4, 5], [10, 10, 8, 6, 4, 2, 0]],
  ])('has an ideal that %s', (_what, first, workingDays, ideal) => {
    const dates = datesBetween(first, addDays(first, 6));
    const days = burndownOf(dates, first, { points: 10, tasks: 1, finished: [] }, workingDays);
    expect(days.map(day => day.idealPoints)).toEqual(ideal);
  });

  it('has an ideal on a weekend, too, when the whole sprint is one', () => {
    const work = { points: 10, tasks: 1, finished: [] };
    const days = burndownOf(['2026-03-07', '2026-03-08'], '2026-03-07', work, [1, 2, 3, 4, 5]);
    expect(days.map(day => day.idealPoints)).toEqual([5, 0]);
  });
});
