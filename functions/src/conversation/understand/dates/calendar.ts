import { dateIn } from '../../../domain/calendar.ts';

/** A day as the count of days since 1970-01-01, so that arithmetic needs no time zone. */
export type Day = number;

const dayLength = 86_400_000;

export const day = (year: number, month: number, date: number): Day =>
  Math.floor(Date.UTC(year, month - 1, date) / dayLength);

export const parts = (at: Day): { year: number; month: number; date: number } => {
  const moment = new Date(at * dayLength);
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    date: moment.getUTCDate(),
  };
};

export const iso = (at: Day): string => new Date(at * dayLength).toISOString().slice(0, 10);

/** The day that is written so. */
export const dayOf = (date: string): Day => Math.floor(Date.parse(date) / dayLength);

/** Monday is 1, Sunday 7. */
export const weekdayOf = (at: Day): number => ((at + 3) % 7) + 1;

export const monday = (at: Day): Day => at - weekdayOf(at) + 1;

export const lastOfMonth = (year: number, month: number): Day => day(year, month + 1, 1) - 1;

/** A real day of the calendar, or nothing: there is no 31 April. */
export const validDay = (year: number, month: number, date: number): Day | undefined => {
  if (month < 1 || month > 12 || date < 1 || year < 1970 || year > 2200) return undefined;
  const at = day(year, month, date);
  return parts(at).date === date ? at : undefined;
};

/** The same date some months on; 31 January and a month is the last of February. */
export const addMonths = (at: Day, months: number): Day => {
  const { year, month, date } = parts(at);
  return Math.min(day(year, month + months, date), lastOfMonth(year, month + months));
};

/** The day on the person's own calendar at this instant. */
export const dayIn = (instant: number, timezone: string): Day =>
  dayOf(dateIn(new Date(instant), timezone));
