import { type Context, onlyPronoun, type Segment, taskChanges } from '../model.ts';
import type { Clause } from './clauses.ts';
import { Draft, textOf } from './draft.ts';
import { isSure, knowsAll } from './known-tasks.ts';
import { longestAt, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { articles } from './text.ts';
import { type Run, trimTitle } from './titles.ts';

const closers = new Set(
  'ya no que esta estan es son se me le nos , . ; ! ? : porque pero hace desde'.split(' '),
);

/** The first thing that a clause names: from its article to where the clause goes on. */
const nounIn = (
  { features: { words, opening, named } }: Clause,
  { titles }: Context,
): Run | undefined => {
  if (isSure(named)) return named;
  // Where all titles are known, what fits none of them is only talk.
  return knowsAll(titles) ? undefined : firstNoun(words, opening.end);
};

const firstNoun = (words: readonly Word[], from: number): Run | undefined => {
  for (let at = from; at < words.length; at++) {
    const next = words[at + 1];
    if (!articles.has(words[at]?.form ?? '') || !next || next.verbs.some(isFinite)) continue;
    const close = words.findIndex((w, i) => i > at && closers.has(w.form));
    const end = close < 0 ? words.length : close;
    const run = trimTitle(words, { start: at, end }, 'sought');
    if (run) return run;
  }
  return goneIn(words, from);
};

const gone = table<true>([
  [
    'ya? no habra|hay|hace|hacen|va|van|vamos|necesitamos|existe|existen a? haber|falta|faltan|necesitar?',
    true,
  ],
]);

/** "ya no habrá toldos": what there is no more of. */
const goneIn = (words: readonly Word[], from: number): Run | undefined => {
  const match = longestAt(gone, words, from);
  return match && trimTitle(words, { start: match.end, end: words.length }, 'sought');
};

const isFinite = ({ form }: { form: string }): boolean => form === 'past' || form === 'pres';

const onlyPoints = ({ intent, entities, reference }: Segment): boolean =>
  taskChanges.has(intent) &&
  !entities.some(e => e.entity === 'task_title') &&
  reference.pronoun === true &&
  onlyPronoun(reference);

/** A clause that names a thing and wishes nothing that can be done. */
const onlyNames = (heard: readonly Segment[]): boolean =>
  heard.length === 1 && heard[0]?.intent === 'out_of_scope' && heard[0].confidence < 0.5;

/** "todas sus tareas" are those of the person that the clause before speaks of. */
const owned = (segment: Segment, before: Clause, clause: Clause): Segment | undefined => {
  const [person] = before.features.members;
  const theirs = clause.features.words.some(w => w.form === 'sus' || w.form === 'suyo');
  if (!person || !theirs || !taskChanges.has(segment.intent)) return undefined;
  const entities = segment.entities.filter(e => e.entity !== 'task_title');
  return { ...segment, entities, reference: { all: true, of: person.value } };
};

const named = (segment: Segment, before: Clause, context: Context): Segment | undefined => {
  const run = onlyPoints(segment) ? nounIn(before, context) : undefined;
  if (!run) return undefined;
  const draft = new Draft(before.features);
  draft.add(run, { entity: 'task_title', value: { title: textOf(before.features, run).text } });
  return { ...segment, entities: [...draft.entities, ...segment.entities], reference: {} };
};

/** "ya no hace falta la encuesta, elimínala": what the pronoun takes up was named just before. */
export const takenUp = (
  clauses: readonly Clause[],
  heard: readonly Segment[][],
  context: Context,
): Segment[] => {
  const out: Segment[] = [];
  for (const [at, segments] of heard.entries()) {
    const [clause, before] = [clauses[at], clauses[at - 1]];
    const [first, ...rest] = segments;
    const idle = onlyNames(heard[at - 1] ?? []);
    const full =
      idle && clause && before && first
        ? (owned(first, before, clause) ?? named(first, before, context))
        : undefined;
    if (full) out.splice(-1, 1, full, ...rest);
    else out.push(...segments);
  }
  return out;
};
