import { describe, expect, it } from 'vitest';
import { addDays, dateIn, datesBetween, endOfWeek, isTimeZone, startOfDay } from './calendar.ts';

describe('calendar', () => {
  it('knows that late evening in Bogotá is still the day before UTC', () => {
    const instant = new Date('2026-03-01T03:00:00Z');
    expect(dateIn(instant, 'America/Bogota')).toBe('2026-02-28');
    expect(dateIn(instant, 'Europe/Madrid')).toBe('2026-03-01');
  });

  it('adds days over the end of a month, of February in a leap year too', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('ends weeks on Sunday, which is its own end', () => {
    expect(endOfWeek('2026-11-23')).toBe('2026-11-29');
    expect(endOfWeek('2026-11-29')).toBe('2026-11-29');
  });

  it.each([
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Madrid', '2026-03-29T22:00:00.000Z'],
    ['2026-01-01', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
    ['2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z'],
  ])('begins %s in %s at %s, whatever the clocks do that day', (date, zone, instant) => {
    expect(startOfDay(date, zone).toISOString()).toBe(instant);
  });

  it('lists dates over the end of a month', () => {
    expect(datesBetween('2026-02-27', '2026-03-01')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
  });

  it('knows time zones from other names', () => {
    expect([isTimeZone('America/Bogota'), isTimeZone('Luna/Tranquilidad')]).toEqual([true, false]);
  });
});
