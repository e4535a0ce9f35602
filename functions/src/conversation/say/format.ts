import type { Locale } from '../../platform/failure.ts';
import type { TaskPriority, TaskStatus } from '../model.ts';

type Names<K extends string> = Record<Locale, Record<K, string>>;

export const statusNames: Names<TaskStatus> = {
  es: {
    todo: 'por hacer',
    in_progress: 'en progreso',
    blocked: 'bloqueada',
    in_review: 'en revisión',
    done: 'hecha',
  },
  en: {
    todo: 'to do',
    in_progress: 'in progress',
    blocked: 'blocked',
    in_review: 'in review',
    done: 'done',
  },
};

export const priorityNames: Names<TaskPriority> = {
  es: { low: 'baja', medium: 'media', high: 'alta', urgent: 'urgente' },
  en: { low: 'low', medium: 'medium', high: 'high', urgent: 'urgent' },
};

const tags: Record<Locale, string> = { es: 'es', en: 'en' };

// Making a formatter costs a hundred times what using one does, so one of each is kept.
const dayFormats = new Map<Locale, Intl.DateTimeFormat>();

const dayFormat = (locale: Locale): Intl.DateTimeFormat => {
  const made =
    dayFormats.get(locale) ??
    new Intl.DateTimeFormat(tags[locale], {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    });
  dayFormats.set(locale, made);
  return made;
};

/** "viernes 13 de marzo": the day as people say it, so that a wrong one is seen at once. */
export const dayText = (date: string, locale: Locale): string =>
  dayFormat(locale)
    .format(new Date(`${date}T00:00:00Z`))
    .replace(',', '');

const controls = /[\p{Cc}\p{Cf}]/gu;

/** Names and titles come from people: no line breaks or invisible marks, and not at any length. */
export const plain = (text: string): string => {
  const clean = text.replace(controls, ' ').replace(/\s+/g, ' ').trim();
  return clean.length > 120 ? `${clean.slice(0, 119)}…` : clean;
};

export const quote = (text: string): string => `«${plain(text)}»`;

/** "Ana, Luis o Marta", or with "y" all of them. */
export const enumerated = (
  items: readonly string[],
  locale: Locale,
  type: 'disjunction' | 'conjunction' = 'disjunction',
): string => new Intl.ListFormat(tags[locale], { type }).format(items);

/** "1 tarea", "3 tareas". */
export const count = (n: number, one: string, many: string): string =>
  `${n} ${n === 1 ? one : many}`;
