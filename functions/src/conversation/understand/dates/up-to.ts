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
