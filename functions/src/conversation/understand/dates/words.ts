import type { Classes, Found } from '../phrases.ts';
import { nearest, tolerance } from '../spelling.ts';
import type { Token } from '../text.ts';

const numbered = (groups: readonly string[]): Map<string, number> =>
  new Map(groups.flatMap((words, index) => words.split(' ').map(word => [word, index] as const)));

const small = numbered([
  'cero zero',
  'un uno una one',
  'dos par two',
  'tres three',
  'cuatro four',
  'cinco five',
  'seis six',
  'siete seven',
  'ocho eight',
  'nueve nine',
  'diez ten',
  'once eleven',
  'doce twelve',
  'trece',
  'catorce',
  'quince',
  'dieciseis',
  'diecisiete',
  'dieciocho',
  'diecinueve',
  'veinte',
  'veintiun veintiuno veintiuna',
  'veintidos',
  'veintitres',
  'veinticuatro',
  'veinticinco',
  'veintiseis',
  'veintisiete',
  'veintiocho',
  'veintinueve',
  'treinta',
]);
const tens = new Map([
  ['treinta', 30],
  ['cuarenta', 40],
  ['cincuenta', 50],
  ['sesenta', 60],
  ['noventa', 90],
]);

const weekdays = numbered([
  '-',
  'lunes lun monday',
  'martes tuesday',
  'miercoles mie wednesday',
  'jueves jue thursday',
  'viernes vie friday',
  'sabado sab saturday',
  'domingo dom sunday',
]);

const months = numbered([
  '-',
  'enero ene january jan',
  'febrero feb february',
  'marzo march',
  'abril abr april',
  'mayo may',
  'junio jun june',
  'julio jul july',
  'agosto ago august',
  'septiembre setiembre sep sept set september',
  'octubre oct october',
  'noviembre nov november',
  'diciembre dic december',
]);

/** A unit as days; months carry 1000 each so that one number says both. */
export const monthUnit = 1000;
const units = new Map([
  ['dia', 1],
  ['dias', 1],
  ['day', 1],
  ['days', 1],
  ['semana', 7],
  ['semanas', 7],
  ['week', 7],
  ['weeks', 7],
  ['quincena', 15],
  ['quincenas', 15],
  ['mes', monthUnit],
  ['meses', monthUnit],
  ['month', monthUnit],
  ['months', monthUnit],
  ['ano', 12 * monthUnit],
  ['anos', 12 * monthUnit],
]);

const nths = numbered([
  '-',
  'primer primera primero',
  'segundo segunda',
  'tercer tercera tercero',
  'cuarto cuarta',
]);

const one = (value: number | undefined): Found | undefined =>
  value === undefined ? undefined : { value, length: 1 };

const lookalikes = new Set([
  'luces',
  'lentes',
  'jueces',
  'sabana',
  'sabanas',
  'dominio',
  'dominios',
  'marte',
  'martas',
  'juegos',
  'juega',
]);

/** Weekdays are often mistyped and mean nothing else; other date words are too short to bend. */
const longNames = [...weekdays.keys()].filter(name => name.length > 4);
const initials = new Set(longNames.map(name => name[0]));

const misspelt = (word: string): number | undefined => {
  const slips = tolerance(word.length);
  if (!slips || word.length > 11 || !initials.has(word[0]) || lookalikes.has(word))
    return undefined;
  const likely = longNames.filter(name => name[0] === word[0]);
  const found = nearest(word, likely, slips);
  return found === undefined ? undefined : weekdays.get(found);
};

const compound = (tokens: readonly Token[], at: number): Found | undefined => {
  const ten = tens.get(tokens[at]?.form ?? '');
  const unit = small.get(tokens[at + 2]?.form ?? '');
  if (!ten) return undefined;
  if (tokens[at + 1]?.form === 'y' && unit && unit < 10) return { value: ten + unit, length: 3 };
  return { value: ten, length: 1 };
};

export const numberAt = (tokens: readonly Token[], at: number): Found | undefined => {
  const token = tokens[at];
  if (!token) return undefined;
  if (token.kind === 'number') return token.text.length < 5 ? one(Number(token.text)) : undefined;
  const parDe = token.form === 'par' && tokens[at + 1]?.form === 'de' ? 2 : 1;
  const joined = compound(tokens, at);
  if (joined) return joined;
  const value = small.get(token.form);
  return value === undefined ? undefined : { value, length: parDe };
};

const dateNumber = (tokens: readonly Token[], at: number): Found | undefined => {
  const found = numberAt(tokens, at);
  return found && found.value >= 1 && found.value <= 31 ? found : undefined;
};

const numeral = (tokens: readonly Token[], at: number): Found | undefined =>
  tokens[at]?.kind === 'number' ? dateNumber(tokens, at) : undefined;

/** Only behind these is a word that merely looks like a weekday taken for one. */
const weekdayLeads = new Set(
  'el este proximo siguiente otro para al del hasta mejor pasado ,'.split(' '),
);

export const classes: Classes = {
  n: numberAt,
  date: dateNumber,
  numeral,
  year: (tokens, at) =>
    /^(?:19|20|21)\d\d$/.test(tokens[at]?.text ?? '') ? one(Number(tokens[at]?.text)) : undefined,
  weekday: (tokens, at) => {
    const word = tokens[at]?.form ?? '';
    const led = at === 0 || weekdayLeads.has(tokens[at - 1]?.form ?? '');
    return one(weekdays.get(word) ?? (led ? misspelt(word) : undefined));
  },
  nth: (tokens, at) => one(nths.get(tokens[at]?.form ?? '')),
  month: (tokens, at) => one(months.get(tokens[at]?.form ?? '')),
  unit: (tokens, at) => one(units.get(tokens[at]?.form ?? '')),
};
