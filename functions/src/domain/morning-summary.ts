import { addDays, dateIn, instantAt, timeIn, weekdayOf } from './calendar.ts';
import type { SummaryFigures } from './notification.ts';
import { allPreferences, isQuiet, type Preferences } from './notification-preferences.ts';

/** A person whose time for a summary has come. */
export type DueSummary = {
  userId: number;
  nextAt: string;
  timezone: string;
  preferences: Preferences;
};

export type ProjectSummary = { userId: number; projectId: number; figures: SummaryFigures };

const isWeekend = (date: string): boolean => weekdayOf(date) > 5;

/** A day off and the day before it: the next wanted day is never farther. */
const daysAhead = 8;

/**
 * When a person gets the next morning summary; nothing when they want none. Their clock decides, on a day
 * that they want it, not while they want quiet, and not on the day of the last one.
 */
export const nextSummary = (
  preferences: Preferences,
  timezone: string,
  after: Date,
  lastDay: string | null,
): Date | undefined => {
  const { summary } = preferences;
  if (!summary) return undefined;
  const today = dateIn(after, timezone);
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const date = addDays(today, ahead);
    if (date === lastDay || (!summary.weekends && isWeekend(date))) continue;
    const at = afterQuiet(preferences, date, summary.time, timezone);
    if (at > after) return at;
  }
  return undefined;
};

const afterQuiet = (
  preferences: Preferences,
  date: string,
  time: string,
  timezone: string,
): Date => {
  const at = instantAt(date, time, timezone);
  if (!isQuiet(preferences, at, timezone)) return at;
  const end = allPreferences(preferences).quietHours?.to ?? time;
  const wakes = end > timeIn(at, timezone) ? date : addDays(date, 1);
  return instantAt(wakes, end, timezone);
};
