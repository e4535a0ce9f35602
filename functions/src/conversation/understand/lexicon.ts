import { english } from './english-verbs.ts';
import { type Act, verbs } from './verb-list.ts';
import { type Reading, readings } from './verbs.ts';

export const actsOf = new Map<string, Act[]>();
for (const [acts, group] of verbs)
  for (const { infinitive } of group)
    actsOf.set(infinitive, [...new Set([...(actsOf.get(infinitive) ?? []), ...acts])]);
for (const [acts, words] of english)
  for (const word of words) actsOf.set(word, [...new Set([...(actsOf.get(word) ?? []), ...acts])]);

export const verbForms: Map<string, Reading[]> = readings(verbs.flatMap(([, group]) => group));
for (const [, words] of english)
  for (const word of words)
    verbForms.set(word, [
      ...(verbForms.get(word) ?? []),
      { infinitive: word, form: word.endsWith('ed') ? 'past' : 'imp' },
    ]);

export type Thing =
  | 'task'
  | 'tasks'
  | 'project'
  | 'status'
  | 'priority'
  | 'deadline'
  | 'comment'
  | 'team'
  | 'risk'
  | 'sprint'
  | 'summary'
  | 'backlog';

const things: [Thing, string][] = [
  [
    'task',
    'tarea task ticket pendiente actividad issue item asunto tareita historia card tarjeta to-do',
  ],
  [
    'tasks',
    'tareas tasks tickets pendientes actividades issues items asuntos historias cards tarjetas tareitas',
  ],
  ['project', 'proyecto project proy'],
  ['status', 'estado estatus status situacion'],
  ['priority', 'prioridad priority urgencia importancia'],
  ['deadline', 'fecha due deadline vencimiento plazo entrega limite fechas'],
  ['comment', 'comentario comment nota comentarios observacion'],
  ['team', 'equipo team'],
  ['risk', 'riesgo riesgos peligro peligros risk risks amenaza amenazas'],
  ['sprint', 'sprint sprints iteracion'],
  ['summary', 'resumen avance avances panorama summary'],
  ['backlog', 'backlog'],
];
export const thingOf = new Map(
  things.flatMap(([thing, words]) => words.split(' ').map(word => [word, thing] as const)),
);

/** Words that carry no meaning in a title or a search for one. */
export const fillers = new Set(
  'el la los las un una unos unas de del al a en y e o u que con por para lo su sus mi mis tu tus es esta este ese esa the of to and for me se le'.split(
    ' ',
  ),
);
