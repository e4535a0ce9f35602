import { describe, expect, it } from 'vitest';
import { cronOf, schedule } from './scheduler.ts';

describe('the local scheduler', () => {
  it.each([
    ['every 1 minutes', '*/1 * * * *'],
    ['every 2 hours', '0 */2 * * *'],
    ['every day 03:30', '30 3 * * *'],
    ['every monday 09:05', '5 9 * * 1'],
    ['*/10 6 * * 1-5', '*/10 6 * * 1-5'],
  ])('understands "%s"', (phrase, cron) => {
    expect(cronOf(phrase)).toBe(cron);
  });

  it('refuses what it would run at the wrong time', () => {
    expect(() => cronOf('second friday of month 10:00')).toThrow(/Unknown schedule/);
  });

  it('counts in the time zone of the schedule', () => {
    const times = { schedule: 'every day 08:00', timeZone: 'America/Bogota' };
    const job = schedule(
      'report',
      times,
      async () => undefined,
      () => undefined,
    );
    expect(job.next()?.getUTCHours()).toBe(13);
    job.stop();
  });

  it('tells of a failed run instead of ending', async () => {
    const told: string[] = [];
    const failing = async () => {
      throw new Error('boom');
    };
    const job = schedule('relay', { schedule: '* * * * * *' }, failing, line => told.push(line));
    await expect.poll(() => told, { timeout: 3_000 }).toContain('relay: Error: boom');
    job.stop();
  });
});
