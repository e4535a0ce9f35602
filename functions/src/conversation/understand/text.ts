import { distance } from './spelling.ts';

/** A piece of the message: words are folded for comparing, offsets stay those of the original. */
export type Token = {
  text: string;
  /** Lower case without accents. */
  form: string;
  start: number;
  end: number;
  kind: 'word' | 'number' | 'date' | 'email' | 'mark';
};

/** The folded word at a place, or nothing beyond the ends. */
export const formAt = (tokens: readonly Token[], at: number): string => tokens[at]?.form ?? '';

/** Lower case without accents: "MAÑANA" and "manana" are one. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const piece = /[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}\s]/gu;
const edge = /[\p{L}\p{N}]/u;
const numericDate = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)$/;
const emailLocal = /^[\w.%+-]+$/;
const emailHost = /^[\w-]+(?:\.[\w-]+)+$/;

const kindOf = (text: string): Token['kind'] => {
  if (/^\p{N}/u.test(text)) return 'number';
  return edge.test(text) ? 'word' : 'mark';
};

const picture = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u;

/** "👋" accompanies what is said, as a comma does. */
export const isPicture = ({ kind, text }: Pick<Token, 'kind' | 'text'>): boolean =>
  kind === 'mark' && picture.test(text);

export const articles: ReadonlySet<string> = new Set(['el', 'la', 'lo', 'los', 'las']);

/** How people shorten words when they chat. */
const short = new Map([
  ['pa', 'para'],
  ['i', 'y'],
  ['pal', 'para'],
  ['oy', 'hoy'],
  ['trea', 'tarea'],
  ['mnana', 'manana'],
  ['manna', 'manana'],
  ['maana', 'manana'],
  ['mannana', 'manana'],
  ['q', 'que'],
  ['k', 'que'],
  ['d', 'de'],
  ['x', 'por'],
  ['xfa', 'porfa'],
  ['pf', 'porfa'],
  ['pfv', 'porfa'],
  ['tb', 'tambien'],
  ['tmb', 'tambien'],
  ['mnn', 'manana'],
  ['sta', 'esta'],
  ['toy', 'estoy'],
  ['kiero', 'quiero'],
  ['aser', 'hacer'],
  ['proy', 'proyecto'],
]);

/** "nooo" and "siiii" are drawn out for feeling only. */
const drawnOut = /(\p{L})\1{2,}/gu;

/** Words that decide what is meant and are often mistyped by a letter; with their plurals, lest those be bent. */
const telling = [
  'urgente urgentes prioridad prioridades pendiente pendientes proyecto proyectos comentario comentarios',
  'bloqueada bloqueado bloqueadas bloqueados terminada terminado terminadas terminados',
]
  .join(' ')
  .split(' ');
const known = new Set(telling);

const bent = (form: string): string => {
  if (form.length < 7 || form.length > 12 || known.has(form)) return form;
  return telling.find(word => word[0] === form[0] && distance(form, word, 1) <= 1) ?? form;
};

const formOf = (text: string): string => {
  const form = fold(text)
    .replace(drawnOut, '$1')
    .replace(/n(?=[pb])/g, 'm');
  return short.get(form) ?? bent(form);
};

const token = (text: string, start: number, kind: Token['kind']): Token => ({
  text,
  form: formOf(text),
  start,
  end: start + text.length,
  kind,
});

const isEmail = (text: string): boolean => {
  const at = text.indexOf('@');
  if (at < 1 || at > 64 || text.length > 254) return false;
  return emailLocal.test(text.slice(0, at)) && emailHost.test(text.slice(at + 1));
};

/** The chunk without the punctuation around it: "(ana@x.com)." becomes the address alone. */
const core = (chunk: string): { text: string; offset: number } => {
  let from = 0;
  let to = chunk.length;
  while (from < to && !edge.test(chunk[from] ?? '')) from++;
  while (to > from && !edge.test(chunk[to - 1] ?? '')) to--;
  return { text: chunk.slice(from, to), offset: from };
};

const pieces = (text: string, start: number): Token[] =>
  [...text.matchAll(piece)].map(found => token(found[0], start + found.index, kindOf(found[0])));

const tokensOfChunk = (chunk: string, start: number): Token[] => {
  const { text, offset } = core(chunk);
  const kind = isEmail(text) ? 'email' : numericDate.test(text) ? 'date' : undefined;
  if (!kind) return pieces(chunk, start);
  return [
    ...pieces(chunk.slice(0, offset), start),
    token(text, start + offset, kind),
    ...pieces(chunk.slice(offset + text.length), start + offset + text.length),
  ];
};

/** The mark of "pa' Lupe" only stands for what was left out. */
const isElision = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text.toLowerCase() === 'pa' && /^['’´]$/.test(tokens[at]?.text ?? '');

export const tokenise = (text: string): Token[] =>
  [...text.matchAll(/\S+/g)]
    .flatMap(found => tokensOfChunk(found[0], found.index))
    .filter((_, at, all) => !isElision(all, at));
