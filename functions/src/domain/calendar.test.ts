import { describe, expect, it } from 'vitest';
import { addDays, dateIn, endOfWeek } from './calendar.ts';

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
});
