import {
  type Context,
  type Entity,
  type IntentName,
  type Reference,
  type Signal,
  taskChanges,
} from '../model.ts';
import type { Clause } from './clauses.ts';
import type { Draft } from './draft.ts';
import { extract } from './extract.ts';
import type { Features } from './features.ts';
import { gather, isFragment, sameIn, titleOf } from './fragments.ts';
import { changeBy, segment } from './making.ts';
import type { Word } from './reader.ts';
import { questionWords } from './subjects.ts';
import { articles, type Token } from './text.ts';

/** "y otra para Paco": one more like the last, as nothing says what it would be. */
export const isAnother = (
  words: readonly Token[],
  intent: IntentName,
  entities: Entity[],
): boolean =>
  intent === 'create_task' &&
  words.slice(0, 3).some(w => w.form === 'otra' || w.form === 'otro') &&
  entities.length > 0 &&
  !entities.some(e => e.entity === 'task_title');

/** "y el informe" right after a question asks the same of another task. */
export const followUp = ({ features: f, tokens }: Clause, context: Context, signals: Signal[]) => {
  const { last } = context;
  const named = articles.has(f.words[f.opening.end]?.form ?? '');
  if ((last !== 'get_status' && last !== 'list_tasks') || !named) return undefined;
  if (f.words[0]?.form !== 'y' || f.head || f.words.length > 8) return undefined;
  return segment(tokens, last, 0.75, { ...extract(f, last, context), signals });
};

const unfinished = new Set(['ya', 'no', 'todavia', 'aun']);

/** Whether the words take up what was done last: they say "too", or begin with "and". */
const takesUp = ({ words, head, question }: Features, context: Context): boolean =>
  context.awaiting === 'idle' &&
  !head &&
  !question &&
  words.length <= 12 &&
  !words.some(w => unfinished.has(w.form)) &&
  (words[0]?.form === 'y' || words.some(w => too.has(w.form)));

/** "esa también", "y la otra", "la de pintura igual": what was done last, done to this one as well. */
export const likewise = ({ features: f, tokens }: Clause, context: Context, signals: Signal[]) => {
  const { last } = context;
  if (!last || !taskChanges.has(last) || !takesUp(f, context)) return undefined;
  const { draft, reference } = gather(f, context, { name: false, bare: false });
  for (const { start, end } of sameIn(f.words)) draft.take(start, end);
  if (!namesOne(f, draft, context) && !hasKeys(reference)) return undefined;
  const { entities } = draft;
  const [value, ...more] = entities.filter(({ entity }) => changeBy[entity]);
  if (more.length > 0) return undefined;
  if (value)
    return segment(tokens, changeBy[value.entity] ?? last, 0.9, { entities, reference, signals });
  return segment(tokens, last, 0.9, { entities, reference, signals: [...signals, 'same'] });
};

const namesOne = (f: Features, draft: Draft, { titles }: Context): boolean => {
  const first = f.words.findIndex((_, at) => !draft.taken[at] && at >= f.opening.end);
  const noun = articles.has(f.words[first]?.form ?? '') || f.named !== undefined;
  return noun && titleOf(f, draft, 'sought', titles) !== undefined;
};

const too = new Set(['tambien', 'igual', 'igualmente', 'mismo', 'tampoco']);

/** A question that only names what is new in it. */
const isShortQuestion = (f: Features): boolean =>
  (f.question || f.words[0]?.form === 'y') &&
  (f.head?.verbs.every(v => v.form === 'part') ?? true) &&
  f.words.length <= 7 &&
  !f.words.some((w, at) => asks(w) && !f.dates.some(d => d.start <= at && at < d.end));

const asks = (word: Word): boolean => questionWords.has(word.form) || word.thing === 'tasks';

/** "¿y Majo?", "¿y mañana?" behind a list asks for the same of another person or day. */
export const askedAgain = (
  { features: f, tokens }: Clause,
  context: Context,
  signals: Signal[],
) => {
  if (context.last !== 'list_tasks' || context.awaiting !== 'idle' || !isShortQuestion(f))
    return undefined;
  const { draft, reference } = gather(f, context, { name: false, bare: false });
  const plain = isFragment(draft) || (draft.entities.length === 0 && hasKeys(reference));
  if (!plain) return undefined;
  return segment(tokens, 'list_tasks', 0.9, {
    entities: draft.entities,
    reference,
    signals: [...signals, 'same'],
  });
};

/** "¿y de esas cuáles son de Pilar?" narrows the list that was just shown. */
export const asksOfThose = ({ words }: Features, { last }: Context): boolean =>
  last === 'list_tasks' &&
  words.slice(0, 5).some((w, at) => w.form === 'de' && those.has(words[at + 1]?.form ?? ''));
const those = new Set(['esas', 'esos', 'estas', 'estos', 'ellas', 'ellos']);

const hasKeys = (reference: Reference): boolean => Object.keys(reference).length > 0;

/** "¿fabricadora?": a noun with a question mark asks how that task is doing. */
export const lone = ({ features: f, tokens }: Clause, context: Context, signals: Signal[]) => {
  const bare = f.words.filter(w => w.kind === 'word');
  if (!f.question || f.offTopic || f.head || bare.length > 3 || context.awaiting !== 'idle')
    return undefined;
  if (!f.words.some(w => w.text === '?') || bare.some(w => questionWords.has(w.form)))
    return undefined;
  const read = extract(f, 'get_status', context);
  return read.entities.length === 1
    ? segment(tokens, 'get_status', 0.75, { ...read, signals })
    : undefined;
};
