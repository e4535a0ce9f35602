import type { Context, IntentName, Reference } from '../model.ts';
import { similarity } from '../similarity.ts';
import { type Draft, textOf } from './draft.ts';
import type { Features } from './features.ts';
import { asTitle } from './infinitive.ts';
import { isSure, knowsAll, namedTask, surely } from './known-tasks.ts';
import type { Word } from './reader.ts';
import { formAt } from './text.ts';
import { freeRuns, quoted, type Run, trimTitle } from './titles.ts';

/** "una tarea para ventas: llamar a …": what follows the colon is the title. */
const afterColon = (f: Features, run: Run | undefined): Run | undefined => {
  if (!run) return undefined;
  const colon = f.words.findIndex((w, at) => at > run.start && at < run.end - 1 && w.text === ':');
  if (colon < 0 || f.words[colon + 1]?.kind === 'number') return run;
  return trimTitle(f.words, { start: colon + 1, end: run.end }, 'new') ?? run;
};

/** "necesito que Ana | revise …", "que alguien | llame …": the verb is a subjunctive. */
const isWishedOfSomebody = (f: Features, at: number): boolean => {
  const member = f.members.find(each => each.end === at)?.start ?? -1;
  const somebody = formAt(f.words, at - 1) === 'alguien' ? at - 1 : member;
  if (f.assignees.some(each => each.duty && each.end === at)) return true;
  if (formAt(f.words, at - 1) === 'que' && formAt(f.words, at - 2) === 'para') return true;
  return somebody > 0 && formAt(f.words, somebody - 1) === 'que';
};

/** "pásala a mañana, que es tardísimo": where the verb has its object, only a noun names another. */
const isAfterthought = (f: Features, run: Run): boolean =>
  f.head !== undefined &&
  !f.head.fronted &&
  run.start > f.head.at &&
  f.head.clitics.some(c => /^l[oa]s?$/.test(c)) &&
  !nounLeads.has(formAt(f.words, run.start - 1));

const nounLeads = new Set(['el', 'la', 'lo', 'los', 'las', 'del', 'al', 'mi', 'un', 'una']);

/** What is sought stands behind an article more often than not, and in front of the reason for it. */
const likeliest = (f: Features, runs: readonly Run[]): Run | undefined => {
  const size = (run: Run) => run.end - run.start;
  const named = runs.filter(
    run => nounLeads.has(formAt(f.words, run.start - 1)) && formAt(f.words, run.start) !== 'no',
  );
  return (named.length > 0 ? named : runs).toSorted((a, b) => size(b) - size(a))[0];
};

/** Titles that there are tell better where one is named than what is left over does. */
const sought = (
  draft: Draft,
  left: Run | undefined,
  titles: readonly string[] | undefined,
): Run | undefined => {
  if (!titles) return left;
  const { words } = draft.features;
  const known = namedTask(
    words,
    draft.taken.map(taken => !taken),
    titles,
  );
  if (!isSure(known)) return left && mayBeUnknown(draft, left, titles) ? left : known;
  if (!left || left.start > known.start || left.end < known.end) return known;
  if (isOf(words, known.end) && known.end + 1 < left.end)
    return { start: known.start, end: left.end };
  return partsOf(words, left).every(part => titles.some(t => similarity(part, t) >= surely))
    ? left
    : known;
};

/** "la cotización de sillas": what it is of belongs to the name, also where no title has it. */
const isOf = (words: readonly Word[], at: number): boolean =>
  ['de', 'del'].includes(formAt(words, at)) && !isListed(words, at);

const isListed = (words: readonly Word[], at: number): boolean =>
  ['lista', 'tablero', 'proyecto'].some(w =>
    words.slice(at, at + 4).some(({ form }) => form === w),
  );

/** "el logo y la migración" names two. */
const partsOf = (words: readonly Word[], { start, end }: Run): string[] =>
  words
    .slice(start, end)
    .map(w => (w.form === 'e' ? 'y' : w.form))
    .join(' ')
    .split(/ y |, /);

/** Words that fit no title are taken for one only where they stand like a noun, lest any aside be sought. */
const mayBeUnknown = ({ features: f }: Draft, left: Run, titles: readonly string[]): boolean => {
  if (!knowsAll(titles)) return true;
  const before = formAt(f.words, left.start - 1);
  const behindVerb = f.head !== undefined && left.start === f.head.at + 1;
  const work = /^\p{L}{2,}[aei]r$/u.test(f.words[left.start]?.form ?? '');
  return (
    nounLeads.has(before) || behindVerb || work || /^[#"«“]$/.test(f.words[left.start]?.text ?? '')
  );
};

/** Where tasks are told by whose they are, a title counts only if there is one like it. */
export const mayName = (
  draft: Draft,
  { of, all, pronoun, ordinals, taskId, other }: Reference,
  { titles }: Context,
): boolean => {
  const pointed = pronoun ?? ordinals ?? taskId ?? other;
  if (!titles || (!of && !all && !pointed)) return true;
  const found = namedTask(
    draft.features.words,
    draft.taken.map(taken => !taken),
    titles,
  );
  return isSure(found);
};

export const takeTitle = (
  draft: Draft,
  intent: IntentName,
  titles: readonly string[] | undefined,
): void => {
  const { features: f } = draft;
  const kind = intent === 'create_task' ? 'new' : 'sought';
  const quote = quoted(f.words, 0);
  const runs = freeRuns(draft.taken)
    .flatMap(run => trimTitle(f.words, run, kind) ?? [])
    .filter(run => kind === 'new' || !isAfterthought(f, run))
    .filter(run => !f.members.some(m => m.start === run.start && m.end === run.end));
  const longest = kind === 'new' ? runs[0] : likeliest(f, runs);
  const inside = quote && longest && longest.start < quote.start - 1 && longest.end > quote.start;
  const run =
    (inside ? undefined : quote) ??
    (kind === 'new' ? afterColon(f, longest) : sought(draft, longest, titles));
  if (!run) return;
  const { text } = textOf(f, run);
  const wished = intent === 'create_task' && isWishedOfSomebody(f, run.start);
  draft.add(run, { entity: 'task_title', value: { title: wished ? asTitle(text) : text } });
};
