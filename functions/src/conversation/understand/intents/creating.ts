import { type Features, hasAct } from '../features.ts';
import { infinitiveEnding } from '../infinitive.ts';
import {
  anyOf,
  command,
  formIs,
  knows,
  objectIs,
  opensWith,
  type Reason,
  rest,
  thing,
  verbIs,
} from './conditions.ts';

/** Reasons for a new task. */
export const creating: Reason[] = [
  ['create_task', 0.97, f => verbIs(f, 'dar') && anyOf('de alta')(f) && thing(f, 'task', 'tasks')],
  ['create_task', 0.97, f => makes(f) && objectIs(f, 'task', 'tasks') && !f.question],
  ['create_task', 0.9, f => makes(f) && objectIs(f, 'task', 'tasks')],
  ['create_task', 0.97, f => hasAct(f, 'create') && another(f) && !f.question],
  ['create_task', 0.97, f => hasAct(f, 'create') && quotes(f)],
  ['create_task', 0.96, f => verbIs(f, ...noting) && formIs(f, 'imp', 'inf') && aTask(f)],
  ['create_task', 0.975, f => hasAct(f, 'create', 'give', 'put') && givesNew(f) && !f.question],
  ['create_task', 0.96, f => hasAct(f, 'create') && onList(f) && !f.question],
  ['create_task', 0.96, f => f.opening.duty && rest(f) > 1 && !mentionsTask(f)],
  [
    'create_task',
    0.91,
    f =>
      f.assignees.some(each => each.duty) &&
      (!command(f) || hasAct(f, 'create', 'tell')) &&
      !f.question,
  ],
  ['create_task', 0.96, f => f.assignees.some(each => each.duty) && hasAct(f, 'assign')],
  ['create_task', 0.95, f => f.opening.wish && objectIs(f, 'task') && !f.head],
  [
    'create_task',
    0.95,
    opensWith(
      'otr@ mas? para|de|que|:|tarea',
      'una mas igual?',
      'nueva|otra|new tarea|task|ticket|actividad',
      'tarea|task|ticket|pendiente nuev@|:',
      'una? nueva tarea|task',
    ),
  ],
  [
    'create_task',
    0.9,
    f =>
      opensWith('tarea|task|ticket|pendiente|to-do para|de|:')(f) &&
      rest(f) > 2 &&
      f.statuses.length === 0 &&
      !f.question,
  ],
  [
    'create_task',
    0.86,
    f =>
      verbIs(f, ...noting) &&
      !formIs(f, 'part', 'past3') &&
      rest(f) > 1 &&
      !thing(f, 'comment', 'team'),
  ],
  ['create_task', 0.965, f => notesWork(f) && !f.question],
  ['create_task', 0.93, f => addressesMember(f)],
  [
    'create_task',
    0.9,
    f => f.opening.wish && wishedOfMember(f) && !knows(f) && f.members.length > 0,
  ],
  ['create_task', 0.85, f => hasAct(f, 'remind') && rest(f) > 1],
  ['create_task', 0.8, f => f.opening.duty && rest(f) > 1],
  ['create_task', 0.9, f => onlyTask(f)],
  ['create_task', 0.86, f => namesWork(f)],
  ['create_task', 0.95, f => anotherDeed(f)],
  ['create_task', 0.97, f => handsWork(f) && !f.question],
  [
    'create_task',
    0.88,
    f => opensWith('una nueva? tarea|task')(f) && rest(f) > 3 && !f.question && !f.head,
  ],
  [
    'create_task',
    0.95,
    f => hasAct(f, 'create') && anyOf('que hay|habria|tenemos|tengo que')(f) && !f.question,
  ],
  [
    'create_task',
    0.9,
    f => anyOf('que? quede registrad@|anotad@|apuntad@|agendad@')(f) && !f.question,
  ],
  ['create_task', 0.97, f => hasAct(f, 'create') && givesAnother(f) && !f.question],
  ['create_task', 0.86, f => wishedOfMember(f) && f.members.length > 0],
  ['create_task', 0.8, f => wishedOfMember(f)],
  ['create_task', 0.7, f => soundsLikeWork(f) && !f.question && !knows(f)],
];

/** 'crea "Subir el logo"': what stands in quotation marks is the title. */
const quotes = (f: Features): boolean =>
  /^["«“]$/.test(f.words[(f.head?.at ?? -2) + 1]?.text ?? '') && !thing(f, 'comment', 'project');

/** "ponle a Guadalupe una tarea: …". */
const givesNew = anyOf('una nueva? tarea|task|pendiente para|:', 'una nueva? tarea|task|pendiente');

const aTask = anyOf('la|una|otra nueva? tarea|task de|para|:');

const noting = [
  'crear',
  'agregar',
  'anadir',
  'anotar',
  'apuntar',
  'registrar',
  'agendar',
  'programar',
  'sumar',
];

/** "apunta cambiar el filtro", "anótame que Ana lleve las sillas": what is noted is work. */
const notesWork = (f: Features): boolean => {
  if (!f.head || !verbIs(f, ...noting) || formIs(f, 'part', 'past3')) return false;
  let at = f.head.at + 1;
  while (between.has(f.words[at]?.form ?? '')) at++;
  const word = f.words[at];
  if (!word) return false;
  return (
    /[aei]r(?:l[aeo]s?|se)?$/.test(word.form) && word.form.length > 3 && word.thing === undefined
  );
};

const between = new Set('ahi aqui aca porfa porfis tambien de una vez'.split(' '));

/** "Maruja: cotizar la campana": said to somebody, it is for them to do. */
const addressesMember = (f: Features): boolean => {
  const person = f.members.find(each => each.start === f.opening.end);
  const [mark, verb] = f.words.slice(person?.end ?? f.words.length);
  return mark?.text === ':' && infinitiveEnding.test(verb?.form ?? '');
};

/** "necesito que Ana revise el contrato": a wish about what a person of the team does. */
const wishedOfMember = (f: Features): boolean => {
  const that = f.words[f.opening.end]?.form === 'que' ? f.opening.end + 1 : f.opening.end;
  if (f.words[that - 1]?.form !== 'que' || f.words.length < that + 3) return false;
  const person = f.members.find(each => each.start === that);
  if (!person) return f.opening.wish && !command(f);
  return !/(?:[óé]|aron|ieron)$/.test(f.words[person.end]?.text ?? '');
};

/** "crea otra que sea …": one more, said by the pronoun alone. */
const another = (f: Features): boolean => {
  const [next, after] = f.words.slice((f.head?.at ?? f.words.length) + 1).map(w => w.form);
  if (thing(f, 'comment', 'project')) return false;
  if (next === 'otra' || next === 'otro') return after !== 'vez';
  if (after === ':' && ['esta', 'este', 'esto'].includes(next ?? '')) return true;
  return (next === 'una' && after === 'nueva') || (next === 'uno' && after === 'nuevo');
};

/** "encárgale a Luis cotizar los uniformes": what is handed over is no task yet. */
const handsWork = (f: Features): boolean => {
  const at = (f.head?.at ?? -2) + 1;
  const person = f.members.find(each => each.start === at + 1);
  return (
    person !== undefined &&
    hasAct(f, 'assign', 'put', 'give') &&
    f.words[at]?.form === 'a' &&
    infinitiveEnding.test(f.words[person.end]?.form ?? '') &&
    !knows(f)
  );
};

/** "y otra comprar electrodos". */
const anotherDeed = (f: Features): boolean => {
  const [one, deed] = f.words.slice(f.opening.end);
  return (
    /^otr[ao]$/.test(one?.form ?? '') && infinitiveEnding.test(deed?.form ?? '') && !f.question
  );
};

/** "… y la tarea recoger muestras": one more, in a row of tasks to make. */
const namesWork = (f: Features): boolean =>
  !f.head &&
  !f.question &&
  !knows(f) &&
  opensWith('la|otra|una tarea|task|pendiente')(f) &&
  infinitiveEnding.test(f.words[f.opening.end + 2]?.form ?? '');

const onlyTask = (f: Features): boolean =>
  !f.question &&
  !f.head &&
  opensWith('una? nueva? tarea|task|ticket|pendiente nueva?')(f) &&
  f.words.slice(f.opening.end).filter(w => w.kind !== 'mark').length <= 3 &&
  f.named === undefined;

/** "súmale a Catalina otra: …": one more for somebody. */
const givesAnother = (f: Features): boolean => {
  const at = f.words.findIndex(w => w.form === 'otra' || w.form === 'otro');
  return at > 0 && f.members.some(member => member.end === at);
};

const definite = new Set(['la', 'las', 'esa', 'esas', 'mi', 'mis', 'esta', 'el', 'los']);

/** Verbs that also change what exists make something only where the task is a new one. */
const makes = (f: Features): boolean => {
  if (!hasAct(f, 'create', 'do')) return false;
  const vague = verbIs(
    f,
    'poner',
    'hacer',
    'abrir',
    'meter',
    'levantar',
    'sumar',
    'anotar',
    'escribir',
  );
  return !vague || !definite.has(f.words[(f.object?.at ?? 0) - 1]?.form ?? '');
};

const onList = anyOf(
  'en|a mi|la|el lista|tablero|backlog|listado|board',
  'al tablero|backlog|board',
);
const mentionsTask = (f: Features): boolean =>
  thing(f, 'task', 'tasks', 'status', 'priority', 'deadline') || f.statuses.length > 0;

/** "llamar al banco mañana", "reunión con ventas el jueves": work that is only named. */
const soundsLikeWork = (f: Features): boolean => {
  const first = f.words[f.opening.end];
  if (!first || rest(f) < 3 || first.form.length < 5) return false;
  if (f.dates.some(date => date.start === f.opening.end)) return false;
  const bare = first.verbs.length === 0 || first.verbs.every(v => v.form === 'inf');
  if (infinitiveEnding.test(first.form) && bare && first.verbs.every(v => v.clitics.length === 0))
    return true;
  return !command(f) && f.dates.length > 0 && f.assignees.length === 0 && f.statuses.length === 0;
};
