import { Cron } from 'croner';

export type Times = { schedule: string; timeZone?: string | null };

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Cloud Scheduler takes cron and App Engine's phrases; these are the phrases we use, as cron. */
export const cronOf = (schedule: string): string => {
  const cron =
    intervalOf(schedule) ?? dailyOf(schedule) ?? (isCron(schedule) ? schedule : undefined);
  if (!cron) throw new Error(`Unknown schedule "${schedule}"`);
  return cron;
};

const intervalOf = (schedule: string): string | undefined => {
  const [, every, unit] = /^every (\d+) (minutes?|mins?|hours?)$/i.exec(schedule) ?? [];
  if (!every || !unit) return undefined;
  return unit.startsWith('h') ? `0 */${every} * * *` : `*/${every} * * * *`;
};

const dailyOf = (schedule: string): string | undefined => {
  const [, day = '', hour, minute] = /^every (\w+) (\d{1,2}):(\d{2})$/i.exec(schedule) ?? [];
  const weekday = days.indexOf(day.toLowerCase());
  if (day !== 'day' && weekday < 0) return undefined;
  return `${Number(minute)} ${Number(hour)} * * ${weekday < 0 ? '*' : weekday}`;
};

const isCron = (schedule: string) =>
  [5, 6].includes(schedule.trim().split(/\s+/).length) && !/[a-z]{4}/i.test(schedule);

/** Runs `work` at its times, never twice at once; a failure is told and the next time comes. */
export const schedule = (
  name: string,
  { schedule: phrase, timeZone }: Times,
  work: () => Promise<void>,
  onError: (line: string) => void,
): { stop: () => void; next: () => Date | null } => {
  const failed = (error: unknown) => onError(`${name}: ${String(error)}`);
  const options = { timezone: timeZone ?? 'Etc/UTC', protect: true, catch: failed };
  const job = new Cron(cronOf(phrase), options, work);
  return { stop: () => job.stop(), next: () => job.nextRun() };
};
