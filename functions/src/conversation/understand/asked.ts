import type { IntentName } from '../model.ts';
import type { Draft } from './draft.ts';
import { hasAct } from './features.ts';
import { scan, table } from './phrases.ts';
import type { Word } from './reader.ts';

/** Questions that only one task can be asked. */
const aboutOne = table<true>([
  ['para cuando es|esta|era|toca|vence|queda|quedo', true],
  ['cuando vence|es|se', true],
  ['quien la|lo|las|los tiene|lleva|hace|esta|trae|ve|tenia|llevaba|maneja|agarro', true],
  ['de quien es|era', true],
]);

const elliptic = table<true>([
  ['como va|quedo|esta|anda|sigue|viene|salio', true],
  ['en que va|quedo|esta|anda', true],
  ['a quien esta|quedo|queda asignad@?', true],
]);

/** "¿cómo quedó?", and nothing else: whatever was changed or asked after just before. */
export const asksOfSame = ({ features: f, taken }: Draft, last: IntentName | undefined): boolean =>
  last !== undefined &&
  aboutTask.has(last) &&
  scan(elliptic, f.words).length > 0 &&
  !f.things.has('project') &&
  f.members.length === 0 &&
  f.words.every((w, at) => taken[at] || w.kind === 'mark' || small.has(w.form));
const aboutTask = new Set<IntentName>([
  'create_task',
  'update_status',
  'assign_task',
  'set_due_date',
  'set_priority',
  'add_comment',
  'get_status',
]);
const small = new Set(
  'a asignada asignado y ahora ahorita entonces eso esa ese al final pues ya hoy'.split(' '),
);

/** "¿ya se terminó?" asks after the task last spoken of. */
export const asksOfLast = ({ features: f }: Draft): boolean =>
  (hasAct(f, 'finish', 'start', 'block') || scan(aboutOne, f.words).length > 0) &&
  !f.things.has('project') &&
  !f.things.has('sprint');

const asking = new Set(
  'trae traen maneja ve tenia llevaba la lo las los porcentaje proyecto aqui aca alli ha han hemos quedado ido ando andamos estamos ahorita ahora hacer algo alguna alguno quedo quedaron tan avanzado avanzada bien mal hizo estoy estamos mano cosa cosas eso lleva toca responsable encargado que cual cuales cuantas cuantos cuanto cuanta como quien quienes tiene tienen tengo tenemos hay son es estan esta quedan queda faltan falta lista listado hace haciendo haces anda andan va van vamos viene vienen tal toca tocan estado estatus punto situacion avance avances resumen progreso sigue siguen marcha pasa paso onda novedades sabe cuando vence vencen donde todo lleva llevamos trabajando trabaja metido pendiente actual general dia'.split(
    ' ',
  ),
);

const isAsked = (word: Word | undefined): boolean =>
  asking.has(word?.form ?? '') || word?.thing === 'tasks' || word?.thing === 'task';

/** The words of the question itself are no part of what is asked about. */
export const takeAsking = (draft: Draft): void => {
  const { words } = draft.features;
  const first = draft.features.opening.end;
  for (let at = first; at < words.length; at++)
    if (isAsked(words[at]) && words[at - 1]?.form !== 'de') draft.take(at, at + 1);
  for (const { start, end } of draft.features.members)
    if (words[start - 1]?.form !== 'de') draft.take(start, end);
};
