import type { Implied, IntentName, TaskStatus } from '../model.ts';
import { classes, monthUnit } from './dates/words.ts';
import { type Features, hasAct } from './features.ts';
import { scan, table } from './phrases.ts';
import type { Token } from './text.ts';

/** Phrases by which a person says that they are at work on something. */
export const onIt = table<true>([
  ['estoy|estamos|ando|sigo|sigue trabajando|haciendo|metido|metida en|con?', true],
  ['estoy|estamos|ando|sigo con|en', true],
  ['me|nos pongo|ponemos|pondre|puse con|a hacer?', true],
  ['arranco|arrancamos|arranque con', true],
]);

const settling = new Set(
  'quedo quedaron esta estan hice termine acabe complete cerre hicimos terminamos'.split(' '),
);

const statusOf = (f: Features): TaskStatus | undefined => {
  if (f.statuses.length > 0) return undefined;
  if (scan(onIt, f.words).length > 0) return 'in_progress';
  if (hasAct(f, 'finish')) return 'done';
  if (hasAct(f, 'start')) return 'in_progress';
  if (hasAct(f, 'block')) return 'blocked';
  if (hasAct(f, 'reopen')) return 'todo';
  const past = f.head?.verbs.some(v => v.infinitive === 'hacer' && v.form !== 'imp');
  const settled = f.words.some(w => settling.has(w.form));
  return past || settled ? 'done' : undefined;
};

const spans = table<true>([['por? <n> <unit> mas?', true]]);

/** "aplaza el informe dos días": by how much, where no day is named. */
export const shiftIn = (f: Features) => {
  if (f.dates.length > 0 || !hasAct(f, 'postpone')) return undefined;
  const found = scan(spans, f.words, classes)[0];
  const { n = 1, unit = 1 } = found?.values ?? {};
  if (!found) return undefined;
  const days = unit >= monthUnit ? 30 * (unit / monthUnit) * n : unit * n;
  const sooner = f.head?.verbs.some(v => v.infinitive === 'adelantar');
  return { start: found.start, end: found.end, days: sooner ? -days : days };
};

const nobodyPhrases = table<true>([
  ['sin asignar|responsable|asignacion|encargado|dueno', true],
  ['para|a nadie', true],
]);
const undatedPhrases = table<true>([
  ['sin fecha|plazo|deadline|vencimiento limite|concreta?', true],
  ['sin fecha de entrega|vencimiento', true],
]);

export const nobodyIn = (words: readonly Token[]) => scan(nobodyPhrases, words)[0];
export const undatedIn = (words: readonly Token[]) => scan(undatedPhrases, words)[0];

/** What the verb itself says, where no word names the value: "cierra", "sube", "quítale la fecha". */
const impliedBy: Partial<Record<IntentName, (f: Features) => Implied>> = {
  update_status: f => {
    const status = statusOf(f);
    return status ? { status } : {};
  },
  set_priority: f => {
    if (f.priorities.length > 0) return {};
    if (hasAct(f, 'lower')) return { priority: 'low' };
    return hasAct(f, 'raise') ? { priority: 'high' } : {};
  },
  set_due_date: f => {
    const shift = shiftIn(f);
    if (shift) return { shift: shift.days };
    const removes = hasAct(f, 'remove') && f.dates.length === 0;
    return removes || undatedIn(f.words) ? { undated: true } : {};
  },
  assign_task: f =>
    hasAct(f, 'remove') || (nobodyIn(f.words) && f.members.length === 0) ? { nobody: true } : {},
};

export const impliedIn = (f: Features, intent: IntentName): Implied | undefined => {
  const implied = impliedBy[intent]?.(f) ?? {};
  return Object.keys(implied).length > 0 ? implied : undefined;
};
