import { hasAct } from '../features.ts';
import { anyOf, objectIs, type Reason, thing } from './conditions.ts';

/** Reasons for asking about risks and sprints. */
export const planning: Reason[] = [
  ['get_risks', 0.96, f => thing(f, 'risk') && !objectIs(f, 'task')],
  ['get_risks', 0.97, f => worried(f)],
  [
    'plan_sprint',
    0.965,
    f =>
      thing(f, 'sprint') &&
      !objectIs(f, 'task', 'tasks') &&
      (hasAct(f, 'plan', 'create', 'do', 'give', 'show', 'tell') ||
        f.question ||
        f.opening.wish ||
        anyOf('plan|planificacion|planning|propuesta')(f)),
  ],
  [
    'plan_sprint',
    0.85,
    f => anyOf('plan|planificacion|planning del|de|para sprint', 'sprint planning')(f),
  ],
];

const worried = anyOf(
  'que puede|podria salir mal',
  'en riesgo|peligro',
  'vamos a llegar',
  'llegamos a tiempo|con',
  'nos va a dar tiempo',
  'peligra|peligran',
  'cuellos? de botella',
  'hay algun problema|bloqueo',
  'que nos? puede|podria|pueda retrasar|frenar|fallar|bloquear|complicar|atrasar',
  'que me|nos? preocupa|preocupar|preocuparnos',
);
