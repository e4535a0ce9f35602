import { type Features, hasAct } from '../features.ts';
import { nobodyIn } from '../implied.ts';
import { pronounIn } from '../people.ts';
import {
  anyOf,
  command,
  formIs,
  knows,
  objectIs,
  opensWith,
  person,
  type Reason,
  rest,
  starts,
  strongPerson,
  thing,
  verbIs,
} from './conditions.ts';

/** Reasons for giving a task to somebody or doing away with it. */
export const handing: Reason[] = [
  [
    'assign_task',
    0.92,
    f => f.members.length > 0 && anyOf('responsable|encargad@ de|del')(f) && !f.question,
  ],
  [
    'assign_task',
    0.95,
    f =>
      pronounIn(f.words) !== undefined &&
      (hasAct(f, 'assign', 'give', 'put') || verbIs(f, 'pasar')) &&
      !f.question &&
      !(hasAct(f, 'create') && objectIs(f, 'task')),
  ],
  ['assign_task', 0.96, f => nobodyIn(f.words) !== undefined && hasAct(f, 'put')],
  ['assign_task', 0.92, f => nobodyIn(f.words) !== undefined && stays(f) && !f.question],
  ['assign_task', 0.87, f => worksAlone.has(f.words[f.head?.at ?? -1]?.form ?? '') && rest(f) > 1],
  ['assign_task', 0.95, f => hasAct(f, 'assign') && !f.question],
  ['assign_task', 0.968, f => givesTo(f) && !f.question],
  ['assign_task', 0.95, f => hasAct(f, 'put') && f.members.length > 0 && owner(f) && !f.question],
  ['assign_task', 0.9, f => verbIs(f, 'cambiar') && owner(f) && !f.question],
  [
    'delete_task',
    0.96,
    f =>
      verbIs(f, 'deshacer') &&
      anyOf('deshazte|deshacete|deshagase|deshacerme|deshacernos|deshagamonos de|del')(f),
  ],
  [
    'assign_task',
    0.9,
    f =>
      strongPerson(f) &&
      !f.question &&
      f.statuses.length === 0 &&
      !(hasAct(f, 'create') && objectIs(f, 'task')),
  ],
  [
    'assign_task',
    0.88,
    f =>
      verbIs(f, 'pasar', 'dar', 'dejar', 'poner', 'mandar', 'cargar', 'mover', 'cambiar') &&
      named(f) &&
      f.dates.length === 0 &&
      f.statuses.length === 0 &&
      f.priorities.length === 0 &&
      !objectIs(f, 'project', 'comment'),
  ],
  [
    'assign_task',
    0.86,
    f =>
      hasAct(f, 'take') &&
      (!verbIs(f, 'quedar', 'ocupar') || (f.head?.clitics.includes('me') ?? false)) &&
      formIs(f, 'pres', 'imp', 'inf') &&
      rest(f) > 1 &&
      !f.question,
  ],
  [
    'assign_task',
    0.86,
    opensWith('yo? me encargo|ocupo|quedo|hago', 'yo la|lo hago|tomo|llevo|agarro'),
  ],
  [
    'assign_task',
    0.84,
    f =>
      f.assignees.length > 0 &&
      !command(f) &&
      !f.question &&
      anyOf('es|son|va|seria|sea para|de')(f),
  ],
  [
    'assign_task',
    0.94,
    f =>
      hasAct(f, 'remove') &&
      (anyOf('responsable|encargad@|asignacion|asignado|asignada')(f) || removesPerson(f)),
  ],
  [
    'delete_task',
    0.93,
    f =>
      hasAct(f, 'remove') &&
      !thing(f, 'deadline', 'priority') &&
      (knows(f) || !thing(f, 'comment')) &&
      rest(f) > 0,
  ],
  ['delete_task', 0.85, f => verbIs(f, 'dar') && anyOf('de baja')(f)],
  ['delete_task', 0.97, f => f.opening.duty && hasAct(f, 'remove') && knows(f)],
  [
    'delete_task',
    0.8,
    f =>
      (hasAct(f, 'cancel') || starts(f, 'anula', 'anular', 'anule')) &&
      (thing(f, 'task', 'tasks') || rest(f) > 2),
  ],
];

/** "y que quede sin asignar". */
const stays = anyOf('que quede|queden|este|esten|vaya', 'dejala|dejalo|dejarla|dejarlo');

/** "ponle a Lupe lo de los viáticos": the one it is put to is a person, and nothing else is set. */
const givesTo = (f: Features): boolean =>
  hasAct(f, 'put', 'give') &&
  (f.head?.clitics.some(c => c.startsWith('le') || c === 'se') ?? false) &&
  f.members.some(m => ['a', 'al'].includes(f.words[m.start - 1]?.form ?? '')) &&
  f.statuses.length + f.priorities.length === 0 &&
  !thing(f, 'deadline', 'priority', 'comment', 'status') &&
  !(hasAct(f, 'create') && objectIs(f, 'task') && !hasAct(f, 'put'));

const owner = anyOf(
  'el|la|de responsable|encargado|encargada|dueno|duena|assignee|owner|asignado|asignada',
);

const worksAlone = new Set(['hago', 'tomo', 'agarro', 'llevo', 'cojo']);

/** "quita a Luis de la tarea": whom, not what. */
const removesPerson = (f: Features): boolean => {
  if (!f.head) return false;
  if (f.words[f.head.at + 1]?.form === 'a' && !f.words[f.head.at + 2]?.thing) return true;
  const { clitics } = f.head;
  return clitics.some(c => c.startsWith('le') || c === 'se') && f.members.length > 0;
};

const named = (f: Features): boolean =>
  person(f) ||
  f.members.some(m => ['a', 'al', 'para'].includes(f.words[m.start - 1]?.form ?? '')) ||
  f.words.some((w, at) => (w.form === 'a' || w.form === 'para') && startsName(f, at + 1));

const startsName = (f: Features, at: number): boolean =>
  /^\p{Lu}/u.test(f.words[at]?.text ?? '') || ['mi'].includes(f.words[at]?.form ?? '');
