import { type Features, hasAct } from '../features.ts';
import { rankIn } from '../ranks.ts';
import { asksDone, asksWorkload } from '../reports.ts';
import {
  anyOf,
  asks,
  command,
  formIs,
  knows,
  objectIs,
  opensWith,
  person,
  type Reason,
  rest,
  starts,
  startsList,
  thing,
  verbIs,
} from './conditions.ts';
import {
  agenda,
  asksWhatWork,
  endsAsking,
  pointing,
  progressQuestion,
  someTask,
  whatIs,
} from './questions.ts';

/** Reasons for a question. */
export const asking: Reason[] = [
  ['get_status', 0.985, f => asksWorkload(f)],
  ['list_tasks', 0.98, f => f.question && rankIn(f.words) !== undefined && !knows(f)],
  ['list_tasks', 0.97, f => f.question && asksDone(f)],
  [
    'list_tasks',
    0.92,
    f =>
      asksWhatWork(f) && !knows(f) && !thing(f, 'project', 'risk', 'sprint', 'status', 'summary'),
  ],
  [
    'list_tasks',
    0.96,
    f => f.question && asks('que mas? hay|queda|quedo|falta|tenemos|esta pendiente|por')(f),
  ],
  ['list_tasks', 0.965, f => f.question && asksLacking(f) && !knows(f)],
  [
    'list_tasks',
    0.965,
    f =>
      f.question &&
      f.priorities.length > 0 &&
      !knows(f) &&
      opensWith('que|cuales|cual|hay|alguna|algo')(f),
  ],
  ['list_tasks', 0.96, f => f.question && starts(f, 'cuantas', 'cuantos') && f.members.length > 0],
  [
    'help',
    0.97,
    f =>
      f.question &&
      opensWith(
        'como creo|hago|puedo|marco|asigno|borro|cambio|agrego|invito',
        'como se crea|hace|puede|marca|asigna|borra|cambia|agrega|invita|usa',
      )(f),
  ],
  [
    'list_tasks',
    0.91,
    f =>
      f.question &&
      ((f.statuses.length > 0 && opensWith('hay|tenemos|existe|existen')(f)) ||
        (f.statuses.length + f.members.length + f.dates.length > 0 &&
          opensWith('de? esas|esos|estas|ellas|ellos cual|cuales')(f)) ||
        (f.statuses.length > 0 && opensWith('cual|cuales')(f))),
  ],
  ['list_tasks', 0.96, f => asksAfterPerson(f)],
  ['list_tasks', 0.97, f => f.question && someTask(f)],
  [
    'list_tasks',
    0.93,
    f => (hasAct(f, 'show', 'tell') || verbIs(f, 'dar', 'pasar')) && whatIs(f) && !thing(f, 'risk'),
  ],
  ['get_status', 0.9, f => f.question && hasAct(f, 'finish', 'start', 'block') && !agenda(f)],
  [
    'list_tasks',
    0.93,
    f =>
      f.question &&
      asks(
        'hay|tengo|tenemos|tiene|queda|quedo|existe|existen|falta algo|alguna|alguno|algun|cosas',
      )(f) &&
      !thing(f, 'risk', 'project'),
  ],
  [
    'list_tasks',
    0.955,
    f =>
      f.statuses.length + f.filters.length > 0 &&
      (hasAct(f, 'show', 'tell') || (verbIs(f, 'dar', 'pasar') && thing(f, 'tasks'))) &&
      f.head?.verbs.every(v => v.acts.includes('put')) === false,
  ],
  ['list_tasks', 0.85, f => f.question && f.members.length > 0 && opensWith('la|las|los|lo de')(f)],
  [
    'list_tasks',
    0.95,
    f =>
      (hasAct(f, 'show', 'tell') || (verbIs(f, 'dar', 'pasar') && !toMember(f))) &&
      thing(f, 'tasks', 'backlog') &&
      !thing(f, 'summary', 'status', 'risk', 'sprint'),
  ],
  [
    'list_tasks',
    0.93,
    f =>
      f.question &&
      thing(f, 'tasks', 'backlog') &&
      !thing(f, 'status', 'risk', 'summary') &&
      !countsAll(f),
  ],
  [
    'list_tasks',
    0.92,
    f => f.question && agenda(f) && !thing(f, 'project', 'risk', 'sprint', 'status', 'summary'),
  ],
  [
    'list_tasks',
    0.9,
    f =>
      !command(f) &&
      !f.question &&
      thing(f, 'tasks', 'backlog') &&
      f.statuses.length === 0 &&
      !thing(f, 'status', 'summary') &&
      !f.opening.duty,
  ],
  ['list_tasks', 0.91, f => startsList(f) && f.statuses.length > 0 && !countsAll(f)],
  [
    'list_tasks',
    0.85,
    f =>
      hasAct(f, 'show') &&
      !formIs(f, 'past', 'past3', 'part') &&
      (thing(f, 'task') || !thing(f, 'summary', 'status', 'project', 'risk', 'sprint')) &&
      !f.opening.duty &&
      rest(f) > 1,
  ],
  ['list_tasks', 0.84, opensWith('lista|listado|list|listame de?')],
  ['list_tasks', 0.98, f => asksForList(f) && !f.question && !objectIs(f, 'task', 'project')],
  [
    'get_status',
    0.955,
    f => f.question && opensWith('ya? esta|estan|quedo|termino|terminaron|se')(f),
  ],
  [
    'get_status',
    0.95,
    f => progressQuestion(f) && !(thing(f, 'tasks') && opensWith('que hay|se')(f)),
  ],
  [
    'get_status',
    0.95,
    f =>
      thing(f, 'status', 'summary') &&
      (hasAct(f, 'show', 'tell', 'create') || f.question || verbIs(f, 'dar', 'hacer', 'pasar')) &&
      f.statuses.length === 0 &&
      !objectIs(f, 'task'),
  ],
  [
    'get_status',
    0.9,
    anyOf('informe|reporte|balance|progreso del|de proyecto|estado|avance|avances|situacion'),
  ],
  [
    'get_status',
    0.9,
    f =>
      thing(f, 'status', 'summary') &&
      !command(f) &&
      f.statuses.length === 0 &&
      !objectIs(f, 'task'),
  ],
  ['get_status', 0.93, f => countsAll(f)],
  ['get_status', 0.9, f => f.question && starts(f, 'cuantas', 'cuantos', 'cuanto')],
  ['get_status', 0.87, f => f.question && thing(f, 'task') && !command(f)],
  ['get_status', 0.8, f => f.question && f.statuses.length > 0],
  [
    'get_status',
    0.82,
    f => f.question && !command(f) && rest(f) < 7 && opensWith('el|la|lo|los|las')(f),
  ],
  ['get_status', 0.86, f => f.question && knows(f) && !command(f)],
  [
    'get_status',
    0.97,
    f =>
      knows(f) &&
      opensWith(
        'cual es|era la|el fecha|deadline|plazo|entrega|prioridad|responsable|estado|estatus',
      )(f),
  ],
  ['get_status', 0.9, f => knows(f) && !command(f) && endsAsking(f)],
  ['get_status', 0.9, f => f.question && endsAsking(f) && starts(f, ...pointing)],
];

/** "regálame un listado de lo que tiene Ana". */
const asksForList = (f: Features): boolean =>
  (verbIs(f, 'regalar') && anyOf('las|los|mis tareas|pendientes')(f)) ||
  ((f.head?.clitics.some(c => c === 'me' || c === 'nos') ?? false) &&
    hasAct(f, 'create', 'do', 'give', 'put', 'show') &&
    anyOf('un|una|el|la lista|listado de|con')(f));

/** "¿quedó algo sin asignar?", "¿qué se nos pasó de fecha?". */
const asksLacking = anyOf(
  'sin asignar|responsable|dueno|encargado|fecha|plazo',
  'nadie asignad@',
  'no tiene|tienen|tenga|tengan a? nadie|responsable|dueno|fecha',
  'vencid@|atrasad@|retrasad@',
  'se nos|me|les ha|han? paso|pasaron|pasado de? fecha|plazo|tiempo',
);

/** "pasa sus tareas a Ana" hands over, "pásame las tareas" asks. */
const toMember = (f: Features): boolean =>
  !(f.head?.clitics.includes('me') ?? false) &&
  f.members.some(m => f.words[m.start - 1]?.form === 'a');

/** "¿cuántas tareas quedan?" asks for figures; "¿cuántas tiene Ana?" for a list. */
const countsAll = (f: Features): boolean =>
  starts(f, 'cuantas', 'cuantos', 'cuanto') &&
  !person(f) &&
  f.words.every(w => !/^\p{Lu}/u.test(w.text) || w === f.words[0]);

/** "¿en qué anda Ana?", "¿cómo va Luis?": a person right behind the question, not a task of theirs. */
const asksAfterPerson = (f: Features): boolean => {
  if (!f.question || !(progressQuestion(f) || agenda(f))) return false;
  const from = f.opening.end + 2;
  if (f.members.some(m => m.start === f.opening.end)) return true;
  return f.members.some(
    m => m.start >= from && m.start <= from + 2 && f.words[m.start - 1]?.form !== 'de',
  );
};
