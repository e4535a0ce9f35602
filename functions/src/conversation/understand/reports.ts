import { type Features, hasAct } from './features.ts';
import { anyOf } from './intents/conditions.ts';
import { formAt } from './text.ts';
import type { Act } from './verb-list.ts';

const workloadQuestion = anyOf(
  'quien esta|anda|va mas|menos|muy cargad@|ocupad@|libre|saturad@|descargad@|liviano|full',
  'quien tiene mas|menos|demasiadas|tantas|pocas|muchas tareas|pendientes|trabajo|carga|cosas|?',
  'quien no tiene nada|tareas|pendientes|trabajo',
  'quien esta|anda libre|desocupad@|saturad@|sobrecargad@|disponible',
  'carga de trabajo|tareas',
  'tareas|pendientes tiene|lleva|por cada uno|quien|cual|persona',
  'tareas por persona|cabeza|miembro',
  'who has the? most|fewest|least tasks|work|?',
  'who is|s the? busiest|free|overloaded',
);

/** "¿quién está más cargado?", "la carga de trabajo de cada uno". */
export const asksWorkload = (f: Features): boolean =>
  workloadQuestion(f) && (f.question || hasAct(f, 'show', 'tell', 'give'));

/** "¿qué se terminó ayer?", "¿qué hizo Ana?": told from "¿qué hay que tener hecho para el lunes?". */
export const asksDone = (f: Features): boolean =>
  asksWhich.has(formAt(f.words, f.opening.end)) &&
  f.named === undefined &&
  !f.words.some(({ form }) => form === 'porcentaje') &&
  f.words.some(
    (w, at) =>
      w.verbs.some(v => telling.has(v.form) && finishes(v)) &&
      formAt(f.words, at - 1) !== 'tener' &&
      !f.words.slice(0, at).some(({ form }) => form === 'no'),
  );
const asksWhich = new Set(['que', 'cual', 'cuales', 'cuantas', 'cuantos', 'cosas', 'tareas']);
const telling = new Set(['past', 'past3', 'part']);
const finishes = ({ infinitive, acts }: { infinitive: string; acts: readonly Act[] }): boolean =>
  infinitive === 'hacer' || acts.includes('finish');
