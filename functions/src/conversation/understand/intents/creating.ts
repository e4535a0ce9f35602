import { type Features, hasAct } from '../features.ts';
import {
  anyOf,
  command,
  formIs,
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
  [
    'create_task',
    0.97,
    f => hasAct(f, 'create', 'do') && objectIs(f, 'task', 'tasks') && !f.question,
  ],
  ['create_task', 0.9, f => hasAct(f, 'create', 'do') && objectIs(f, 'task', 'tasks')],
  ['create_task', 0.95, f => f.opening.wish && objectIs(f, 'task') && !f.head],
  [
    'create_task',
    0.95,
    opensWith(
      'otr@ mas? para|de|que|:|tarea',
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
      verbIs(
        f,
        'crear',
        'agregar',
        'anadir',
        'anotar',
        'apuntar',
        'registrar',
        'agendar',
        'programar',
        'sumar',
      ) &&
      !formIs(f, 'part', 'past3') &&
      rest(f) > 1 &&
      !thing(f, 'comment', 'team'),
  ],
  ['create_task', 0.85, f => hasAct(f, 'remind') && rest(f) > 1],
  ['create_task', 0.8, f => f.opening.duty && rest(f) > 1],
  ['create_task', 0.75, f => f.opening.wish && wishedOfMember(f)],
];

/** "necesito que Ana revise el contrato": a wish about what a person of the team does. */
const wishedOfMember = (f: Features): boolean =>
  f.words[f.opening.end - 1]?.form === 'que' && !command(f) && rest(f) > 2;
