import type { Reference } from '../model.ts';
import { numberAt } from './dates/words.ts';
import { memberAt, type Team } from './people.ts';
import { type Classes, longestAt, type Match, table } from './phrases.ts';
import { rankAt } from './ranks.ts';
import type { Word } from './reader.ts';
import { formAt } from './text.ts';

type Cue = (match: Match) => Reference;

/** "las tres primeras" are those from the first to the third; "las primeras" are two. */
const upTo = (count = 2): number[] =>
  Array.from({ length: Math.min(count, 10) }, (_, at) => at + 1);

const ordinalNames = [
  'primer@|primer|1a|1ra|1ro|1er',
  'segund@|2da|2do|2a',
  'tercer@|tercer|3ra|3ro|3a',
  'cuart@|4ta|4to',
  'quint@|5ta|5to',
  'sext@',
  'septim@',
  'octav@',
];
const noun = 'tarea|task|ticket|opcion|pendiente|actividad|numero|nro|num';

const rows: [string, Cue][] = [
  ...ordinalNames.flatMap((words, index): [string, Cue][] => [
    [`la|el|lo? ${words} ${noun}? de? la? lista?`, () => ({ ordinals: [index + 1] })],
  ]),
  ...['first', 'second', 'third', 'fourth', 'fifth'].map((word, index): [string, Cue] => [
    `the ${word} one|task?`,
    () => ({ ordinals: [index + 1] }),
  ]),
  ['the last one|task?', () => ({ ordinals: [-1] })],
  ['la|el ultim@', () => ({ ordinals: [-1] })],
  ['la|el penultim@', () => ({ ordinals: [-2] })],
  ['las|los <n>? primer@ <n>?', match => ({ ordinals: upTo(match.values.n) })],
  ['las|los <n>? ultim@ <n>?', match => ({ ordinals: upTo(match.values.n).map(n => -n) })],
  [`la|el <n>`, match => ({ ordinals: [match.values.n ?? 1] })],
  ['la|el? numero|nro|num|opcion|# <n>', match => ({ ordinals: [match.values.n ?? 1] })],
  ['la|el? tarea|task|ticket numero|nro|num|# <n>', match => ({ taskId: match.values.n ?? 1 })],
  ['la|el? tarea|task|ticket # <id>', match => ({ taskId: match.values.id ?? 1 })],
  ['la|el? tarea|task|ticket <id>', match => ({ taskId: match.values.id ?? 1 })],
  ['# <id>', match => ({ taskId: match.values.id ?? 1 })],
  ['es@|est@|aquella|esas|estas|ese|este', () => ({ pronoun: true })],
  [`esa|esta|ese|este|aquella|misma ${noun}`, () => ({ pronoun: true })],
  ['la|el misma|mismo', () => ({ pronoun: true })],
  ['este|esta|ese|esa ultimo|ultima', () => ({ pronoun: true })],
  ['la misma tarea', () => ({ pronoun: true })],
  [`la|el|al|los|las otra|otro|otros|otras ${noun}?`, () => ({ other: true })],
  ['la|el anterior', () => ({ pronoun: true })],
  ['ella|it|that|ahi|alli', () => ({ pronoun: true })],
  [
    'la que acabo|acabamos|acabas de crear|hacer|agregar|mencionar|decir',
    () => ({ pronoun: true }),
  ],
  [
    'la|el ultima|ultimo tarea|task? que cree|creaste|creamos|agregue|hice',
    () => ({ pronoun: true }),
  ],
  ['tod@ las|los|esas|estas|sus? tareas|tasks|tickets|pendientes?', () => ({ all: true })],
  ['tod@ mis tareas|tasks|tickets|pendientes?', () => ({ all: true, mine: true })],
  ['tod@ las|los mias|mios', () => ({ all: true, mine: true })],
  ['all|ambas|ambos', () => ({ all: true })],
  ['las|los dos|tres|cuatro|cinco', () => ({ all: true })],
  ['mis|mi|my', () => ({ mine: true })],
  ['las|los|la|lo|el mia|mias|mios|mio', () => ({ mine: true })],
  ['la|el|las|los que es|son mia|mias|mios|mio', () => ({ mine: true })],
  ['que? tengo|debo|traigo|llevo', () => ({ mine: true })],
  ['que|me toca|tocan', () => ({ mine: true })],
  ['me queda|quedan|falta|faltan', () => ({ mine: true })],
  ['asignad@ a mi', () => ({ mine: true })],
  ['de mi|mias|mios|mine', () => ({ mine: true })],
  ['vencid@|atrasad@|retrasad@|caducad@|overdue|pasadas|expiradas', () => ({ overdue: true })],
  ['fuera de plazo|fecha|tiempo', () => ({ overdue: true })],
  ['que? ya? vencieron|caducaron', () => ({ overdue: true })],
  [
    'se nos|me|te|le? ha|han? paso|pasaron|pasa|pasan|pasado|vencio|vencieron|vencido de? fecha|plazo|tiempo?',
    () => ({ overdue: true }),
  ],
  ['sin asignar|responsable|dueno|encargado|asignacion', () => ({ unassigned: true })],
  ['de nadie', () => ({ unassigned: true })],
  ['sin nadie asignad@?', () => ({ unassigned: true })],
  ['no tiene|tienen|tenga|tengan a? nadie asignad@?', () => ({ unassigned: true })],
  ['nadie asignad@', () => ({ unassigned: true })],
  ['no tiene|tienen|tenga|tengan responsable|encargado|dueno', () => ({ unassigned: true })],
  ['unassigned', () => ({ unassigned: true })],
  ['sin fecha|plazo|deadline limite|entrega?', () => ({ undated: true })],
];
const cues = table(rows);

const classes: Classes = {
  n: (words, at) => {
    const found = numberAt(words, at);
    return found && found.value > 0 && found.value < 100 ? found : undefined;
  },
  id: (words, at) =>
    words[at]?.kind === 'number' && (words[at]?.text.length ?? 99) < 10
      ? { value: Number(words[at]?.text), length: 1 }
      : undefined,
};

export type FoundReference = { start: number; end: number; reference: Reference };

/** "la de Ana", "las tareas de Luis": whose task, told from "la del contrato" by the name. */
const ownerAt = (words: readonly Word[], at: number, team: Team): FoundReference | undefined => {
  if (words[at]?.form === 'que') return heldAt(words, at, team);
  if (words[at]?.form !== 'de') return undefined;
  const before = words[at - 1];
  if (!before?.thing && !['la', 'las', 'el', 'los', 'lo'].includes(before?.form ?? ''))
    return undefined;
  const person = memberAt(words, at + 1, team);
  return person && { start: at - 1, end: person.end, reference: { of: person.value } };
};

const holding = new Set(
  'tiene tenga tienen tengan lleva lleve trae traiga hace haga ve vea'.split(' '),
);

/** "todo lo que tenga Íñigo", "el que trae Güicho". */
const heldAt = (words: readonly Word[], at: number, team: Team): FoundReference | undefined => {
  const before = words[at - 1]?.form ?? '';
  if (!['la', 'las', 'el', 'los', 'lo'].includes(before) || !holding.has(words[at + 1]?.form ?? ''))
    return undefined;
  const person = memberAt(words, at + 2, team);
  const all = words[at - 2]?.form.startsWith('tod') ? ({ all: true } as const) : {};
  return person && { start: at - 1, end: person.end, reference: { ...all, of: person.value } };
};

export const findReferences = (words: readonly Word[], team: Team): FoundReference[] => {
  const found: FoundReference[] = [];
  for (let at = 0; at < words.length; at++) {
    const owner = ownerAt(words, at, team);
    const rank = owner ? undefined : rankAt(words, at);
    const cue = owner || rank ? undefined : longestAt(cues, words, at, classes);
    const next =
      owner ??
      (rank && { start: at, end: rank.end, reference: { by: rank.rank } }) ??
      (cue && { start: at, end: cue.end, reference: cue.meaning(cue) });
    if (!next || (cue && describes(words, cue))) continue;
    found.push(next);
    at = next.end - 1;
  }
  return found;
};

/** "esta semana", "el 3 de mayo", "las dos pruebas", "mi informe": the word only introduces a noun. */
const describes = (words: readonly Word[], cue: Match): boolean => {
  if (isSelf(words, cue) || isBeing(words, cue) || isTime(words, cue)) return true;
  const last = words[cue.end - 1];
  const after = words[cue.end];
  if (!last || !after || cue.end - cue.start > 2 || last.thing) return false;
  return introducing.has(last.form) && isNoun(after);
};
const isNoun = ({ kind, thing, form, verbs }: Word): boolean =>
  kind === 'word' && !thing && !closers.has(form) && verbs.length === 0;
const introducing = new Set('esta este ese esa estas esas dos tres cuatro cinco'.split(' '));

/** "el otro día", "otra vez". */
const isTime = (words: readonly Word[], { end }: Match): boolean =>
  ['otro', 'otra'].includes(formAt(words, end - 1)) &&
  ['dia', 'vez', 'semana', 'mes', 'ano', 'lado'].includes(formAt(words, end));

/** "a mí", "para mí": the speaker, told from "mi tarea". */
const isSelf = (words: readonly Word[], { start, end }: Match): boolean =>
  end === start + 1 &&
  words[start]?.form === 'mi' &&
  ['a', 'para', 'por'].includes(words[start - 1]?.form ?? '');

/** "el login está listo", typed with or without its accent. */
const isBeing = (words: readonly Word[], cue: Match): boolean => {
  const word = words[cue.start];
  if (word?.form !== 'esta' && word?.form !== 'estas') return false;
  if (word.text.toLowerCase() !== word.form) return true;
  const before = words[cue.start - 1];
  return before?.kind === 'word' && before.verbs.length === 0 && !closers.has(before.form);
};

const closers = new Set(
  'me te se lo la le nos los las les a al como en por para con y de del que ya no es esta'.split(
    ' ',
  ),
);

/** All that the references say together; of several places in a list each is meant. */
export const merged = (references: readonly FoundReference[]): Reference => {
  const whole = Object.assign({}, ...references.map(each => each.reference)) as Reference;
  const ordinals = references.flatMap(each => each.reference.ordinals ?? []);
  return ordinals.length > 0 ? { ...whole, ordinals: [...new Set(ordinals)] } : whole;
};
