import { noteBehind } from '../comments.ts';
import { type Features, hasAct } from '../features.ts';
import { compile, matchAt } from '../phrases.ts';
import {
  anyOf,
  command,
  email,
  formIs,
  has,
  objectIs,
  opensWith,
  type Reason,
  rest,
  starts,
  thing,
  verbIs,
} from './conditions.ts';

const aboutTeam = anyOf(
  'al|en|del|a equipo|team|proyecto|project',
  'como|de miembro|integrante|colaborador|colaboradora|participante|manager|viewer',
  'al|en el|este|mi|nuestro equipo|proyecto',
  'to the team|project',
);
const projectMove = anyOf(
  'al|a|en|el|de|otro|un|del|del proyecto|project',
  'mis|que|los|cuales proyectos',
  'switch|go to',
);

/** Reasons that concern projects, people and comments. */
export const organising: Reason[] = [
  [
    'add_comment',
    0.95,
    f => opensWith('nota|comentario para|en|al|sobre|de|del')(f) && has(f, ':'),
  ],
  ['add_comment', 0.95, opensWith('otro|otra comentario|nota|apunte :|que|mas|en|a|al|para|sobre')],
  ['switch_project', 0.9, f => movesToKnown(f)],
  ['switch_project', 0.97, f => verbIs(f, 'devolver') && movesToKnown(f)],
  [
    'switch_project',
    0.96,
    f =>
      (hasAct(f, 'enter') || verbIs(f, 'cambiar', 'pasar')) &&
      anyOf('al otro|anterior proyecto')(f),
  ],
  [
    'switch_project',
    0.91,
    f =>
      hasAct(f, 'enter') &&
      opensWithMove(f) &&
      !f.named &&
      f.dates.length + f.statuses.length === 0,
  ],
  ['add_comment', 0.985, f => notesInto(f)],
  ['add_comment', 0.97, f => noteBehind(f) >= 0],
  ['add_comment', 0.97, f => notesOn(f)],
  [
    'add_comment',
    0.98,
    f =>
      hasAct(f, 'comment', 'put') &&
      inTask(f) &&
      has(f, 'que', ':') &&
      f.statuses.length === 0 &&
      f.dates.length === 0 &&
      !thing(f, 'priority', 'deadline', 'status'),
  ],
  [
    'create_project',
    0.98,
    f =>
      hasAct(f, 'create', 'do') &&
      objectIs(f, 'project') &&
      isNewProject(f) &&
      !formIs(f, 'past3') &&
      !(verbIs(f, 'abrir') && !has(f, 'un', 'nuevo')) &&
      !joinsTeam(f),
  ],
  [
    'create_project',
    0.975,
    f => command(f) && !f.question && anyOf('un proyecto nuevo|llamado|:', 'un nuevo proyecto')(f),
  ],
  ['create_project', 0.96, opensWith('un? nuevo|new proyecto|project', 'proyecto nuevo|:')],
  ['create_project', 0.93, f => f.opening.wish && objectIs(f, 'project') && !f.head],
  [
    'create_project',
    0.97,
    f =>
      hasAct(f, 'start') &&
      objectIs(f, 'project') &&
      (has(f, 'nuevo', 'un') || (!f.namesProject && !f.question && rest(f) > 3)),
  ],
  [
    'switch_project',
    0.97,
    f =>
      (hasAct(f, 'enter') || verbIs(f, 'abrir', 'cambiar', 'pasar', 'mover', 'poner', 'usar')) &&
      thing(f, 'project') &&
      projectMove(f) &&
      !anyOf('al tanto|dia|corriente')(f) &&
      !thing(f, 'task', 'tasks', 'status', 'summary'),
  ],
  [
    'switch_project',
    0.9,
    f => has(f, 'proyectos') && (f.question || hasAct(f, 'show', 'tell') || starts(f, 'mis')),
  ],
  ['switch_project', 0.85, opensWith('al|en proyecto', 'switch to|al|a')],
  ['add_member', 0.97, f => hasAct(f, 'invite')],
  ['add_member', 0.95, f => email(f) && has(f, 'acceso', 'permiso', 'permisos', 'invitacion')],
  ['add_member', 0.975, f => hasAct(f, 'create', 'put') && email(f) && !objectIs(f, 'task')],
  ['add_member', 0.985, f => joinsTeam(f)],
  ['add_member', 0.86, f => email(f) && rest(f) < 3],
  ['add_member', 0.9, f => email(f) && opensWith('a')(f) && !command(f)],
  [
    'add_comment',
    0.97,
    f => anyOf('en un comentario|una nota')(f) && hasAct(f, 'tell', 'put', 'create', 'comment'),
  ],
  ['add_member', 0.8, f => email(f) && !objectIs(f, 'task') && !command(f) && aboutTeam(f)],
  [
    'add_comment',
    0.97,
    f =>
      thing(f, 'comment') &&
      hasAct(f, 'create', 'put', 'give', 'comment', 'do') &&
      !objectIs(f, 'task'),
  ],
  [
    'add_comment',
    0.96,
    f => hasAct(f, 'comment') && !(verbIs(f, 'anotar', 'escribir') && !inTask(f)) && rest(f) > 1,
  ],
];

const joinsTeam = (f: Features): boolean =>
  (hasAct(f, 'create', 'put', 'invite') || f.opening.wish) &&
  aboutTeam(f) &&
  (email(f) || takesPerson(f)) &&
  !thing(f, 'task', 'tasks');
const takesPerson = (f: Features): boolean => {
  const after = f.words[(f.head?.at ?? -2) + 1];
  return after?.form === 'a' || /^\p{Lu}/u.test(after?.text ?? '');
};
/** "apunta en la migración que el respaldo está listo": words put into a task. */
const notesInto = (f: Features): boolean => {
  const at = (f.head?.at ?? -3) + 1;
  if (!hasAct(f, 'create', 'comment') || f.words[at]?.form !== 'en') return false;
  if (!['el', 'la', 'los', 'las', 'lo', 'esa', 'esta'].includes(f.words[at + 1]?.form ?? ''))
    return false;
  if (onBoard.has(f.words[at + 2]?.form ?? '')) return false;
  return f.words.slice(at + 3).some(w => w.form === 'que' || w.text === ':');
};
const said = ['tambien|ahi? que|:', 'a es@|est@|este|ese|esto que|:'].map(p => compile(p));

/** "agrégale también que falta la firma": a note on the task last spoken of. */
const notesOn = (f: Features): boolean => {
  const { head } = f;
  if (!head?.clitics.some(c => c.startsWith('le')) || !hasAct(f, 'create', 'comment')) return false;
  if (verbIs(f, 'poner', 'hacer') || f.statuses.length > 0 || f.opening.duty) return false;
  return said.some(parts => matchAt(parts, f.words, head.at + 1));
};

const onBoard = new Set('lista tablero backlog board listado proyecto agenda equipo'.split(' '));

const inTask = anyOf('en|a la|el|esa|esta tarea|task|de|del|ticket', 'en|a esa|ella|esta');

const opensWithMove = anyOf(
  'vuelve|volve|vuelva|volvamos|regresa|regrese|regresemos|vamos|vamonos|cambiate|pasate al otro|anterior',
);

/** "ahora vamos con Web": a project of theirs by name, and nothing else said of it. */
const movesToKnown = (f: Features): boolean =>
  (f.namesProject || (f.hintsProject && (hasAct(f, 'enter') || changesTo(f)))) &&
  (hasAct(f, 'enter', 'put') ||
    (verbIs(f, 'devolver') && f.namesProject) ||
    opensWith('regresemos|volvamos|vamos|vayamos|pasemos|cambiemos|sigamos con|a|al')(f)) &&
  f.dates.length + f.statuses.length + f.priorities.length === 0 &&
  !thing(f, 'task', 'tasks', 'status', 'summary');

/** "cambiá al de la bodega". */
const changesTo = (f: Features): boolean =>
  verbIs(f, 'cambiar', 'pasar', 'mover') &&
  !f.named &&
  ['al', 'a'].includes(f.words[(f.head?.at ?? -2) + 1]?.form ?? '');

/** "agrega al proyecto una tarea" speaks of the project that there is. */
const isNewProject = (f: Features): boolean =>
  !thing(f, 'task', 'tasks') &&
  f.words[(f.object?.at ?? 0) - 2]?.form !== 'en' &&
  !['al', 'del', 'este', 'mi'].includes(f.words[(f.object?.at ?? 0) - 1]?.form ?? '');
