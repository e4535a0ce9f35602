import type { Context } from '../../model.ts';
import type { Features } from '../features.ts';
import { dayIn, dayOf, iso } from './calendar.ts';

/** "¿qué hay antes del 25?": from today until then; a day of its own is only that day. */
export const upTo = (f: Features, date: Features['dates'][number], context: Context) => {
  const lead = new Set(f.words.slice(date.from, date.start).map(w => w.form));
  if ('none' in date.value || !(lead.has('antes') || lead.has('hasta'))) return date;
  const last = dayOf(date.value.date) - (lead.has('antes') ? 1 : 0);
  const from = Math.min(dayIn(context.now, context.timezone), last);
  return { ...date, value: { date: iso(last), from: iso(from), to: iso(last) } };
};

/** "¿qué se hizo el lunes?": the one that has passed, not the one that comes. */
export const gone = (date: Features['dates'][number], { now, timezone }: Context) => {
  if ('none' in date.value || date.value.from) return date;
  const at = dayOf(date.value.date);
  const ahead = at - dayIn(now, timezone);
  return ahead > 0 && ahead <= 7 ? { ...date, value: { date: iso(at - 7) } } : date;
};
