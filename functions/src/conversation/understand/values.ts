import type { TaskPriority, TaskStatus } from '../model.ts';
import { table } from './phrases.ts';
import { formAt, type Token } from './text.ts';

/** Ways of naming a status. Words that double as everyday words ("lista") need a lead before them. */
export const statusPhrases = table<{ status: TaskStatus; needsLead?: true }>([
  ['hech@|terminad@|completad@|complet@|finalizad@|cerrad@|acabad@', { status: 'done' }],
  ['resuelt@|concluid@|entregad@|realizad@|cumplid@|despachad@', { status: 'done' }],
  ['done|finished|completed|closed|ready', { status: 'done' }],
  ['list@', { status: 'done', needsLead: true }],
  [
    'en progreso|curso|proceso|marcha|desarrollo|ejecucion|camino|construccion',
    { status: 'in_progress' },
  ],
  ['in progress', { status: 'in_progress' }],
  [
    'ya? no esta|estan|sigue|siguen bloquead@|trabad@|atascad@|frenad@|detenid@|parad@|atorad@',
    { status: 'in_progress' },
  ],
  [
    'deja|dejo|dejan de estar bloquead@|trabad@|atascad@|frenad@|detenid@|parad@|atorad@',
    { status: 'in_progress' },
  ],
  ['a medias', { status: 'in_progress' }],
  ['a|por la mitad', { status: 'in_progress' }],
  ['a medio hacer|terminar', { status: 'in_progress' }],
  ['casi list@|terminad@|hech@|acabad@', { status: 'in_progress' }],
  ['avanzad@', { status: 'in_progress', needsLead: true }],
  ['empezad@|iniciad@|comenzad@|arrancad@|doing|wip', { status: 'in_progress' }],
  ['progreso|curso|proceso|marcha|desarrollo', { status: 'in_progress', needsLead: true }],
  [
    'bloquead@|trabad@|atascad@|frenad@|detenid@|estancad@|atorad@|varad@|pausad@|blocked|stuck',
    { status: 'blocked' },
  ],
  ['parad@', { status: 'blocked', needsLead: true }],
  ['en pausa|espera|standby', { status: 'blocked' }],
  ['on hold', { status: 'blocked' }],
  ['en|a revision|review|qa|pruebas|testing|validacion|aprobacion', { status: 'in_review' }],
  ['para revision|review|qa|aprobacion', { status: 'in_review' }],
  ['pendiente|pendientes de? revision|revisar|aprobar|aprobacion|validar', { status: 'in_review' }],
  ['por|para|pendiente revisar|aprobar|validar', { status: 'in_review', needsLead: true }],
  ['pendiente de revision|aprobacion|validacion', { status: 'in_review' }],
  [
    'list@|ready para|de|for|to revisar|revision|review|probar|validar|aprobar|aprobacion|qa',
    { status: 'in_review' },
  ],
  ['in review', { status: 'in_review' }],
  ['revision|review|qa', { status: 'in_review', needsLead: true }],
  ['por hacer|empezar|iniciar|comenzar', { status: 'todo' }],
  ['sin empezar|iniciar|comenzar|hacer', { status: 'todo' }],
  ['no empezad@|iniciad@|comenzad@', { status: 'todo' }],
  ['to do', { status: 'todo' }],
  ['pendientes?', { status: 'todo', needsLead: true }],
  ['pendiente', { status: 'todo', needsLead: true }],
  ['pendientes', { status: 'todo', needsLead: true }],
  ['en cola|backlog', { status: 'todo' }],
  ['reabiert@|abiert@', { status: 'todo', needsLead: true }],
  ['como|a|en todo', { status: 'todo' }],
  ['backlog', { status: 'todo', needsLead: true }],
]);

export const statusLeads = table<true>([
  ['como', true],
  ['por', true],
  ['a|al|en|de estado|estatus|status', true],
  ['estado|estatus|status :?', true],
  ['a|al|en', true],
  ['esta|estan|este|esten|estaba|quedo|quedaron|queda|sigue|siguen|va|anda|ya|es|son', true],
  ['as|to|is', true],
]);

export const priorityPhrases = table<TaskPriority>([
  ['urgente|urgentes|urgentisim@|critic@|criticas|criticos|asap|urgent|critical', 'urgent'],
  ['con? caracter? de? maxima|extrema|critica prioridad|urgencia', 'urgent'],
  ['prioridad|urgencia :? muy? maxima|extrema|critica|urgente|urgent|critical', 'urgent'],
  ['lo antes posible', 'urgent'],
  ['lo mas pronto|rapido posible', 'urgent'],
  ['a la brevedad posible?', 'urgent'],
  ['de inmediato', 'urgent'],
  ['cuanto antes', 'urgent'],
  [
    'prioridad|importancia|urgencia|priority :? muy? a|en|como|de? alta|elevada|high|importante',
    'high',
  ],
  ['alta|mucha|high prioridad|importancia|priority', 'high'],
  ['prioritari@', 'high'],
  ['muy? importante|importantes', 'high'],
  [
    'prioridad|importancia|priority :? a|en|como|de? media|normal|intermedia|medium|regular',
    'medium',
  ],
  ['media|normal|medium prioridad|priority', 'medium'],
  ['prioridad|importancia|priority :? muy? a|en|como|de? baja|minima|poca|low', 'low'],
  ['baja|poca|low prioridad|importancia|priority', 'low'],
  ['no es? urgente', 'low'],
  ['sin apuro|prisa|urgencia|prisas', 'low'],
  ['no corre|corren|urge|urgen|apura|apuran prisa|apuro?', 'low'],
  ['no es? tan? urgente|prioritari@|importante', 'low'],
  ['puede|pueden esperar', 'low'],
  ['sea|es|era alta|elevada', 'high'],
  ['sea|es|era baja|bajita', 'low'],
  ['sea|es|era media|normal', 'medium'],
  ['en alta', 'high'],
  ['en media', 'medium'],
  ['en baja', 'low'],
  ['urge|urgen', 'urgent'],
  ['prioridad uno|1|maxima', 'urgent'],
  ['corre|corren|tiene|lleva prisa|apuro', 'urgent'],
  ['es|son? lo? menos urgente|importante|prioritari@', 'low'],
  ['para ayer', 'urgent'],
  ['no hay apuro|prisa', 'low'],
  ['cuando puedas|se pueda', 'low'],
]);

/** The same words on their own, after "prioridad" was asked for or before a verb named it. */
export const barePriorities = table<TaskPriority>([
  ['urgente|critica|critico|maxima|urgent|critical', 'urgent'],
  ['alta|alto|high|importante', 'high'],
  ['media|medio|normal|medium|regular', 'medium'],
  ['baja|bajo|low|minima', 'low'],
]);

const priorityNouns = new Set(
  'prioridad importancia urgencia priority caracter con de a en como :'.split(' '),
);

/** The words that say how urgent: "alta" of "prioridad alta". */
export const priorityWords = <R extends { start: number; end: number }>(
  words: readonly Token[],
  run: R,
): R => {
  let { start, end } = run;
  while (start < end - 1 && priorityNouns.has(formAt(words, start))) start++;
  while (end > start + 1 && priorityNouns.has(formAt(words, end - 1))) end--;
  return { ...run, start, end };
};

export const priorityLeads = table<true>([
  ['con|de|en|a|como|y|es|muy|tiene|ponle|por', true],
  ['que sea|es|tenga', true],
  ['es|con muy', true],
]);
