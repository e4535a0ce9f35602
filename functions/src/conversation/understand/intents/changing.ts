import { type Features, hasAct } from '../features.ts';
import {
  isOnIt,
  isSettledWork,
  isStuck,
  reopens,
  shiftIn,
  tellsDeed,
  undatedIn,
  wasDone,
} from '../implied.ts';
import { formAt } from '../text.ts';
import {
  anyOf,
  command,
  formIs,
  has,
  knows,
  objectIs,
  opensWith,
  type Reason,
  rest,
  starts,
  startsList,
  thing,
  verbIs,
} from './conditions.ts';

const deadlineAct = (f: Features): boolean =>
  hasAct(f, 'put', 'postpone', 'create', 'do') || verbIs(f, 'dar');
/** Reasons for changing a task. */
export const changing: Reason[] = [
  [
    'set_due_date',
    0.86,
    f =>
      f.opening.wish &&
      f.dates.length > 0 &&
      !f.head &&
      !f.object &&
      starts(f, 'el', 'la', 'los', 'las'),
  ],
  [
    'set_priority',
    0.9,
    f =>
      f.priorities.length > 0 &&
      !f.question &&
      anyOf('tenga|sea|pase|quede')(f) &&
      !hasAct(f, 'create'),
  ],
  ['update_status', 0.985, f => reopens(f) && !f.question],
  ['update_status', 0.93, f => isStuck(f) && !f.question],
  ['update_status', 0.9, f => isOnIt(f) && !f.question],
  ['update_status', 0.86, f => tellsDeed(f) && !f.question],
  [
    'update_status',
    0.87,
    f =>
      isSettledWork(f) &&
      !f.question &&
      f.statuses.length === 0 &&
      (knows(f) || starts(f, 'el', 'la', 'los', 'las', 'lo', 'ya')),
  ],
  ['set_due_date', 0.86, f => onlySays(f, 'fecha', 'plazo', 'vencimiento', 'entrega')],
  ['set_priority', 0.86, f => onlySays(f, 'prioridad')],
  ['update_status', 0.86, f => onlySays(f, 'estado', 'estatus')],
  ['assign_task', 0.86, f => onlySays(f, 'responsable', 'encargado', 'encargada')],
  ['update_status', 0.9, f => wasDone(f) && !f.question && !command(f) && rest(f) > 2],
  ['set_due_date', 0.96, f => f.dates.length > 0 && !f.question && isMoved(f)],
  ['set_due_date', 0.965, f => shiftIn(f) !== undefined && !f.question && moves(f)],
  ['set_priority', 0.89, f => !f.question && says(f)],
  ['undo', 0.9, f => hasAct(f, 'undo') && !f.question],
  ['update_status', 0.92, f => readyFirst(f) && !f.question],
  ['set_due_date', 0.96, f => undatedIn(f.words) !== undefined && hasAct(f, 'put')],
  ['update_status', 0.95, f => f.statuses.length > 0 && hasAct(f, 'put') && !f.question],
  ['update_status', 0.93, f => f.statuses.length > 0 && verbIs(f, 'dar') && has(f, 'por')],
  [
    'update_status',
    0.92,
    f => hasAct(f, 'finish') && !f.opening.duty && !f.question && rest(f) > 0,
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
    0.88,
    f =>
      anyOf(
        'ya quedo|quedaron|esta|estan|estaria|termine|acabe|salio',
        'quedo|quedaron list@',
        'la|lo|las|los hice|termine|acabe|complete|cerre|hicimos|terminamos',
        'se termino|acabo|completo|termin@',
      )(f) &&
      !f.question &&
      !has(f, 'creada', 'asignada'),
  ],
  [
    'set_priority',
    0.96,
    f =>
      f.priorities.length > 0 &&
      hasAct(f, 'put', 'raise', 'lower') &&
      f.statuses.length === 0 &&
      !f.question,
  ],
  [
    'set_priority',
    0.95,
    f =>
      f.priorities.length > 0 &&
      thing(f, 'priority') &&
      hasAct(f, 'create', 'give') &&
      !objectIs(f, 'task', 'tasks'),
  ],
  ['set_priority', 0.94, f => thing(f, 'priority') && hasAct(f, 'put', 'raise', 'lower', 'give')],
  ['set_priority', 0.85, f => verbIs(f, 'priorizar', 'despriorizar')],
  [
    'set_priority',
    0.91,
    f =>
      f.priorities.length > 0 &&
      !command(f) &&
      !f.question &&
      anyOf('es|son|sea|esta|paso|ahora|seria', 'ya no es?')(f),
  ],
  [
    'set_due_date',
    0.95,
    f =>
      f.dates.length > 0 &&
      hasAct(f, 'put', 'postpone', 'due') &&
      f.statuses.length === 0 &&
      !f.question,
  ],
  [
    'set_priority',
    0.88,
    f =>
      f.priorities.length > 0 &&
      !command(f) &&
      !f.question &&
      f.priorities[0]?.start === f.opening.end,
  ],
  [
    'set_due_date',
    0.955,
    f => thing(f, 'deadline') && deadlineAct(f) && !objectIs(f, 'task', 'tasks') && !f.question,
  ],
  [
    'set_due_date',
    0.9,
    f =>
      hasAct(f, 'postpone') &&
      !verbIs(f, 'cambiar', 'actualizar', 'modificar', 'editar', 'pasar', 'correr'),
  ],
  [
    'set_due_date',
    0.92,
    f =>
      f.dates.length > 0 &&
      !command(f) &&
      !f.question &&
      anyOf(
        'es|son|sea|seria|queda|quede|este para',
        'vence|vencen|venza',
        'la|lo|las|los tenga|tengan|tengas|entregue|termine|acabe|haga|saque',
        'se entrega',
        'que? estar|quedar|salir|entregarse para|lista|listo|el|en|antes|a',
      )(f),
  ],
  [
    'set_due_date',
    0.87,
    f => f.dates.length > 0 && thing(f, 'deadline') && !objectIs(f, 'task') && !f.question,
  ],
  ['set_due_date', 0.86, f => thing(f, 'deadline') && hasAct(f, 'remove')],
  ['set_due_date', 0.86, f => f.dates.some(date => date.from < date.start) && namesOnly(f)],
  ['set_priority', 0.86, f => f.priorities.length > 0 && namesOnly(f)],
  [
    'assign_task',
    0.86,
    f => f.members.some(m => formAt(f.words, m.start - 1) === 'a') && namesOnly(f),
  ],
];

/** "y la fecha": which value, and nothing else. */
const onlySays = (f: Features, ...nouns: string[]): boolean => {
  const said = f.words.slice(f.opening.end).filter(w => w.kind !== 'mark');
  const [article = '', noun = ''] = said.map(w => w.form);
  return !f.question && said.length === 2 && ['la', 'el'].includes(article) && nouns.includes(noun);
};

/** "la de la banda, para el lunes", "los planos a Luis": a thing that there is, and what it is to get. */
const namesOnly = (f: Features): boolean =>
  !f.head && !f.question && starts(f, 'el', 'la', 'los', 'las', 'lo') && !f.opening.duty;

const isMoved = anyOf(
  'se mueve|pasa|corre|cambia|aplaza|pospone|adelanta|retrasa|atrasa|posterga|movio|paso|corrio a|al|para|hasta',
  'tiene|tienen|debe|deben que? salir|entregarse|cerrarse|terminarse|publicarse el|para|antes|hasta',
);

/** "córrela una semana", "dale dos días más": a move by days is meant, not work that takes them. */
const moves = (f: Features): boolean =>
  hasAct(f, 'give', 'put') ||
  f.opening.wish ||
  !f.head ||
  f.head.clitics.some(c => c.startsWith('l'));

/** "no corre prisa la documentación": the verb is itself the priority. */
const says = (f: Features): boolean => {
  const at = f.head?.at ?? -1;
  return f.priorities.some(p => (p.start <= at && at < p.end) || (!f.head && p.end > p.start + 1));
};

/** "listo el informe": the first word tells, where elsewhere it only greets. */
const readyFirst = ({ words }: Features): boolean =>
  ['listo', 'lista', 'listos', 'listas', 'hecho', 'hecha', 'echo'].includes(words[0]?.form ?? '') &&
  ['el', 'la', 'lo', 'los', 'las', 'con'].includes(words[1]?.form ?? '');
