import type { Values } from '../phrases.ts';
import { table } from '../phrases.ts';
import {
  addMonths,
  type Day,
  day,
  lastOfMonth,
  monday,
  parts,
  validDay,
  weekdayOf,
} from './calendar.ts';
import { monthUnit } from './words.ts';

/** What a phrase means today: a day, or the days between which it lies with the last one due. */
export type Meaning = Day | { due: Day; from: Day; to: Day } | undefined;
type Resolve = (values: Values, today: Day) => Meaning;

const at = (values: Values, name: string): number => values[name] ?? 0;

/** The coming weekday; its own day means the one in a week. */
const coming: Resolve = (values, today) =>
  today + ((at(values, 'weekday') - weekdayOf(today) + 6) % 7) + 1;
const inWeek =
  (weeks: number): Resolve =>
  (values, today) =>
    monday(today) + 7 * weeks + at(values, 'weekday') - 1;

const shifted =
  (sign: number): Resolve =>
  (values, today) => {
    const unit = at(values, 'unit');
    const count = sign * (values.n ?? 1);
    if (unit >= monthUnit) return addMonths(today, count * (unit / monthUnit));
    return today + count * unit;
  };
const days =
  (count: number): Resolve =>
  (_, today) =>
    today + count;

/** Due on its Friday, the way a team reads it; on a weekend the Sunday. */
const week =
  (weeks: number): Resolve =>
  (_, today) => {
    const from = monday(today) + 7 * weeks;
    const due = from + 4 < today ? from + 6 : from + 4;
    return { due, from, to: from + 6 };
  };
const recent =
  (count: number): Resolve =>
  (_, today) => ({ due: today, from: today - count, to: today });
const month =
  (months: number): Resolve =>
  (_, today) => {
    const { year, month: current } = parts(today);
    const to = lastOfMonth(year, current + months);
    return { due: to, from: day(year, current + months, 1), to };
  };

/** The date in this month or the next that has it and has not passed. */
const dayOfMonth: Resolve = (values, today) => {
  const { year, month: current } = parts(today);
  for (let ahead = 0; ahead < 3; ahead++) {
    const { year: y, month: m } = parts(day(year, current + ahead, 1));
    const found = validDay(y, m, at(values, 'date'));
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
};

/** Without a year, the next time that date comes round. */
const dated: Resolve = (values, today) => {
  const { year } = parts(today);
  const number = at(values, 'month');
  const date = at(values, 'date');
  if (values.year) return validDay(values.year, number, date);
  for (const candidate of [year, year + 1, year + 2, year + 3, year + 4]) {
    const found = validDay(candidate, number, date);
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
};

const yearOfMonth = (values: Values, today: Day): number => {
  const now = parts(today);
  return values.year ?? (at(values, 'month') < now.month ? now.year + 1 : now.year);
};
export const monthStart = (number: number, today: Day): Day =>
  day(yearOfMonth({ month: number }, today), number, 1);
export const monthEnd = (number: number, today: Day): Day =>
  lastOfMonth(yearOfMonth({ month: number }, today), number);
const endOf: Resolve = (values, today) =>
  lastOfMonth(yearOfMonth(values, today), at(values, 'month'));
const middleOf: Resolve = (values, today) =>
  day(yearOfMonth(values, today), at(values, 'month'), 15);
const startOf: Resolve = (values, today) => day(yearOfMonth(values, today), at(values, 'month'), 1);

const monthDay =
  (date: number, ahead = 0): Resolve =>
  (_, today) => {
    const { year, month: current } = parts(today);
    const here = day(year, current + ahead, date);
    return here >= today ? here : day(year, current + ahead + 1, date);
  };
const endOfMonth =
  (ahead: number): Resolve =>
  (_, today) =>
    lastOfMonth(parts(today).year, parts(today).month + ahead);
const fixed =
  (monthNumber: number, date: number): Resolve =>
  (_, today) =>
    dated({ month: monthNumber, date }, today);
/** "La quincena" is pay day: the 15th or the last of the month, whichever comes first. */
const payDay: Resolve = (_, today) => {
  const { year, month: current, date } = parts(today);
  return date <= 15 ? day(year, current, 15) : lastOfMonth(year, current);
};
const weekend: Resolve = (_, today) => {
  const saturday = monday(today) + 5;
  return { due: Math.max(saturday, today), from: saturday, to: saturday + 1 };
};
const nextWeekend: Resolve = (_, today) => {
  const saturday = monday(today) + 12;
  return { due: saturday, from: saturday, to: saturday + 1 };
};

const next = 'que viene|proximo|proxima|entrante|siguiente';
/** "que viene" is two words and every other way one: spelt out once here. */
const comingOnes = (base: string): string[] => [
  `${base} que viene|entra|sigue`,
  `${base} ${next.slice('que viene|'.length)}`,
];

const end = 'final|finales|fin|fines';
const rows: [string, Resolve][] = [
  ['hoy mismo|dia?', days(0)],
  ['el? dia de hoy', days(0)],
  ['today|tonight|eod', days(0)],
  ['esta|este tarde|noche|mediodia', days(0)],
  ['esta manana', days(0)],
  ['el? dia? de? manana mismo?', days(1)],
  ['tomorrow', days(1)],
  ['pasado manana', days(2)],
  ['ayer|yesterday', days(-1)],
  ['anteayer|antier', days(-2)],
  ['antes de ayer', days(-2)],
  ['hace <n> <unit>', shifted(-1)],
  ['<n> <unit> atras', shifted(-1)],
  ['en|dentro de? unos|unas? <n> <unit> mas?', shifted(1)],
  ['en|dentro de? un? par de <unit>', (values, today) => shifted(1)({ ...values, n: 2 }, today)],
  ['de aqui|aca|hoy a|en <n> <unit>', shifted(1)],
  ['<n> <unit> a partir de hoy', shifted(1)],
  ['en? <n> <unit> desde hoy', shifted(1)],
  ['de? hoy en ocho', days(7)],
  ['de? hoy en quince', days(14)],
  ['in <n> <unit>', shifted(1)],
  ['<weekday>', coming],
  ['el|este? <weekday>', coming],
  ['el|este? proximo|siguiente <weekday>', coming],
  ['next <weekday>', coming],
  ...comingOnes('el? <weekday>').map(row => [row, coming] as [string, Resolve]),
  ['el? <weekday> de esta? semana', inWeek(0)],
  ['el? <weekday> de|en la? otra|proxima|siguiente semana', inWeek(1)],
  ...comingOnes('el? <weekday> de|en la? semana').map(row => [row, inWeek(1)] as [string, Resolve]),
  ['el otro <weekday>', inWeek(1)],
  ['el|del|este? <weekday> en ocho dias?', (values, today) => Number(coming(values, today)) + 7],
  ['el|del|este? <weekday> en quince dias?', (values, today) => Number(coming(values, today)) + 14],
  ['el? ultimo <weekday> de|del <month>', lastWeekday],
  ['el? ultimo <weekday> del? mes', lastWeekday],
  ['el? ultimo <weekday> de este mes', lastWeekday],
  ['el? <nth> <weekday> de|del <month>', nthWeekday],
  ['la? <nth> semana de|del <month>', nthWeek],
  ['el? <weekday> pasado', (values, today) => Number(coming(values, today)) - 7],
  ['el? <weekday> el|dia? <date>', dayOfMonth],
  ['el? <weekday> <date> de|del? <month> de|del? <year>?', dated],
  ['el dia <date>', dayOfMonth],
  ['dia <numeral>', (values, today) => dayOfMonth({ date: at(values, 'numeral') }, today)],
  ['el dia|primero uno|primero de mes', monthDay(1)],
  ['el? dia? <date> de|del este? mes', dayOfMonth],
  ['el? dia? <date> de|del proximo mes', monthAfter],
  ['el? dia? <date> del? mes que viene|entra', monthAfter],
  ['el? dia? <date> de|del <month>', dated],
  ['el? dia? <date> de|del <month> de|del? <year>', dated],
  ['el? <numeral> <month> <year>?', numeralMonth],
  ['<month> <numeral>', numeralMonth],
  ['el? primero|1ro|1ero de|del <month>', (values, today) => dated({ ...values, date: 1 }, today)],
  ['el|este? fin de semana', weekend],
  ['el? ultimo dia? de|del mes', endOfMonth(0)],
  [`el? ${end} de|del? <month> de|del? <year>?`, endOf],
  ['el|durante? mes de <month> de|del? <year>?', endOf],
  [`el? ${end} de|del? mes`, endOfMonth(0)],
  ['eom', endOfMonth(0)],
  [`el? ${end} de|del? proximo mes`, endOfMonth(1)],
  [`el? ${end} de|del? mes que viene|entra`, endOfMonth(1)],
  [`el? ${end} de|del? ano`, fixed(12, 31)],
  [`el? ${end} de|del? la? semana`, week(0)],
  [`el? ${end} de|del? la? proxima|otra semana`, week(1)],
  ['eow', week(0)],
  ['el|este? finde|weekend', weekend],
  ['el? proximo fin de semana', weekend],
  ...comingOnes('el? fin de semana').map(row => [row, weekend] as [string, Resolve]),
  ...comingOnes('el? finde').map(row => [row, weekend] as [string, Resolve]),
  ['el otro finde', nextWeekend],
  ['el otro fin de semana', nextWeekend],
  ['mediados|mitad de|del <month> de|del? <year>?', middleOf],
  ['mediados|mitad de|del? mes', monthDay(15)],
  ['mediados|mitad de|del? proximo mes', (_, today) => monthDay(15, 1)({}, today)],
  ['mediados|mitad de la|esta? semana', (_, today) => inWeek(0)({ weekday: 3 }, today)],
  ['principios|principio|inicios|inicio|comienzos|comienzo de|del? <month>', startOf],
  ['principios|principio|inicios|inicio|comienzos|comienzo de|del? mes', monthDay(1)],
  ['principios|principio|inicios|inicio|comienzos|comienzo de|del? proximo mes', monthDay(1, 1)],
  ['principios|principio|inicios de|del? mes que viene', monthDay(1, 1)],
  [
    'principios|principio|inicios|inicio de la? proxima|otra semana',
    (_, today) => monday(today) + 7,
  ],
  ['principios|principio|inicios de la? semana que viene', (_, today) => monday(today) + 7],
  ['esta semana', week(0)],
  ['la? semana pasada', week(-1)],
  ['la? ultima semana', recent(7)],
  ['los|las? ultimos|ultimas <n> dias', (values, today) => recent(values.n ?? 1)(values, today)],
  ['el? mes pasado', month(-1)],
  ['la? proxima|otra|siguiente semana', week(1)],
  ['next week', week(1)],
  ['this week', week(0)],
  ...comingOnes('la? semana').map(row => [row, week(1)] as [string, Resolve]),
  ['este mes', month(0)],
  ['el? proximo|otro mes', month(1)],
  ...comingOnes('el? mes').map(row => [row, month(1)] as [string, Resolve]),
  ['la|esta? quincena', payDay],
  ['nochebuena', fixed(12, 24)],
  ['navidad', fixed(12, 25)],
  ['nochevieja', fixed(12, 31)],
];

/** The first of the month that is spoken of, or of this one. */
function monthOf(values: Values, today: Day): Day {
  const now = parts(today);
  if (values.month === undefined) return day(now.year, now.month, 1);
  return day(yearOfMonth(values, today), values.month, 1);
}
function lastWeekday(values: Values, today: Day): Meaning {
  const { year, month: number } = parts(monthOf(values, today));
  const last = lastOfMonth(year, number);
  return last - ((weekdayOf(last) - at(values, 'weekday') + 7) % 7);
}
function nthWeekday(values: Values, today: Day): Meaning {
  const first = monthOf(values, today);
  const ahead = (at(values, 'weekday') - weekdayOf(first) + 7) % 7;
  return first + ahead + 7 * (at(values, 'nth') - 1);
}
/** Weeks are those that begin in the month, the first one also if it began before; due on its Friday. */
function nthWeek(values: Values, today: Day): Meaning {
  const first = monthOf(values, today);
  const from = monday(first) + 7 * (at(values, 'nth') - 1);
  return { due: Math.max(from + 4, first), from: Math.max(from, first), to: from + 6 };
}
function monthAfter(values: Values, today: Day): Meaning {
  const { year, month: current } = parts(today);
  const { year: y, month: m } = parts(day(year, current + 1, 1));
  return validDay(y, m, at(values, 'date'));
}
function numeralMonth(values: Values, today: Day): Meaning {
  return dated({ ...values, date: at(values, 'numeral') }, today);
}

export const datePhrases = table<Resolve>(rows);
