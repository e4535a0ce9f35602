import type { Implied, IntentName, MemberRole, TaskStatus } from '../model.ts';
import { classes, monthUnit } from './dates/words.ts';
import { type Features, hasAct } from './features.ts';
import { type Classes, scan, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { asksDone, asksWorkload } from './reports.ts';
import { formAt, type Token } from './text.ts';
import type { Act } from './verb-list.ts';

/** Phrases by which a person says that they are at work on something. */
const onIt = table<true>([
  ['vamos|voy|estamos|estoy arrancando|empezando|comenzando con?', true],
  ['estoy|estamos|ando|sigo|sigue viendo|revisando|armando|preparando|terminando', true],
  ['estoy|estamos|ando|sigo|sigue trabajando|haciendo|metido|metida en|con?', true],
  ['estoy|estamos|ando|sigo con|en', true],
  [
    'ya? la|lo|las|los esta|estan|estoy|estamos|anda|andan|ando|viene|vengo trabajando|haciendo|viendo|armando|preparando|terminando|llevando',
    true,
  ],
  ['me|nos pongo|ponemos|pondre|puse con|a hacer?', true],
  ['arranco|arrancamos|arranque|empiezo|empezamos|comienzo con', true],
  [
    'esta|estan|anda|andan|sigue|siguen haciendo|trabajando|viendo|armando|preparando|revisando en|con?',
    true,
  ],
  ['la|lo|las|los? esta|estan|estoy|estamos|anda|andan|ando|sigue|siguen|viene <ger>', true],
  ['la|lo|las|los vuelvo|volvemos|vuelve a hacer|tomar|agarrar|retomar', true],
]);

const stuck = table<true>([
  [
    'no puedo|podemos|pude|pudimos|consigo|logro seguir|avanzar|continuar|terminar|arrancar|empezar con|en?',
    true,
  ],
  [
    'estoy|estamos|quede|quedamos|ando|me|nos quede? trabad@|atascad@|atorad@|bloquead@|varad@ con|en',
    true,
  ],
  ['no avanza|avanzan|camina|caminan', true],
  ['sigue|siguen|esta|estan sin avanzar|moverse|caminar|respuesta', true],
  [
    'no he|hemos|ha|han podido seguir|avanzar|continuar|terminar|arrancar|empezar|hacer con|en?',
    true,
  ],
]);
/** "no puedo seguir con el checkout": the person says it of themselves. */
export const isStuck = (f: Features): boolean => scan(stuck, f.words).length > 0;

const going: Classes = {
  ger: (tokens, at) => {
    const form = tokens[at]?.form ?? '';
    return /(?:ando|iendo|yendo)$/.test(form) && !/^(?:esper|falt|llov)/.test(form)
      ? { value: 0, length: 1 }
      : undefined;
  },
};

export const onItIn = (words: readonly Token[]) => scan(onIt, words, going);
/** "ya lo está haciendo Martín", "estoy con el informe": work under way. */
export const isOnIt = (f: Features): boolean => onItIn(f.words).length > 0;

export const stuckIn = (words: readonly Token[]) => scan(stuck, words);

const again = table<true>([
  [
    'vuelve|volve|vuelva|volver|volvamos a abrir|abrirla|abrirlo|abrirme|pendiente|pendientes',
    true,
  ],
  ['abre|abri|abrir de nuevo', true],
  ['abre|abri|abrila|abrela|abrilo|abrelo|abrirla|abrirlo otra vez|nuevamente', true],
  ['abrila|abrela|abrilo|abrelo|abrirla|abrirlo de nuevo|vuelta', true],
]);
export const reopens = (f: Features): boolean => scan(again, f.words).length > 0;

const settling = new Set(
  'quedo quedaron esta estan hice termine acabe complete cerre hicimos terminamos'.split(' '),
);

const donePhrases = table<true>([
  ['ya se <did>', true],
  [
    'se entrego|hizo|cerro|resolvio|finalizo|pago|envio|mando|publico|aprobo|instalo|termino|acabo|completo',
    true,
  ],
]);
const deeds: Classes = {
  did: (tokens, at) =>
    /(?:aron|ieron|[^aeiou]io|[^aeiou]o)$/.test(tokens[at]?.form ?? '')
      ? { value: 0, length: 1 }
      : undefined,
};

/** A thing that "is" or "ended up" in the state that some work brings about: "quedó reparado". */
const brought = new Set(
  'asignad cread vencid atrasad retrasad cancelad programad planead planificad agendad invitad preocupad ocupad cansad enojad equivocad confundid perdid demorad pasad prevenid avisad enterad metid dedicad ubicad'.split(
    ' ',
  ),
);
const participle = /^(\p{L}{2,}(?:ad|id))[oa]s?$/u;
const irregular = /^(?:vist|puest|escrit|impres|cubiert|compuest|repuest|mel|nic)[oa]s?$/;
const states: Classes = {
  part: (tokens, at) => {
    const form = tokens[at]?.form ?? '';
    const stem = participle.exec(form)?.[1];
    const fits = stem ? !brought.has(stem) : irregular.test(form);
    return fits ? { value: 0, length: 1 } : undefined;
  },
};
const settled = table<true>([
  ['se encuentra|encuentran|halla ya? <part>', true],
  [
    'ya? esta|estan|quedo|quedaron|quede|queda|fue|fueron|estaba|estaban ya|bien|todo|toda? <part>',
    true,
  ],
  ['ya <part>', true],
]);
export const settledIn = (words: readonly Token[]) => scan(settled, words, states);
export const isSettledWork = (f: Features): boolean => settledIn(f.words).length > 0;

const clitics = new Set(['lo', 'la', 'los', 'las', 'le', 'les', 'se', 'me', 'nos']);
const pastEnding = /(?:[éíó]|amos|imos|aron|ieron)$/;
/** Words of the present that end like a past typed without its accent. */
const present = new Set(
  'tiene puede quiere viene sabe hace debe existe sigue este esto eso uno solo mismo todo pero cuando casi cerca veinte siete nueve doce trece quince porque aunque asi aqui alli mi si ni vi fue voy soy estoy tengo hago puedo quiero vengo sigo cuanto tanto'.split(
    ' ',
  ),
);
const plainPast = /^[a-z]{3,}(?:e|i|o)$/;
/** Deeds on the board that were done somewhere else are none of ours to repeat. */
const elsewhere = new Set<Act>(['assign', 'create', 'invite', 'comment', 'remove']);

/** "ya pagué el arriendo", "el arriendo ya lo pagamos": where "ya" and a past tell of work that is done. */
export const deedIn = (words: readonly Word[]): { start: number; end: number } | undefined => {
  const start = words.findIndex(w => w.form === 'ya');
  if (start < 0) return undefined;
  let at = start + 1;
  while (clitics.has(formAt(words, at))) at++;
  const word = words[at];
  if (having.has(formAt(words, at)) && participle.test(formAt(words, at + 1)))
    return { start, end: at + 2 };
  return word && isPast(word) ? { start, end: at + 1 } : undefined;
};
const before = new Set(['y', 'ah', 'hoy', 'ayer', 'tambien', 'bueno', 'pues', ',']);

/** "compré el cemento", "también mandé las invitaciones": the speaker tells a deed, which a task may be about. */
export const ownDeedIn = (words: readonly Word[]): { start: number; end: number } | undefined => {
  let at = 0;
  while (before.has(formAt(words, at)) || clitics.has(formAt(words, at))) at++;
  const word = words[at];
  const own = /(?:[éí]|[ai]mos)$/.test(word?.text.toLowerCase() ?? '');
  return word && own && isPast(word) ? { start: at, end: at + 1 } : undefined;
};

/** "ya lo tiene cotizado". */
const having = new Set(['tengo', 'tiene', 'tenemos', 'tienen']);

const irregularPast = new Set(
  'hizo hice hicieron puso puse trajo traje vino dio di dieron tuvo estuvo pudo dijo'.split(' '),
);

const isPast = ({ kind, form, text, verbs }: Word): boolean => {
  if (irregularPast.has(form)) return true;
  if (kind !== 'word' || present.has(form)) return false;
  if (verbs.some(v => v.acts.some(act => elsewhere.has(act)))) return false;
  const ends = pastEnding.test(text.toLowerCase());
  if (verbs.length === 0) return ends || plainPast.test(form);
  return ends && verbs.some(v => v.form === 'past' || v.form === 'past3');
};
export const tellsDeed = (f: Features): boolean => deedIn(f.words) !== undefined;
export const tellsOwnDeed = (f: Features): boolean => ownDeedIn(f.words) !== undefined;

/** "el informe ya se entregó": told of the thing, with nobody named. */
export const doneIn = (words: readonly Token[]) => scan(donePhrases, words, deeds);
export const wasDone = (f: Features): boolean => doneIn(f.words).length > 0;

const ready = new Set(['listo', 'lista', 'listos', 'listas', 'hecho', 'hecha', 'echo']);
const statusActs: [Act, TaskStatus][] = [
  ['finish', 'done'],
  ['start', 'in_progress'],
  ['block', 'blocked'],
  ['reopen', 'todo'],
];

const madeIt = (f: Features): boolean =>
  f.head?.verbs.some(v => v.infinitive === 'hacer' && v.form !== 'imp') ?? false;

const isSettled = ({ words }: Features): boolean =>
  ready.has(words[0]?.form ?? '') || words.some(w => settling.has(w.form));

const isDone = (f: Features): boolean =>
  isSettled(f) || madeIt(f) || wasDone(f) || isSettledWork(f);

/** "ya arrancó" is only the beginning. */
const begins = (word: Word | undefined): boolean =>
  word?.verbs.some(v => v.acts.includes('start')) ?? false;

const statusOf = (f: Features): TaskStatus | undefined => {
  if (f.statuses.length > 0) return undefined;
  if (reopens(f)) return 'todo';
  if (isStuck(f)) return 'blocked';
  if (isOnIt(f)) return 'in_progress';
  const told = statusActs.find(([act]) => hasAct(f, act))?.[1];
  if (told) return told;
  if (isDone(f) || f.head?.verbs.some(v => v.infinitive === 'marcar')) return 'done';
  return toldStatus(f);
};

const toldStatus = ({ words }: Features): TaskStatus | undefined => {
  const deed = deedIn(words) ?? ownDeedIn(words);
  return deed && (begins(words[deed.end - 1]) ? 'in_progress' : 'done');
};

const spans = table<true>([['por? <n> <unit> mas?', true]]);
const extras = table<true>([['otr@|unos|unas? <n> <unit> mas|extra|extras|adicionales', true]]);

const spanIn = (f: Features) => {
  if (hasAct(f, 'postpone')) return scan(spans, f.words, classes)[0];
  const granted = hasAct(f, 'give', 'put') || f.opening.wish || !f.head;
  return granted ? scan(extras, f.words, classes)[0] : undefined;
};

/** "aplaza el informe dos días": by how much, where no day is named. */
export const shiftIn = (f: Features) => {
  const found = f.dates.length > 0 ? undefined : spanIn(f);
  const { n = 1, unit = 1 } = found?.values ?? {};
  if (!found) return undefined;
  const days = unit >= monthUnit ? 30 * (unit / monthUnit) * n : unit * n;
  const sooner = f.head?.verbs.some(v => v.infinitive === 'adelantar');
  return { start: found.start, end: found.end, days: sooner ? -days : days };
};

const nobodyPhrases = table<true>([
  ['sin asignar|responsable|asignacion|encargado|dueno', true],
  ['para|a|sin nadie', true],
]);
const undatedPhrases = table<true>([
  ['sin fecha|plazo|deadline|vencimiento limite|concreta?', true],
  ['sin fecha de entrega|vencimiento', true],
]);

export const nobodyIn = (words: readonly Token[]) => scan(nobodyPhrases, words)[0];
export const undatedIn = (words: readonly Token[]) => scan(undatedPhrases, words)[0];

const roleNames = table<MemberRole>([
  ['solo|nomas pueda|puede|que|para ver|mirar|leer|vea|mire|lea|consulta', 'viewer'],
  ['lector|lectora|observador|observadora|espectador|espectadora|viewer|consulta', 'viewer'],
  ['solo|acceso|permiso|permisos de? lectura|ver|consulta', 'viewer'],
  [
    'administrador|administradora|admin|manager|gestor|gestora|gerente|coordinador|coordinadora',
    'manager',
  ],
  ['como|de|rol jefe|jefa|lider|encargado|encargada', 'manager'],
  ['miembro|integrante|colaborador|colaboradora|editor|editora|member', 'member'],
]);

/** What the verb itself says, where no word names the value: "cierra", "sube", "quítale la fecha". */
const impliedBy: Partial<Record<IntentName, (f: Features) => Implied>> = {
  update_status: f => {
    const status = statusOf(f);
    return status ? { status } : {};
  },
  set_priority: f => {
    if (f.priorities.length > 0) return {};
    if (hasAct(f, 'lower')) return { priority: 'low' };
    return hasAct(f, 'raise', 'give') ? { priority: 'high' } : {};
  },
  set_due_date: f => {
    const shift = shiftIn(f);
    if (shift) return { shift: shift.days };
    const removes = hasAct(f, 'remove') && f.dates.length === 0;
    return removes || undatedIn(f.words) ? { undated: true } : {};
  },
  add_member: f => {
    const role = scan(roleNames, f.words)[0]?.meaning;
    return role ? { role } : {};
  },
  get_status: f => (asksWorkload(f) ? { workload: true } : {}),
  list_tasks: f => (f.question && asksDone(f) ? { status: 'done' } : {}),
  assign_task: f =>
    hasAct(f, 'remove') || (nobodyIn(f.words) && f.members.length === 0) ? { nobody: true } : {},
};

export const impliedIn = (f: Features, intent: IntentName): Implied | undefined => {
  const implied = impliedBy[intent]?.(f) ?? {};
  return Object.keys(implied).length > 0 ? implied : undefined;
};
