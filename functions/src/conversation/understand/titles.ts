import { isFiller } from './bare-answers.ts';
import { fillers } from './lexicon.ts';
import { longestAt, type Table, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { isPicture } from './text.ts';

/** What may stand between the command and the title of something new. */
const newLeads = table<true>([
  ['para|por|de|sobre|que|con|a|esto|eso|:|-|–|—|=|,|.|!|?|como|acerca|y|"', true],
  ['que es|sea|son', true],
  ['que? quede|quedara|queden registrad@|anotad@|apuntad@|agendad@', true],
  ['ahi|aqui|aca', true],
  ['de una vez', true],
  ['mas? igual de importante|urgente|prioritari@', true],
  ['que diga|dice|sea|es|consiste|consista|trate en|de?', true],
  ['que se llame|llama|titule', true],
  ['llamad@|titulad@|denominad@|nombrad@|called|named :?', true],
  ['con? el|la|un|por|de? titulo|nombre|descripcion|asunto de|:|es? :?', true],
  ['para|y|que|de hay|tengo|tenemos|habria que', true],
  ['to|for|about', true],
  ['el|la|los|las|un|una|unos|unas|the|an', true],
  ['nuev@|otr@ mas?', true],
  ['tarea|task|ticket|pendiente|actividad|item|to-do|issue', true],
  ['mas|aqui|ahi|hoy|abajo|siguiente|siguientes', true],
  ['me|nos|te|le|les|lo|se', true],
  ['que? alguien', true],
  ['por favor|fa', true],
  ['porfa', true],
  ['cosa|cosita|algo', true],
  ['que se|no me|nos|se? olvida|olvide|ocurrio|paso', true],
  ['urgente|urgentemente', true],
  ['al|a|en la|mi? lista|tablero|backlog|listado|board|proyecto', true],
]);

/** What may stand before the words by which an existing task is sought. */
const soughtLeads = table<true>([
  [
    'el|la|los|las|lo|un|una|de|del|a|al|con|en|que|para|por|:|-|,|.|"|«|the|of|to|for|sobre|y|e|mi|mis|tu|su',
    true,
  ],
  [
    'tarea|tareas|task|tasks|ticket|tickets|pendiente|actividad|item|issue|tema|asunto|cosa|to-do',
    true,
  ],
  ['llamad@|titulad@|relacionad@|correspondiente|asignad@', true],
  ['tiene que ver con', true],
  ['solo|solamente|unicamente|nomas', true],
  ['nada mas', true],
  ['me? referia|refiero a', true],
  ['queria|quise|quiero decir', true],
  ['dice|decia|habla|trata de?', true],
  ['ya|no|se|me|le|les|nos|te|todavia|aun|recien|tambien', true],
  ['esta|estan|es|son|era|estaba|sea', true],
  ['por favor|fa', true],
  ['yo|mejor|bueno|pues|ahora|entonces|perdon|no|ayer|anoche|hoy|recien', true],
  ['mas? tiempo con|para|en', true],
  ['porfa|please|plis', true],
  ['tope|maxima', true],
  ['due date?', true],
  ['apenas|recien', true],
  [
    'proyecto|project|estado|estatus|status|prioridad|fecha|plazo|deadline|limite|entrega|vencimiento|responsable|titulo|nombre|assignee|owner|encargado|encargada|dueno',
    true,
  ],
]);

const tails = new Set(
  'si , . ; : ! ? ¿ ¡ - " » « “ ” \' y e o u que de del con para por a al en la el los las lo se ya no como es esta esten quedo son porfa porfis porfi porfavor please plis pls gracias sea mismo misma tambien pls me le ponle ahora nomas pues po the un una is are su cuando tan diga dice diciendo mejor mas tenga sea tiene yo esa ese eso despues luego ademas entonces punto coma'.split(
    ' ',
  ),
);

export type Run = { start: number; end: number };

const trimStart = (leads: Table<true>, words: readonly Word[], run: Run): number => {
  let at = run.start;
  while (at < run.end) {
    const lead = longestAt(leads, words.slice(0, run.end), at);
    if (!lead || lead.end > run.end) return at;
    at = lead.end;
  }
  return at;
};

const reasons = new Set(
  'falta faltan porque pero esperando espero no ya hasta pues asi'.split(' '),
);
const notes = new Set(['create', 'comment', 'remind']);

/** "…, porque falta la firma" and "…, apúntalo" are no part of what they follow. */
const reasonAt = (words: readonly Word[], from: number, run: Run): number => {
  for (let at = from + 1; at < run.end - 1; at++) {
    if (words[at]?.text !== ',') continue;
    const next = words[at + 1];
    const noted = next?.verbs.some(
      v => v.clitics.some(c => c.startsWith('l')) && v.acts.some(act => notes.has(act)),
    );
    if (reasons.has(next?.form ?? '') || noted) return at;
  }
  return run.end;
};

/** "una tarea nueva, anda": what stands behind the last comma only asks nicely. */
const withoutTag = (words: readonly Word[], from: number, end: number): number => {
  const comma = words.slice(0, end).findLastIndex(w => w.text === ',');
  return comma >= from && words.slice(comma, end).every(isFiller) ? comma : end;
};

const trimEnd = (words: readonly Word[], from: number, run: Run): number => {
  let end = withoutTag(words, from, reasonAt(words, from, run));
  while (end > from) {
    const form = words[end - 1]?.form ?? '';
    const last = words[end - 1];
    if (last && isPicture(last)) end--;
    else if (end - 2 >= from && form === 'favor' && words[end - 2]?.form === 'por') end -= 2;
    else if (tails.has(form)) end--;
    else break;
  }
  return end;
};

export const trimTitle = (
  words: readonly Word[],
  run: Run,
  kind: 'new' | 'sought',
): Run | undefined => {
  const start = trimStart(kind === 'new' ? newLeads : soughtLeads, words, run);
  const end = trimEnd(words, start, run);
  const content = words
    .slice(start, end)
    .some(w => w.kind !== 'mark' && !fillers.has(w.form) && !vague.has(w.form));
  return content ? { start, end } : undefined;
};

/** "asígnale algo a Paco" names no task. */
const vague = new Set([
  'algo',
  'alguna',
  'alguno',
  'algun',
  'cualquiera',
  'anda',
  'andale',
  'venga',
]);

const opening = new Set(['"', '«', '“', '‘', '”', "'"]);
const closing = new Set(['"', '»', '”', '’', '“', "'"]);

/** Ends that are no part of what is sought: "el informe pasa a …", "… de la lista". */
export const soughtTails = table<true>([
  ['a|para alguien', true],
  ['como fecha', true],
  ['falta|faltan|queda|quedan por? terminar|hacer|completar|cerrar|acabar|resolver', true],
  ['otra vez', true],
  ['de nuevo', true],
  ['por terminar|hacer|completar|cerrar|acabar|resolver', true],
  ['de una buena? vez', true],
  ['de una|paso', true],
  ['al toque', true],
  ['y listo|ya', true],
  ['quise|queria|quiero decir', true],
  ['tiene|debe que? estar|quedar', true],
  ['es lo mas', true],
  ['ya? la|lo|las|los hice|termine|acabe|complete|cerre|hicimos|terminamos', true],
  [
    'se hizo|termino|completo|entrego|cerro|resolvio|finalizo|pago|envio|mando|publico|aprobo',
    true,
  ],
  ['se mueve|pasa|corre|cambia|aplaza|pospone|adelanta|retrasa|atrasa|posterga', true],
  ['tiene|tienen|debe|deben que? salir|entregarse|cerrarse|terminarse|publicarse', true],
  ['de|en la|mi|el lista|tablero|proyecto', true],
  ['del tablero|backlog|proyecto|listado', true],
  ['pasa|pasan|paso|pasaron|cambia|va|queda|quede', true],
]);

/** A quoted title is taken as it stands. */
export const quoted = (words: readonly Word[], from: number): Run | undefined => {
  const start = words.findIndex((w, at) => at >= from && opening.has(w.text));
  if (start < 0) return undefined;
  const end = words.findIndex((w, at) => at > start + 1 && closing.has(w.text));
  return end > 0 ? { start: start + 1, end } : undefined;
};

/** The stretches that nothing else has claimed. */
export const freeRuns = (taken: readonly boolean[]): Run[] => {
  const runs: Run[] = [];
  let start = -1;
  for (let at = 0; at <= taken.length; at++) {
    const free = at < taken.length && !taken[at];
    if (free && start < 0) start = at;
    if (!free && start >= 0) {
      runs.push({ start, end: at });
      start = -1;
    }
  }
  return runs;
};
