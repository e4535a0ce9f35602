import type { Reference } from '../model.ts';
import { numberAt } from './dates/words.ts';
import { memberAt, type Team } from './people.ts';
import { type Classes, longestAt, type Match, table } from './phrases.ts';
import type { Word } from './reader.ts';

type Cue = (match: Match) => Reference;
const ordinals = [
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
  ...ordinals.flatMap((words, index): [string, Cue][] => [
    [`la|el|lo? ${words} ${noun}? de? la? lista?`, () => ({ ordinal: index + 1 })],
  ]),
  ['la|el ultim@', () => ({ ordinal: -1 })],
  ['la|el penultim@', () => ({ ordinal: -2 })],
  [`la|el <n>`, match => ({ ordinal: match.values.n ?? 1 })],
  ['la|el? numero|nro|num|opcion|# <n>', match => ({ ordinal: match.values.n ?? 1 })],
  ['la|el? tarea|task|ticket numero|nro|num|# <n>', match => ({ taskId: match.values.n ?? 1 })],
  ['la|el? tarea|task|ticket # <id>', match => ({ taskId: match.values.id ?? 1 })],
  ['la|el? tarea|task|ticket <id>', match => ({ taskId: match.values.id ?? 1 })],
  ['# <id>', match => ({ taskId: match.values.id ?? 1 })],
  ['es@|est@|aquella|esas|estas|ese|este', () => ({ pronoun: true })],
  [`esa|esta|ese|este|aquella|misma ${noun}`, () => ({ pronoun: true })],
  ['la|el|lo misma|mismo', () => ({ pronoun: true })],
  ['la misma tarea', () => ({ pronoun: true })],
  ['la|el anterior', () => ({ pronoun: true })],
  ['ella|it|that', () => ({ pronoun: true })],
  [
    'la que acabo|acabamos|acabas de crear|hacer|agregar|mencionar|decir',
    () => ({ pronoun: true }),
  ],
  [
    'la|el ultima|ultimo tarea|task? que cree|creaste|creamos|agregue|hice',
    () => ({ pronoun: true }),
  ],
  ['tod@ las|los|mis|esas|estas|sus? tareas|tasks|tickets|pendientes?', () => ({ all: true })],
  ['all|ambas|ambos', () => ({ all: true })],
  ['las|los dos|tres|cuatro|cinco', () => ({ all: true })],
  ['mis|mi|my', () => ({ mine: true })],
  ['las|los|la mia|mias|mios|mio', () => ({ mine: true })],
  ['que|me? tengo|toca|tocan|debo', () => ({ mine: true })],
  ['asignad@ a mi', () => ({ mine: true })],
  ['de mi|mias|mios|mine', () => ({ mine: true })],
  ['vencid@|atrasad@|retrasad@|caducad@|overdue|pasadas|expiradas', () => ({ overdue: true })],
  ['fuera de plazo|fecha|tiempo', () => ({ overdue: true })],
  ['que? ya? vencieron|caducaron', () => ({ overdue: true })],
  ['sin asignar|responsable|dueno|encargado|asignacion', () => ({ unassigned: true })],
  ['de nadie', () => ({ unassigned: true })],
  ['no tiene|tienen responsable|encargado|dueno', () => ({ unassigned: true })],
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
  if (words[at]?.form !== 'de') return undefined;
  const before = words[at - 1];
  if (!before?.thing && !['la', 'las', 'el', 'los', 'lo'].includes(before?.form ?? ''))
    return undefined;
  const person = memberAt(words, at + 1, team);
  return person && { start: at - 1, end: person.end, reference: { of: person.value } };
};

export const findReferences = (words: readonly Word[], team: Team): FoundReference[] => {
  const found: FoundReference[] = [];
  for (let at = 0; at < words.length; at++) {
    const owner = ownerAt(words, at, team);
    const cue = owner ? undefined : longestAt(cues, words, at, classes);
    const next = owner ?? (cue && { start: at, end: cue.end, reference: cue.meaning(cue) });
    if (!next || (cue && describes(words, cue))) continue;
    found.push(next);
    at = next.end - 1;
  }
  return found;
};

/** "esta semana", "el 3 de mayo", "las dos pruebas", "mi informe": the word only introduces a noun. */
const describes = (words: readonly Word[], cue: Match): boolean => {
  if (isBeing(words, cue)) return true;
  const last = words[cue.end - 1];
  const after = words[cue.end];
  if (after?.kind !== 'word' || after.thing) return false;
  const introduces = [
    'esta',
    'este',
    'ese',
    'esa',
    'estas',
    'esas',
    'dos',
    'tres',
    'cuatro',
    'cinco',
  ];
  if (introduces.includes(last?.form ?? '') && cue.end - cue.start <= 2 && !last?.thing)
    return !closers.has(after.form) && after.verbs.length === 0;
  return false;
};
/** "el login está listo", typed with or without its accent. */
const isBeing = (words: readonly Word[], cue: Match): boolean => {
  const word = words[cue.start];
  if (word?.form !== 'esta' && word?.form !== 'estas') return false;
  if (word.text.toLowerCase() !== word.form) return true;
  const before = words[cue.start - 1];
  return before?.kind === 'word' && before.verbs.length === 0 && !closers.has(before.form);
};

const closers = new Set('a al como en por para con y de del que ya no es esta'.split(' '));

export const merged = (references: readonly FoundReference[]): Reference =>
  Object.assign({}, ...references.map(each => each.reference)) as Reference;
