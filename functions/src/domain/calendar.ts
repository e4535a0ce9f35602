const rememberedZones = 500;

/** Formatters of one kind by time zone: making one takes a hundred times as long as using it. */
const inZones = (locale: string, options: Intl.DateTimeFormatOptions) => {
  const known = new Map<string, Intl.DateTimeFormat>();
  return (timeZone: string): Intl.DateTimeFormat => {
    const found = known.get(timeZone);
    if (found) return found;
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    // Names differ in case too, so there could be any number of them.
    if (known.size >= rememberedZones) known.clear();
    known.set(timeZone, made);
    return made;
  };
};

const datesIn = inZones('en-CA', { dateStyle: 'short' });
const timesIn = inZones('en-GB', { timeStyle: 'short' });
const offsetsIn = inZones('en-US', { timeZoneName: 'longOffset' });

/** The date, `YYYY-MM-DD`, that it is at an instant in a time zone (IANA name). */
export const dateIn = (instant: Date, timeZone: string): string =>
  datesIn(timeZone).format(instant);

/** The time of day, `HH:MM`, that it is at an instant in a time zone. */
export const timeIn = (instant: Date, timeZone: string): string =>
  timesIn(timeZone).format(instant);

/** Whether a text is a date of the calendar, `YYYY-MM-DD`; there is no year zero. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  // What is beyond the end of a month would be a day of the next one.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
};

/** Adds days to a `YYYY-MM-DD` date. */
export const addDays = (date: string, days: number): string => {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
};

/** The day of the week of a date: 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** The Sunday that ends the week of a date; weeks begin on Monday (ISO 8601). */
export const endOfWeek = (date: string): string => addDays(date, 7 - weekdayOf(date));

/** Minutes by which a zone's clocks are ahead of UTC at an instant. */
const offsetMinutes = (instant: Date, timeZone: string): number => {
  const parts = offsetsIn(timeZone).formatToParts(instant);
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
};

/** The instant at which it is that date and time, `HH:MM`, in a time zone. */
export const instantAt = (date: string, time: string, timeZone: string): Date => {
  const there = Date.parse(`${date}T${time}:00Z`);
  // The offset is the one in force there and then, so guess once and correct once.
  const guess = there - offsetMinutes(new Date(there), timeZone) * 60_000;
  return new Date(there - offsetMinutes(new Date(guess), timeZone) * 60_000);
};

/** The instant at which a date begins in a time zone. */
export const startOfDay = (date: string, timeZone: string): Date =>
  instantAt(date, '00:00', timeZone);

/** Whether a name is a time zone that we know. */
export const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** Every date from one to another, both included. */
export const datesBetween = (first: string, last: string): string[] => {
  const dates: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
};
