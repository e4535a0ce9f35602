import type { Context, IntentName } from '../model.ts';
import { answersAt } from './bare-answers.ts';
import { type Features, featuresOf } from './features.ts';
import { infinitiveEnding } from './infinitive.ts';
import { classify } from './intents/classify.ts';
import { read } from './reader.ts';
import { formAt, isPicture, type Token } from './text.ts';

export type Clause = {
  tokens: Token[];
  features: Features;
  intent?: IntentName;
  confidence: number;
};

const joints = new Set('y e , . ; ! ? luego despues ademas entonces and then pero'.split(' '));
const attributes = new Set<IntentName>([
  'assign_task',
  'set_due_date',
  'set_priority',
  'update_status',
  'undo',
]);

/** A clause begins after a joint, or where a command carries its object: "… asígnasela a Ana". */
const mayBegin = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  if (at === 0 || !token) return false;
  const before = tokens[at - 1];
  if (before && (joints.has(before.form) || isPicture(before)))
    return !joints.has(token.form) && !goesOn(tokens, at);
  return concludes(tokens, at) || commandsIt(token);
};

/** ", que la lleve Ana" goes on with what was said. */
const goesOn = (tokens: readonly Token[], at: number): boolean =>
  ['que', 'falta', 'faltan'].includes(formAt(tokens, at)) && formAt(tokens, at - 1) === ',';

/** "…, así que dala por hecha". */
const concludes = (tokens: readonly Token[], at: number): boolean =>
  formAt(tokens, at - 1) === 'que' && ['asi', 'sea'].includes(formAt(tokens, at - 2));

const commandsIt = (token: Token): boolean =>
  read(token).verbs.some(
    v => (v.form === 'imp' || v.form === 'subj') && v.clitics.some(c => c.startsWith('l')),
  );

/** Where a wish may begin: a command, a question word, "quiero que …". */
const begins = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at] as Token;
  if (wishing.has(token.form) || asks.test(token.text)) return true;
  return read(token).verbs.some(
    v => v.form === 'imp' || (v.form === 'inf' && v.acts.includes('create')),
  );
};
const wishing = new Set(
  'quiero quisiera necesito necesitamos hay puedes podes podrias puede podria me quería'.split(' '),
);
const asks = /^(?:qué|quién|cuándo|cómo|cuál|cuánto)$/i;
const farthest = 16;
const longest = 60;

/**
 * "disculpe la molestia, quería ver si me agrega una tarea": what nobody understands at first may only lead
 * up to a clear wish. The two are told apart; what leads up may still name what "bórralo" means.
 */
const pastPreamble = (clause: Clause, context: Context): Clause[] => {
  if (clause.confidence >= 0.7 || clause.tokens.length > longest) return [clause];
  const { tokens } = clause;
  for (let at = 1; at < Math.min(tokens.length - 1, farthest); at++) {
    if (!begins(tokens, at)) continue;
    const rest = read1(tokens.slice(at), context);
    if (rest.intent && rest.confidence >= 0.9)
      return [{ ...read1(tokens.slice(0, at), context), confidence: 0 }, rest];
  }
  return [clause];
};

const read1 = (tokens: Token[], context: Context): Clause => {
  const features = featuresOf(tokens, context);
  const found = classify(features);
  return {
    tokens,
    features,
    confidence: found?.confidence ?? 0,
    ...(found && { intent: found.intent }),
  };
};

const another = new Set(['otra', 'otro', 'another']);

const finite = new Set(['imp', 'pres', 'past', 'past3']);

type Head = NonNullable<Features['head']>;

/** A verb opens a clause when it commands or tells; an infinitive only with its object behind it. */
const verbStandsAlone = (head: Head, f: Features, intent: IntentName): boolean => {
  const clitic = head.clitics.length > 0;
  if (!head.verbs.some(v => finite.has(v.form) || (v.form === 'subj' && clitic)))
    return attributes.has(intent) && head.verbs.some(v => v.form === 'inf' && v.clitics.length > 0);
  const reminds = head.verbs.some(v => v.infinitive === 'recordar');
  const more = another.has(f.words[head.at + 1]?.form ?? '');
  const work = infinitiveEnding.test(f.words[head.at + 1]?.form ?? '');
  return clitic || intent !== 'create_task' || f.object !== undefined || reminds || more || work;
};

/** Only a command or a question of its own opens a clause; a noun or an infinitive goes on with the last. */
const standsAlone = ({ features: f, intent, confidence }: Clause): boolean => {
  if (!intent || confidence < 0.8 || isDeadline(f)) return false;
  if (f.question || f.opening.duty || f.opening.wish) return true;
  if (f.head) return verbStandsAlone(f.head, f, intent);
  return f.statuses.length > 0 ? !asking.has(intent) : nounStandsAlone(f, intent, confidence);
};

/** "… y comprar corchos para el viernes": a task that there is, with a value of its own. */
const givesKnown = ({ features: f, intent }: Clause): boolean =>
  intent !== undefined &&
  attributes.has(intent) &&
  f.named !== undefined &&
  f.named.score >= 0.85 &&
  f.words
    .slice(f.opening.end, f.named.start)
    .every(({ form }) => ['el', 'la', 'lo', 'los', 'las', 'de', 'del'].includes(form)) &&
  hasValueFrom(f, f.named.end);

const hasValueFrom = (f: Features, from: number): boolean =>
  [...f.dates, ...f.priorities, ...f.statuses, ...f.assignees].some(({ start }) => start >= from);

const asking = new Set<IntentName>(['get_status', 'list_tasks', 'get_risks']);

const nounStandsAlone = (f: Features, intent: IntentName, confidence: number): boolean =>
  intent === 'assign_task' ? confidence >= 0.9 && namesFirst(f) : intent === 'create_task';

/** "… y el inventario lo hago yo": what it is about stands in front. */
const namesFirst = ({ words, opening }: Features): boolean =>
  ['el', 'la', 'los', 'las', 'lo'].includes(words[opening.end]?.form ?? '');

/** ", entrega el viernes": a date with its lead and nothing else goes on with what was said. */
const isDeadline = ({ dates, words }: Features): boolean => {
  const [date] = dates;
  if (date?.from !== 0) return false;
  const next = words[date.end];
  return next === undefined || next.kind === 'mark' || next.form === 'y';
};

/** A person wishes a handful of things; more places to look than that only cost time. */
const most = { tries: 24, ahead: 32 } as const;

/** "otra …", or the next task that is named: new by what it speaks of, whatever verb it lacks. */
const goesItsWay = (tokens: readonly Token[], at: number, rest: Clause): boolean =>
  (another.has(formAt(tokens, at)) && rest.intent === 'create_task') ||
  (['y', ','].includes(formAt(tokens, at - 1)) && givesKnown(rest));

/** "… y contratar el mariachi para Ana": work of its own, with a value of its own. */
const isNextWork = ({ intent, features: f }: Clause): boolean =>
  intent === 'create_task' &&
  infinitiveEnding.test(f.words[f.opening.end]?.form ?? '') &&
  hasValueFrom(f, 0);

/** "crea reservar el salón para Beto el sábado": a task that is told to the end. */
const endsWithValue = ({ intent, features: { words, dates, assignees } }: Clause): boolean => {
  const said = words.filter(w => w.kind !== 'mark' && w.form !== 'y').length;
  return intent === 'create_task' && [...dates, ...assignees].some(({ end }) => end >= said);
};

/** Splits a message where a further wish begins. Each split is kept only if both sides stand. */
export const clausesOf = (tokens: Token[], context: Context): Clause[] => {
  const clauses: Clause[] = [];
  let start = 0;
  let tries = 0;
  for (let at = 1; at < tokens.length && tries < most.tries; at++) {
    if (!mayBegin(tokens, at)) continue;
    tries++;
    const rest = read1(tokens.slice(at, nextJoint(tokens, at)), context);
    const own = goesItsWay(tokens, at, rest) || standsAlone(rest);
    if ((!own && !isNextWork(rest)) || insidePurpose(tokens, start, at)) continue;
    const before = tokens.slice(start, at);
    const first = read1(before, context);
    if (!own && !endsWithValue(first)) continue;
    if (first.features.opening.end === before.length || fronts(first, tokens, at)) continue;
    clauses.push(first);
    start = at;
  }
  clauses.push(read1(tokens.slice(start), context));
  return clauses.flatMap(clause => pastPreamble(clause, context));
};

/** Verbs that make a statement of what stands before a command, rather than its object. */
const telling = new Set('puede pueden tiene tienen quiere necesita podra anda hace'.split(' '));

/**
 * "el contrato, asígnaselo a Ana", "el logo y la migración están listos": the part before names what
 * is spoken of and wishes nothing by itself.
 */
const fronts = (before: Clause, tokens: readonly Token[], at: number): boolean =>
  (before.intent === undefined || before.tokens[0]?.form === 'a') &&
  !before.features.head &&
  !before.features.words.some(w => w.form === 'que') &&
  answersAt(before.features.words).length === 0 &&
  !before.features.words.some(w => telling.has(w.form)) &&
  (tokens[at - 1]?.form === 'y' ||
    read(tokens[at] as Token).verbs.some(
      v => (v.form === 'imp' || v.form === 'subj') && v.clitics.some(c => c.startsWith('l')),
    ));

/** How far to look when asking whether a clause begins here: not beyond the next sentence. */
const nextJoint = (tokens: readonly Token[], from: number): number => {
  const end = Math.min(tokens.length, from + most.ahead);
  for (let at = from + 1; at < end; at++)
    if (['.', ';'].includes(tokens[at]?.form ?? '')) return at;
  return end;
};

/** "para que Luis revise y marque los errores" goes on with what Luis is to do. */
const insidePurpose = (tokens: readonly Token[], start: number, at: number): boolean => {
  const verb = tokens[at] ? read(tokens[at]) : undefined;
  if (!verb?.verbs.length || !verb.verbs.every(v => v.form === 'subj' || v.form === 'past'))
    return false;
  return tokens
    .slice(start, at)
    .some(
      (t, i) =>
        t.form === 'que' &&
        ['para', 'quiero', 'necesito'].includes(tokens[start + i - 1]?.form ?? ''),
    );
};
