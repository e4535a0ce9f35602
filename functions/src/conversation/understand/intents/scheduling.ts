import { type Features, hasAct } from '../features.ts';
import { shiftIn, undatedIn } from '../implied.ts';
import { formAt } from '../text.ts';
import { isWanted, namesOnly, onlySays } from './changing.ts';
import {
  anyOf,
  command,
  knows,
  objectIs,
  type Reason,
  starts,
  thing,
  verbIs,
} from './conditions.ts';

/** Reasons for giving a task a day or a priority. */
export const scheduling: Reason[] = [
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
  ['set_due_date', 0.86, f => onlySays(f, 'fecha', 'plazo', 'vencimiento', 'entrega')],
  ['set_priority', 0.86, f => onlySays(f, 'prioridad')],
  ['set_due_date', 0.96, f => f.dates.length > 0 && !f.question && isMoved(f)],
  ['set_due_date', 0.965, f => shiftIn(f) !== undefined && !f.question && moves(f)],
  ['set_priority', 0.89, f => !f.question && says(f)],
  ['set_due_date', 0.96, f => undatedIn(f.words) !== undefined && hasAct(f, 'put')],
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
    0.9,
    f =>
      hasAct(f, 'raise', 'lower') &&
      f.dates.length === 0 &&
      (f.head?.clitics.some(c => c.startsWith('l')) ?? false) &&
      !f.question,
  ],
  ['set_due_date', 0.965, f => f.dates.length > 0 && mustBe(f) && !f.question],
  ['set_due_date', 0.95, f => isWanted(f) && hasAct(f, 'finish') && !f.question],
  ['set_due_date', 0.9, f => knows(f) && fallsOn(f) && !f.question],
  ['set_due_date', 0.97, f => f.dates.length > 0 && isToDeliver(f) && !f.question],
  [
    'set_due_date',
    0.92,
    f => f.dates.length > 0 && verbIs(f, 'quedar') && !f.question && f.statuses.length === 0,
  ],
  [
    'set_priority',
    0.91,
    f =>
      f.priorities.length > 0 &&
      !command(f) &&
      !f.question &&
      anyOf('es|son|sea|esta|era|paso|ahora|seria', 'ya no es?')(f),
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
];

const deadlineAct = (f: Features): boolean =>
  hasAct(f, 'put', 'postpone', 'create', 'do') || verbIs(f, 'dar');

/** "y que me lo entregue el 10": a day by when, nothing that was done. */
const isToDeliver = anyOf('que me|nos? la|lo|las|los entregue|entreguen');

/** "el ensayo es el sábado". */
const fallsOn = (f: Features): boolean =>
  f.dates.some(({ from }) => on.has(formAt(f.words, from - 1)) || on.has(formAt(f.words, from)));

const on = new Set(['es', 'era', 'sera', 'seria', 'queda', 'cae', 'son']);

const mustBe = anyOf('tiene|tienen|debe|deben que? salir|estar|quedar|entregarse|cerrarse');

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
