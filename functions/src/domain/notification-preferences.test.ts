import { describe, expect, it } from 'vitest';
import {
  allPreferences,
  channelsFor,
  isQuiet,
  mergedPreferences,
} from './notification-preferences.ts';

describe('preferences', () => {
  it('have defaults: everything in the product and by mail, phones for what asks something', () => {
    expect(channelsFor({}, 'assigned')).toEqual({ inApp: true, mail: true, push: true });
    expect(channelsFor({}, 'commented')).toEqual({ inApp: true, mail: true, push: false });
    expect(allPreferences({}).quietHours).toEqual({ from: '22:00', to: '07:00' });
  });

  it('are changed one by one, and the rest stays', () => {
    const first = mergedPreferences({}, { kinds: { assigned: { mail: false } } });
    const second = mergedPreferences(first, {
      push: false,
      kinds: { assigned: { push: true }, commented: { inApp: false } },
    });
    expect(channelsFor(second, 'assigned')).toEqual({ inApp: true, mail: false, push: false });
    expect(channelsFor(second, 'commented')).toEqual({ inApp: false, mail: true, push: false });
    const third = mergedPreferences(second, { push: true, mail: undefined });
    expect(channelsFor(third, 'assigned')).toEqual({ inApp: true, mail: false, push: true });
  });
});

describe('quiet hours', () => {
  const at = (time: string) => new Date(`2026-11-26T${time}:00Z`);
  it.each([
    ['03:30', 'Europe/Madrid', true],
    ['06:00', 'Europe/Madrid', false],
    ['20:59', 'Europe/Madrid', false],
    ['21:00', 'Europe/Madrid', true],
    ['12:00', 'America/Bogota', false],
    ['04:00', 'America/Bogota', true],
  ])('at %s UTC in %s: %s', (time, zone, expected) => {
    expect(isQuiet({}, at(time), zone)).toBe(expected);
  });

  it('may lie within a day, or be none', () => {
    const siesta = { quietHours: { from: '14:00', to: '16:00' } };
    expect(isQuiet(siesta, at('14:30'), 'Europe/Madrid')).toBe(true);
    expect(isQuiet(siesta, at('23:30'), 'Europe/Madrid')).toBe(false);
    expect(isQuiet({ quietHours: null }, at('03:00'), 'Europe/Madrid')).toBe(false);
  });
});
