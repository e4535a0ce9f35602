import { describe, expect, it } from 'vitest';
import { nextSummary } from './morning-summary.ts';

const at8 = { summary: { time: '08:00', weekends: false } };
const madrid = 'Europe/Madrid';
const next = (
  preferences: Parameters<typeof nextSummary>[0],
  after: string,
  lastDay: string | null = null,
  zone = madrid,
) => nextSummary(preferences, zone, new Date(after), lastDay)?.toISOString();

describe('the next morning summary', () => {
  it('comes by the clock of its reader, whatever the season', () => {
    expect(next(at8, '2026-01-14T05:00:00Z')).toBe('2026-01-14T07:00:00.000Z');
    expect(next(at8, '2026-07-15T05:00:00Z')).toBe('2026-07-15T06:00:00.000Z');
    expect(next(at8, '2026-07-15T05:00:00Z', null, 'America/Lima')).toBe(
      '2026-07-15T13:00:00.000Z',
    );
    // The clocks change in the night before.
    expect(next({ summary: { time: '08:00', weekends: true } }, '2026-03-29T00:30:00Z')).toBe(
      '2026-03-29T06:00:00.000Z',
    );
  });

  it('leaves weekends out unless they are wanted', () => {
    expect(next(at8, '2026-03-13T12:00:00Z')).toBe('2026-03-16T07:00:00.000Z');
    expect(next({ summary: { time: '08:00', weekends: true } }, '2026-03-13T12:00:00Z')).toBe(
      '2026-03-14T07:00:00.000Z',
    );
  });

  it('waits for the end of quiet hours', () => {
    const early = { summary: { time: '05:30', weekends: false } };
    expect(next(early, '2026-03-10T23:30:00Z')).toBe('2026-03-11T06:00:00.000Z');
    expect(next({ ...early, quietHours: null }, '2026-03-10T23:30:00Z')).toBe(
      '2026-03-11T04:30:00.000Z',
    );
  });

  it('does not come twice on a day, and never when none is wanted', () => {
    expect(next(at8, '2026-03-11T05:00:00Z', '2026-03-11')).toBe('2026-03-12T07:00:00.000Z');
    expect(next({}, '2026-03-11T05:00:00Z')).toBeUndefined();
    expect(next({ summary: null }, '2026-03-11T05:00:00Z')).toBeUndefined();
  });
});
