import type { DateValue } from '../../model.ts';
import { longestAt, table } from '../phrases.ts';
import { formAt, type Token } from '../text.ts';
import { type Day, dayIn, iso, parts, validDay } from './calendar.ts';
import { datePhrases, type Meaning, monthEnd, monthStart } from './table.ts';
import { classes, numberAt } from './words.ts';

/** Token positions of a date, with the hour that trails it, which a due date does not keep. */
export type FoundDate = { start: number; end: number; tail: number; value: DateValue };

const fullYear = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
};

/** Day first, as in all five countries; month first only where nothing else makes a date. */
const numeric = (text: string, today: Day): Meaning => {
  const [a = '', b = '', c] = text.split(/[/.-]/);
  if (a.length === 4) return validDay(Number(a), Number(b), Number(c));
  const year = fullYear(c) ?? parts(today).year;
  const found = validDay(year, Number(b), Number(a)) ?? validDay(year, Number(a), Number(b));
  if (c !== undefined || found === undefined || found >= today) return found;
  return validDay(year + 1, Number(b), Number(a)) ?? validDay(year + 1, Number(a), Number(b));
};

const closing = new Set([
  'no',
  'porque',
  'pues',
  'mejor',
  'nomas',
  'mas',
  'entonces',
  'por',
  'a',
  'para',
  'que',
  'con',
  'y',
  'o',
  'asignada',
  'asignado',
  'prioridad',
  'urgente',
  'please',
  'como',
  'de',
  'al',
  'en',
  'sin',
]);
const deadlineLeads = new Set([
  'para',
  'antes',
  'hasta',
  'tardar',
  'vence',
  'venza',
  'al',
  'limite',
  'entrega',
  'del',
  'fecha',
  'el',
]);

const percent = (tokens: readonly Token[], at: number): boolean =>
  (formAt(tokens, at) === 'por' && formAt(tokens, at + 1) === 'ciento') || tokens[at]?.text === '%';

/** What follows leaves the number alone: the end, a mark, or the beginning of something else. */
const standsFree = (tokens: readonly Token[], after: number, first: boolean): boolean => {
  const token = tokens[after];
  if (!token) return true;
  if (percent(tokens, after)) return false;
  if (token.form === 'de') return !first && !classes.month?.(tokens, after + 1);
  return token.kind === 'mark' || closing.has(token.form);
};

/** "el 20", "antes del 20": where the article stands before a number that may be a day. */
const numberBehind = (tokens: readonly Token[], at: number) => {
  const before =
    formAt(tokens, at) === 'del' && ['antes', 'fecha', 'plazo'].includes(formAt(tokens, at - 1));
  if (!before && !['el', 'al'].includes(formAt(tokens, at))) return undefined;
  const number = numberAt(tokens, at + 1);
  return number && number.value >= 1 && number.value <= 31 ? { ...number, before } : undefined;
};

/** "el 20" is a date where a deadline may stand, not in "el 20 por ciento" or "el 2 de los puntos". */
const bareNumber = (tokens: readonly Token[], at: number, today: Day): FoundDate | undefined => {
  const number = numberBehind(tokens, at);
  if (!number) return undefined;
  const end = at + 1 + number.length;
  const digits = tokens[at + 1]?.kind === 'number' || number.before;
  if (!standsFree(tokens, end, at === 0)) return undefined;
  if (!digits && !deadlineLeads.has(formAt(tokens, at - 1))) return undefined;
  const rule = longestAt(datePhrases, dayPhrase(tokens, at, number.length), 0, classes);
  const value = rule && toValue(rule.meaning(rule.values, today));
  const start = formAt(tokens, at) === 'el' ? at : at + 1;
  return value && { start, end, tail: end, value };
};

/** The same words as "el día 20", so that one rule serves both. */
const dayPhrase = (tokens: readonly Token[], at: number, length: number): Token[] => {
  const word = { text: '', start: 0, end: 0, kind: 'word' as const };
  const lead = [
    { ...word, form: 'el' },
    { ...word, form: 'dia' },
  ];
  return [...lead, ...tokens.slice(at + 1, at + 1 + length)];
};

const toValue = (meaning: Meaning): DateValue | undefined => {
  if (meaning === undefined) return undefined;
  if (typeof meaning === 'number') return { date: iso(meaning) };
  return { date: iso(meaning.due), from: iso(meaning.from), to: iso(meaning.to) };
};

const dayParts = new Set(['manana', 'tarde', 'noche', 'madrugada', 'mediodia']);
const partLeads = new Set(['la', 'por', 'en', 'de', 'las']);

/** "por la mañana", "cada mañana": the part of the day, not tomorrow. */
const isMorning = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1]?.form ?? '';
  return tokens[at]?.form === 'manana' && ['la', 'cada', 'las', 'una', 'media'].includes(before);
};

const hourLeads = new Set(['a', 'antes', 'sobre', 'tipo']);
const hourArticles = new Set(['de', 'las', 'la', 'eso']);
const earlyPhrases = table<true>([
  ['temprano', true],
  ['a primera|ultima hora', true],
  ['al mediodia', true],
]);

/** "a las 5 y media": where the hour ends, or where it would begin without one. */
const clockTail = (tokens: readonly Token[], at: number): number => {
  if (!hourLeads.has(formAt(tokens, at))) return at;
  let hour = at + 1;
  while (hourArticles.has(formAt(tokens, hour)) && hour < at + 4) hour++;
  const number = hour > at + 1 ? numberAt(tokens, hour) : undefined;
  if (!number || number.value > 24) return at;
  const end = hour + number.length;
  return end + minutes(tokens, end);
};

/** The hour behind a date: "a las 5 de la tarde", "por la mañana", "al mediodía", "temprano". */
const hourTail = (tokens: readonly Token[], from: number): number => {
  const early = longestAt(earlyPhrases, tokens, from);
  const at = clockTail(tokens, early?.end ?? from);
  let part = at;
  while (partLeads.has(formAt(tokens, part)) && part < at + 2) part++;
  return part > at && dayParts.has(formAt(tokens, part)) ? part + 1 : at;
};

const hourUnits = new Set(['am', 'pm', 'hs', 'h', 'horas']);

const minutes = (tokens: readonly Token[], at: number): number => {
  const next = tokens[at + 1];
  if (formAt(tokens, at) === ':' && next?.kind === 'number') return 2;
  if (formAt(tokens, at) === 'y' && (next?.form === 'media' || next?.form === 'cuarto')) return 2;
  return hourUnits.has(formAt(tokens, at)) ? 1 : 0;
};

/** "con Julio", "Abril revisará", "el jueves santo" carry no date on their own; months never do. */
const phraseAt = (tokens: readonly Token[], at: number, today: Day): FoundDate | undefined => {
  const match = longestAt(datePhrases, tokens, at, classes);
  if (!match || isMorning(tokens, at)) return undefined;
  const value = toValue(match.meaning(match.values, today));
  return value && { start: at, end: match.end, tail: match.end, value };
};

const monthLeads = new Set(['para', 'hasta', 'by']);

/** A month in small letters; "Julio" is a person. */
const monthAt = (tokens: readonly Token[], at: number): number | undefined => {
  const token = tokens[at];
  const small = token && token.form.length > 3 && token.text === token.text.toLowerCase();
  return small ? classes.month?.(tokens, at)?.value : undefined;
};

const isMark = ({ kind }: Token): boolean => kind === 'mark';

/** Where a month without a day can only be a deadline. */
const mayBeDeadline = (tokens: readonly Token[], at: number): boolean => {
  const lead = formAt(tokens, at - 1);
  if (monthLeads.has(lead)) return true;
  if (lead === 'en') return tokens.slice(at + 1).every(isMark);
  return tokens.every((each, i) => i === at || isMark(each));
};

/** "para diciembre" is its last day, "antes de diciembre" the day before it. */
const bareMonth = (tokens: readonly Token[], at: number, today: Day): FoundDate | undefined => {
  const number = monthAt(tokens, at);
  if (!number) return undefined;
  const place = { start: at, end: at + 1, tail: at + 1 };
  if (formAt(tokens, at - 1) === 'de' && formAt(tokens, at - 2) === 'antes')
    return { ...place, value: { date: iso(monthStart(number, today) - 1) } };
  if (!mayBeDeadline(tokens, at)) return undefined;
  const [from, to] = [iso(monthStart(number, today)), iso(monthEnd(number, today))];
  return { ...place, value: { date: to, from, to } };
};

const numericAt = (tokens: readonly Token[], at: number, today: Day): FoundDate | undefined => {
  const article = tokens[at]?.form === 'el' ? 1 : 0;
  const token = tokens[at + article];
  const value = token?.kind === 'date' ? toValue(numeric(token.text, today)) : undefined;
  return value && { start: at, end: at + article + 1, tail: at + article + 1, value };
};

export const findDates = (tokens: readonly Token[], now: number, timezone: string): FoundDate[] => {
  const today = dayIn(now, timezone);
  const found: FoundDate[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const date =
      numericAt(tokens, at, today) ??
      phraseAt(tokens, at, today) ??
      bareNumber(tokens, at, today) ??
      bareMonth(tokens, at, today);
    if (!date) continue;
    const tail = hourTail(tokens, date.end);
    found.push({ ...date, tail });
    at = tail - 1;
  }
  return found;
};
