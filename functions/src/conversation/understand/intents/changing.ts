import { type Features, hasAct } from '../features.ts';
import {
  isOnIt,
  isSettledWork,
  isStuck,
  reopens,
  tellsDeed,
  tellsOwnDeed,
  wasDone,
} from '../implied.ts';
import { formAt } from '../text.ts';
import {
  anyOf,
  command,
  formIs,
  has,
  knows,
  opensWith,
  type Reason,
  rest,
  starts,
  startsList,
  thing,
  verbIs,
} from './conditions.ts';

/** Reasons for changing a task. */
export const changing: Reason[] = [
  ['update_status', 0.985, f => reopens(f) && !f.question],
  ['update_status', 0.93, f => isStuck(f) && !f.question],
  ['update_status', 0.9, f => isOnIt(f) && !f.question],
  ['update_status', 0.86, f => tellsDeed(f) && !f.question],
  ['update_status', 0.9, f => tellsOwnDeed(f) && knows(f) && !f.question],
  [
    'update_status',
    0.87,
    f =>
      isSettledWork(f) &&
      !f.question &&
      f.statuses.length === 0 &&
      (knows(f) || starts(f, 'el', 'la', 'los', 'las', 'lo', 'ya')),
  ],
  ['update_status', 0.86, f => onlySays(f, 'estado', 'estatus')],
  ['assign_task', 0.86, f => onlySays(f, 'responsable', 'encargado', 'encargada')],
  ['update_status', 0.9, f => wasDone(f) && !f.question && !command(f) && rest(f) > 2],
  ['undo', 0.9, f => hasAct(f, 'undo') && !f.question],
  ['update_status', 0.92, f => readyFirst(f) && !f.question],
  ['update_status', 0.95, f => f.statuses.length > 0 && hasAct(f, 'put') && !f.question],
  ['update_status', 0.93, f => f.statuses.length > 0 && verbIs(f, 'dar') && has(f, 'por')],
  [
    'update_status',
    0.92,
    f =>
      hasAct(f, 'finish') &&
      !f.opening.duty &&
      !f.question &&
      rest(f) > 0 &&
      !isWanted(f) &&
      !isToBeDoneBy(f),
  ],
  [
    'update_status',
    0.9,
    f => hasAct(f, 'start', 'block', 'reopen') && !f.opening.duty && !f.question,
  ],
  [
    'update_status',
    0.9,
    f => f.statuses.length > 0 && !f.question && !startsList(f) && rest(f) > 1,
  ],
  [
    'update_status',
    0.88,
    opensWith(
      'estoy|estamos|ando|sigo con|en|trabajando|haciendo|metido|metida|viendo|revisando|armando|preparando|terminando',
      'me|nos pongo|ponemos|pondre con|a',
      'me pongo|puse con|a',
      'arranco|arrancamos con',
      'vamos|voy|estamos|estoy arrancando|empezando|comenzando',
    ),
  ],
  [
    'update_status',
    0.85,
    f => verbIs(f, 'hacer') && formIs(f, 'past', 'past3', 'part') && !f.question,
  ],
  [
    'update_status',
    0.9,
    f => f.statuses.length === 0 && thing(f, 'status') && hasAct(f, 'put') && !f.question,
  ],
  [
    'update_status',
    0.9,
    f =>
      anyOf(
        'ya quedo|quedaron|esta|estan|estaria|termine|acabe|salio',
        'quedo|quedaron list@',
        'la|lo|las|los hice|termine|acabe|complete|cerre|hicimos|terminamos',
        'se termino|acabo|completo|termin@',
      )(f) &&
      !f.question &&
      !isToBeDoneBy(f) &&
      !has(f, 'creada', 'asignada'),
  ],
  ['update_status', 0.975, f => notesReport(f)],
  ['update_status', 0.86, f => ticksOff(f) && !f.question],
  [
    'assign_task',
    0.86,
    f => f.members.some(m => ['a', 'para'].includes(formAt(f.words, m.start - 1))) && namesOnly(f),
  ],
];

/** "y la fecha": which value, and nothing else. */
export const onlySays = (f: Features, ...nouns: string[]): boolean => {
  const said = f.words.slice(f.opening.end).filter(w => w.kind !== 'mark');
  const [article = '', noun = ''] = said.map(w => w.form);
  return !f.question && said.length === 2 && ['la', 'el'].includes(article) && nouns.includes(noun);
};

/** "la de la banda, para el lunes", "los planos a Luis": a thing that there is, and what it is to get. */
export const namesOnly = (f: Features): boolean =>
  !f.question &&
  !f.opening.duty &&
  ((!f.head && starts(f, 'el', 'la', 'los', 'las', 'lo')) ||
    (knows(f) && (!f.head || within(f.head.at, f.named))));

export const within = (at: number, run: { start: number; end: number } | undefined): boolean =>
  run !== undefined && run.start <= at && at < run.end;

/** "que me lo entregue el 10": a day by which it is wanted, not a report. */
export const isWanted = (f: Features): boolean =>
  f.dates.length > 0 && (f.head?.verbs.every(v => v.form === 'subj') ?? false);

/** "marca solo la del baño": marked with nothing else, a task is marked as done. */
const ticksOff = (f: Features): boolean =>
  verbIs(f, 'marcar') &&
  formIs(f, 'imp') &&
  knows(f) &&
  f.statuses.length + f.priorities.length === 0;

/** "que la termine Jorge": who is to, not that it is. */
const isToBeDoneBy = (f: Features): boolean =>
  f.assignees.some(({ strong }) => strong) &&
  formIs(f, 'subj') &&
  formAt(f.words, f.opening.end) === 'que';

/** "anota que la cerca ya la está arreglando Fabio": what is noted is how a task stands. */
const notesReport = (f: Features): boolean =>
  hasAct(f, 'create') &&
  formAt(f.words, (f.head?.at ?? -2) + 1) === 'que' &&
  knows(f) &&
  (isOnIt(f) || isSettledWork(f) || tellsDeed(f) || f.statuses.length > 0);

/** "listo el informe": the first word tells, where elsewhere it only greets. */
const readyFirst = ({ words }: Features): boolean =>
  ['listo', 'lista', 'listos', 'listas', 'hecho', 'hecha', 'echo'].includes(words[0]?.form ?? '') &&
  ['el', 'la', 'lo', 'los', 'las', 'con'].includes(words[1]?.form ?? '');
